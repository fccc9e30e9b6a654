"""Taps: two voices in step, across processes and across the death of either."""

from pathlib import Path

from app.domain.call import CallId
from app.taps import FRAME_BYTES, FRAME_MS, SILENCE, SLOTS, TapReader, TapWriter, first_number, make_taps

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


def numbers_of_a_start(path: Path, at: float, count: int = 10) -> list[int]:
    make_taps(path, first_number(at))
    reader, writer = TapReader(path), TapWriter(path)
    for _ in range(count):
        writer.put(at, CALL, LOUD, LOUD)
    numbers = [frame.number for frame in reader.read()]
    reader.close()
    writer.close()
    return numbers


def test_frames_of_a_program_that_was_started_again_have_numbers_of_their_own(tmp_path: Path) -> None:
    morning = numbers_of_a_start(tmp_path / "taps", 1_800_000_000.0)

    noon = numbers_of_a_start(tmp_path / "taps", 1_800_000_000.0 + 10 * FRAME_MS / 1000)

    assert len(morning) == len(noon) == 10 and noon[0] == morning[-1] + 1


def test_a_reader_of_a_memory_that_was_made_anew_with_lower_numbers_goes_on(tmp_path: Path) -> None:
    make_taps(tmp_path / "taps", 2**30 - 1)
    reader = TapReader(tmp_path / "taps")

    numbers = numbers_of_a_start(tmp_path / "taps", 0.0, count=SLOTS)

    assert [frame.number for frame in reader.read()] == numbers
    reader.close()


def test_numbers_of_frames_fit_where_a_window_keeps_them() -> None:
    shift = 24 * 3600 * 1000 // FRAME_MS

    assert max(first_number(at) for at in (0.0, 4e9, 2**30 * FRAME_MS / 1000 - 0.01)) + shift < 2**31
