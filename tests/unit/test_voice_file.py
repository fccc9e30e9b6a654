"""The file of a recording: read whole, cut, changed; keys that fit and keys that do not."""

import io
import itertools

import numpy as np
import pytest

from app.domain.call import CallId
from app.voice_file import (
    RATE,
    ChunkCipher,
    ChunkFlag,
    Header,
    VoiceReader,
    VoiceUnreadable,
    from_alaw,
    new_key_pair,
    seal,
    to_alaw,
    unseal,
)
from tests.trunk import from_alaw as trunk_from_alaw
from tests.trunk import to_alaw as trunk_to_alaw

CALL = CallId("a" * 32)
KEY = b"k" * 32


def tone(pitch: float, seconds: float = 1.0) -> bytes:
    clock = np.arange(int(RATE * seconds)) / RATE
    return (8000 * np.sin(2 * np.pi * pitch * clock)).astype("<i2").tobytes()


def made(seconds: int = 3, is_whole: bool = True) -> bytes:
    """A file with a tone on the left, another on the right; the third second is half as long."""
    cipher = ChunkCipher(KEY, Header(CALL, 1000.0))
    data = cipher.start
    for place in range(seconds):
        is_last = is_whole and place == seconds - 1
        left, right = to_alaw(tone(440 + place)), to_alaw(tone(880))
        data += cipher.chunk(place, left, right, ChunkFlag.END if is_last else ChunkFlag.NONE)
    return data


def read(data: bytes, key: bytes = KEY) -> VoiceReader:
    return VoiceReader(io.BytesIO(data), key)


def chunk_starts(data: bytes) -> list[int]:
    place = 14 + int.from_bytes(data[10:14], "little")
    starts = []
    while place < len(data):
        starts.append(place)
        place += 9 + int.from_bytes(data[place : place + 4], "little")
    return [*starts, place]


def test_a_law_is_that_of_g711() -> None:
    samples = np.arange(-32768, 32768, 7).astype("<i2")

    assert to_alaw(samples.tobytes()) == trunk_to_alaw(samples)
    assert (from_alaw(bytes(range(256))) == trunk_from_alaw(bytes(range(256)))).all()


def test_a_span_is_what_was_said_there() -> None:
    left, right = read(made()).voice(0.5, 2.25)

    assert len(left) == len(right) == int(1.75 * RATE)
    wanted = np.frombuffer(tone(441), "<i2")
    assert np.abs(left[RATE // 2 : RATE // 2 + 100].astype(int) - wanted[:100]).max() < 300


def test_a_whole_file_is_whole_and_a_cut_one_is_read_to_its_last_whole_second() -> None:
    whole = read(made()).examine()
    cut = read(made()[:-7]).examine()

    assert (whole.seconds, whole.is_whole) == (3.0, True)
    assert (cut.seconds, cut.is_whole) == (2.0, False)


@pytest.mark.parametrize("change", ["flip", "drop", "swap", "twice", "flags", "after", "header"])
def test_whatever_is_changed_is_refused(change: str) -> None:
    data = bytearray(made(4))
    starts = chunk_starts(bytes(data))
    pieces = [bytes(data[a:b]) for a, b in itertools.pairwise(starts)]
    head = bytes(data[: starts[0]])
    match change:
        case "flip":
            data[starts[1] + 40] ^= 1
        case "drop":
            data = bytearray(head + b"".join(pieces[:1] + pieces[2:]))
        case "swap":
            data = bytearray(head + pieces[1] + pieces[0] + pieces[2] + pieces[3])
        case "twice":
            data = bytearray(head + pieces[0] + pieces[0] + b"".join(pieces[1:]))
        case "flags":
            data[starts[1] + 4] ^= int(ChunkFlag.PAUSED)
        case "after":
            data += pieces[0]
        case "header":
            data = bytearray(bytes(data).replace(b'"began_at":1000.0', b'"began_at":2000.0'))

    with pytest.raises(VoiceUnreadable):
        read(bytes(data)).examine()


def test_a_chunk_of_another_recording_is_refused() -> None:
    other = ChunkCipher(KEY, Header(CallId("b" * 32), 1000.0))
    voice = to_alaw(tone(440))
    data = made(1, is_whole=False)
    other.chunk(0, voice, voice)

    with pytest.raises(VoiceUnreadable):
        read(data + other.chunk(1, voice, voice)).examine()


@pytest.mark.parametrize("data", [b"", b"JIESUREC", b"RIFF" + bytes(40), made(1)[:20]])
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    with pytest.raises(VoiceUnreadable):
        read(data)


def test_a_wrong_key_reads_nothing() -> None:
    with pytest.raises(VoiceUnreadable):
        read(made(), b"x" * 32).voice(0, 1)


def test_a_sealed_key_opens_for_its_owner_and_its_call_alone() -> None:
    private, public = new_key_pair()
    sealed = seal(KEY, public, CALL)

    assert unseal(sealed, private, CALL) == KEY
    for stranger, call in ((new_key_pair()[0], CALL), (private, CallId("b" * 32))):
        with pytest.raises(VoiceUnreadable):
            unseal(sealed, stranger, call)
    assert seal(KEY, public, CALL) != sealed


def test_silence_costs_next_to_nothing() -> None:
    cipher = ChunkCipher(KEY, Header(CALL, 0.0))
    silence = to_alaw(bytes(2 * RATE))

    assert len(cipher.chunk(0, silence, silence)) < 200
