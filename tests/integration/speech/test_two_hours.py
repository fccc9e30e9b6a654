"""A call of two hours through the real voice activity model, the real engine and the real writer, as fast as they can."""

import numpy as np
import psutil
import pytest

from app.domain.call import CallId
from app.domain.transcript import Utterance
from app.speech.engine import RATE, Engine, Sound
from app.speech.error_rate import distance, plain
from app.speech.hearing import Decoder
from app.speech.listening import Listening
from app.speech.written import Writer
from app.taps import FRAME_BYTES, SILENCE, TapFrame
from tests.integration.speech.conftest import SENTENCE

CALL = CallId("a" * 32)
HOURS = 2
EVERY_S = 120
"""The caller says the sentence so often; between, the line is silent but for its noise."""
GROWTH_MB = 40


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.speech("whisper-base", "kokoro-82m")
def test_after_two_hours_words_come_as_at_the_beginning_and_the_memory_has_not_grown(whisper: Engine, spoken: Sound) -> None:
    finals: list[Utterance] = []
    decoder = Decoder(lambda: None, lambda _: None, write=Writer().write)
    decoder.use(whisper)
    listening = Listening(
        decoder, lambda _, told: finals.append(told) if told.final and (told.text or told.is_missing) else None
    )
    listening.listen_to(CALL)
    step = FRAME_BYTES // 2
    noise = (np.random.default_rng(7).standard_normal(EVERY_S * RATE) * 15).astype(np.int16)
    said = noise.copy()
    said[RATE : RATE + len(spoken)] += spoken
    number, sizes = 0, []
    for minute in range(0, HOURS * 3600, EVERY_S):
        for at in range(0, len(said), step):
            frame = TapFrame(number, number * 0.02, CALL, said[at : at + step].tobytes(), SILENCE)
            listening.hear([frame])
            number += 1
        assert decoder.wait_idle(60)
        if minute in (5 * EVERY_S, HOURS * 3600 - EVERY_S):
            sizes.append(psutil.Process().memory_info().rss >> 20)
    decoder.close()

    texts = [[u.text for u in finals if begin <= u.start_s < begin + EVERY_S] for begin in range(0, HOURS * 3600, EVERY_S)]
    wrong = [distance(plain(SENTENCE), plain("".join(text))) / len(plain(SENTENCE)) for text in texts]
    assert max(wrong) <= 0.4 and not any(u.is_missing for u in finals)
    assert abs(finals[-1].start_s % EVERY_S - finals[0].start_s) < 5
    assert sizes[1] - sizes[0] < GROWTH_MB, sizes
