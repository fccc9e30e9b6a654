"""A call of two hours, heard as fast as the machine can: what it holds does not grow."""

import tracemalloc

import numpy as np
import pytest

from app.domain.call import CallId
from app.domain.transcript import Utterance, Word
from app.speech.engine import Ear, Sound
from app.speech.hearing import Decoder
from app.speech.listening import KEPT_S, Listening
from app.speech.voice_activity import WINDOW, VoiceActivity
from app.taps import FRAME_BYTES, FRAME_MS, SILENCE, TapFrame

CALL = CallId("1" * 32)
LOUD = np.full(FRAME_BYTES // 2, 90, np.int16).tobytes()
SECOND = 1000 // FRAME_MS
HOURS = 2
GROWTH = 3_000_000  # bytes


class Ready:
    name = "ready"
    is_stream = False

    def open_ear(self) -> Ear:
        return self

    def listen(self, sound: Sound, is_final: bool) -> tuple[Word, ...]:
        return (Word("好", 0.0, 0.2),)


def test_a_call_of_two_hours_takes_no_more_memory_than_one_of_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VoiceActivity, "__init__", lambda self: None)
    monkeypatch.setattr(
        VoiceActivity, "chances", lambda self, sound: [0.9 if w[-1] else 0.0 for w in sound.reshape(-1, WINDOW)]
    )
    finals = 0

    def heed(_: CallId, utterance: Utterance) -> None:
        nonlocal finals
        finals += utterance.final

    decoder = Decoder(lambda: None, lambda _: None)
    decoder.use(Ready())
    listening = Listening(decoder, heed)
    listening.listen_to(CALL)
    tracemalloc.start()
    sizes = []
    for second in range(HOURS * 3600):
        talks = second % 10 < 6  # six seconds of speech, four of silence, both voices
        voice = LOUD if talks else SILENCE
        begin = second * SECOND
        listening.hear([TapFrame(begin + n, (begin + n) * 0.02, CALL, voice, voice) for n in range(SECOND)])
        if not talks:
            assert decoder.wait_idle(10)
        if second in (599, HOURS * 3600 - 1):
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    decoder.close()

    assert finals == HOURS * 360 * 2
    assert sizes[1] - sizes[0] < GROWTH
    assert len(listening._kept) <= KEPT_S * SECOND
