import numpy as np

from app.telephony.playback import Playback
from app.telephony.ports import FRAME_BYTES
from app.telephony.voice_paths import EarpiecePath
from app.voice_file import from_alaw, to_alaw

VOICE = to_alaw((3000 * np.sin(np.arange(480) / 5)).astype("<i2").tobytes())
HEARD = from_alaw(VOICE).astype("<i2").tobytes()


def test_a_sentence_is_given_in_whatever_pieces_are_wanted_and_then_nothing() -> None:
    playback = Playback()
    playback.play(VOICE)

    pieces = [playback.pull(500), playback.pull(400), playback.pull(400), playback.pull(400)]

    assert pieces == [HEARD[:500], HEARD[500:900], HEARD[900:] + bytes(340), None]


def test_another_sentence_takes_the_place_of_the_one_that_is_played_and_none_stops_it() -> None:
    playback = Playback()
    playback.play(VOICE)
    playback.pull(100)

    playback.play(VOICE[:50])
    other = playback.pull(100)
    playback.play(b"")

    assert (other, playback.pull(100)) == (HEARD[:100], None)


def test_a_sentence_is_heard_with_the_caller_and_without() -> None:
    playback, ear = Playback(), EarpiecePath()
    ear.beside = playback.pull
    playback.play(VOICE + VOICE)

    alone = ear.pull(FRAME_BYTES)
    for _ in range(2):
        ear.push(np.full(320, 100, "<i2").tobytes())
    with_caller = ear.pull(FRAME_BYTES)

    said = np.frombuffer(HEARD + HEARD, "<i2")
    assert alone == said[:320].tobytes()
    assert with_caller == (said[320:640] + 100).astype("<i2").tobytes()
