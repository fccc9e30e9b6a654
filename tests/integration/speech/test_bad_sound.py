"""Sound that is no speech, or hardly, through the real voice activity model and the real engine, as fast as it can be read."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from app.domain.call import CallId
from app.domain.transcript import Speaker, Utterance
from app.speech.engine import RATE, Engine, Sound
from app.speech.error_rate import distance, plain
from app.speech.hearing import Decoder
from app.speech.listening import Listening
from app.taps import FRAME_BYTES, SILENCE, TapFrame
from tests.integration.speech.conftest import SENTENCE

CALL = CallId("a" * 32)
SECONDS = 12
TIME = np.arange(SECONDS * RATE) / RATE

pytestmark = pytest.mark.speech("whisper-base")


def tone(hertz: float, on: float = 1.0, off: float = 0.0) -> NDArray[np.float64]:
    made: NDArray[np.float64] = 0.3 * np.sin(2 * np.pi * hertz * TIME) * (TIME % (on + off) < on)
    return made


def music() -> NDArray[np.float64]:
    """Chords plucked on strings."""
    made = np.zeros_like(TIME)
    for beat in range(SECONDS * 2):
        after = TIME - beat / 2
        for hertz in ((262, 330, 392), (294, 370, 440), (349, 440, 523))[beat % 3]:
            made += np.where(after >= 0, np.exp(-3 * np.abs(after)), 0) * sum(
                np.sin(2 * np.pi * hertz * part * after) / part for part in range(1, 5)
            )
    plucked: NDArray[np.float64] = made / np.abs(made).max() / 2
    return plucked


def noise(loudness: float) -> NDArray[np.float64]:
    return np.random.default_rng(7).standard_normal(len(TIME)) * loudness


NO_SPEECH: dict[str, Callable[[], NDArray[np.float64]]] = {
    "silence": lambda: np.zeros_like(TIME),
    "ringing": lambda: tone(450, 1.0, 4.0),
    "busy": lambda: tone(450, 0.35, 0.35),
    "a steady tone": lambda: tone(1000),
    "a key": lambda: tone(697, 0.2, 0.2) + tone(1209, 0.2, 0.2),
    "music": music,
    "a quiet hiss": lambda: noise(0.01),
    "a loud hiss": lambda: noise(0.2),
    "clicks": lambda: np.where(np.random.default_rng(7).random(len(TIME)) < 5 / RATE, 0.9, 0.0),
}


def heard(engine: Engine, caller: Sound, agent: Sound) -> list[Utterance]:
    told: list[Utterance] = []
    decoder = Decoder(lambda: None, lambda _: None)
    decoder.use(engine)
    listening = Listening(decoder, lambda _call, utterance: told.append(utterance))
    listening.listen_to(CALL)
    step = FRAME_BYTES // 2
    voices = [np.pad(voice, (0, max(len(caller), len(agent)) - len(voice) + RATE)) for voice in (caller, agent)]
    for number, at in enumerate(range(0, len(voices[0]) - step, step)):
        first, second = (voice[at : at + step].tobytes() for voice in voices)
        listening.hear([TapFrame(number, number * 0.02, CALL, first, second)])
    listening.finish()
    assert decoder.wait_idle(120)
    decoder.close()
    return [utterance for utterance in told if utterance.final and (utterance.text or utterance.is_missing)]


@pytest.mark.parametrize("kind", NO_SPEECH)
def test_what_is_no_speech_gives_no_words(kind: str, whisper: Engine) -> None:
    sound = (NO_SPEECH[kind]().clip(-1, 1) * 32767).astype(np.int16)

    assert heard(whisper, sound, np.frombuffer(SILENCE, np.int16)) == []


@pytest.mark.speech("whisper-base", "kokoro-82m")
@pytest.mark.parametrize("times", [0.02, 40.0], ids=["very low", "clipped"])
def test_a_voice_that_is_far_too_low_or_clipped_is_still_understood(times: float, whisper: Engine, spoken: Sound) -> None:
    sound = (spoken.astype(np.float32) * times).clip(-32768, 32767).astype(np.int16)

    finals = heard(whisper, sound, np.frombuffer(SILENCE, np.int16))

    text = "".join(utterance.text for utterance in finals)
    assert distance(plain(SENTENCE), plain(text)) <= len(plain(SENTENCE)) * 0.4, text


@pytest.mark.speech("whisper-base", "kokoro-82m")
def test_two_people_at_once_are_two_voices_with_their_own_words(whisper: Engine, spoken: Sound) -> None:
    finals = heard(whisper, spoken, spoken[RATE // 4 :])

    for speaker in Speaker:
        text = "".join(utterance.text for utterance in finals if utterance.speaker is speaker)
        assert distance(plain(SENTENCE), plain(text)) <= len(plain(SENTENCE)) * 0.4, text
