"""Taps: two voices in step, across processes and across the death of either."""

from pathlib import Path

from app.domain.call import CallId
from app.taps import FRAME_BYTES, SILENCE, SLOTS, TapReader, TapWriter, make_taps

CALL = CallId("a" * 32)
LOUD = b"\x01\x02" * (FRAME_BYTES // 2)


def test_a_reader_gets_both_voices_of_each_frame_in_order(tmp_path: Path) -> None:
    make_taps(tmp_path / "taps")
    reader, writer = TapReader(tmp_path / "taps"), TapWriter(tmp_path / "taps")

    writer.put(1.0, CALL, LOUD, b"")
    writer.put(1.02, CALL, b"", LOUD)

    frames = reader.read()
    assert [(frame.at, frame.call) for frame in frames] == [(1.0, CALL), (1.02, CALL)]
    assert (frames[0].caller, frames[0].agent, frames[1].agent) == (LOUD, SILENCE, LOUD)
    reader.close()
    writer.close()


def test_a_slow_reader_loses_the_oldest_frames_and_counts_them(tmp_path: Path) -> None:
    make_taps(tmp_path / "taps")
    reader, writer = TapReader(tmp_path / "taps"), TapWriter(tmp_path / "taps")

    for number in range(SLOTS + 100):
        writer.put(float(number), CALL, LOUD, LOUD)

    frames = reader.read()
    assert frames[-1].at == SLOTS + 99 and len(frames) + reader.lost == SLOTS + 100
    reader.close()
    writer.close()


def test_a_writer_that_was_started_again_goes_on_counting(tmp_path: Path) -> None:
    make_taps(tmp_path / "taps")
    reader = TapReader(tmp_path / "taps")
    first = TapWriter(tmp_path / "taps")
    first.put(1.0, CALL, LOUD, LOUD)
    first.close()

    second = TapWriter(tmp_path / "taps")
    second.put(2.0, CALL, LOUD, LOUD)

    assert [frame.number for frame in reader.read()] == [0, 1]
    second.close()
    reader.close()


def test_the_voices_are_for_the_users_own_processes_only(tmp_path: Path) -> None:
    make_taps(tmp_path / "taps")

    assert (tmp_path / "taps").stat().st_mode & 0o077 == 0
