"""Rings between clocks, who hears whom, tones, announcements, the tap."""

import wave
from pathlib import Path

import numpy as np
import pytest

from app.domain.call import CallId
from app.taps import TapReader, make_taps
from app.telephony.announcer import Announcer
from app.telephony.ports import FRAME_BYTES, SILENCE
from app.telephony.sounds import SoundUnreadable, load_frames, ring_tone, ringback_tone
from app.telephony.tap import CallTap
from app.telephony.voice_paths import louder, mixed
from app.telephony.voice_ring import VoiceRing
from app.telephony.wiring import ANNOUNCER, CALLER_TAP, EAR, MICROPHONE, RINGBACK, wiring

FRAME = b"\1\0" * (FRAME_BYTES // 2)
CALL = CallId("a" * 32)


def test_a_ring_gives_nothing_until_its_depth_stands() -> None:
    ring = VoiceRing(frames=2)
    ring.push(FRAME)

    assert ring.pull() is None
    ring.push(FRAME)
    assert ring.pull() == FRAME


def test_a_ring_that_ran_dry_fills_up_again_first() -> None:
    ring = VoiceRing(frames=2)
    ring.push(FRAME * 2)
    ring.pull()
    ring.pull()

    assert ring.pull() is None
    ring.push(FRAME)
    assert ring.pull() is None
    assert ring.ran_dry == 1


def test_a_standing_surplus_slips_one_frame_a_second() -> None:
    ring = VoiceRing(frames=2)
    ring.push(FRAME * 6)

    for _ in range(100):
        ring.pull()
        ring.push(FRAME)

    assert 1 <= ring.slipped <= 3


def test_what_comes_too_fast_is_cut_to_the_standing_depth() -> None:
    ring = VoiceRing(frames=2)

    ring.push(FRAME * 50)

    assert ring.overran == 1
    assert [ring.pull() for _ in range(3)] == [FRAME, FRAME, None]


def test_all_parties_hear_each_other_and_each_tap_one_voice() -> None:
    pairs = wiring("call", ["leg"], False, False, None)

    assert pairs == {
        ("call", EAR), ("leg", EAR), ("call", "leg"), ("leg", "call"), ("call", CALLER_TAP),
        (MICROPHONE, "call"), (MICROPHONE, "leg"),
    }  # fmt: skip


def test_a_muted_microphone_goes_nowhere() -> None:
    assert not [pair for pair in wiring("call", ["leg"], True, False, None) if pair[0] == MICROPHONE]


def test_the_caller_hears_a_tone_while_the_emergency_line_is_called() -> None:
    assert {(RINGBACK, "call"), (RINGBACK, EAR)} <= wiring("call", [], False, True, None)


def test_an_announcement_for_the_agent_reaches_the_ear_alone() -> None:
    assert {pair for pair in wiring("call", [], False, False, []) if pair[0] == ANNOUNCER} == {(ANNOUNCER, EAR)}


def test_nobody_to_talk_to_leaves_the_microphone_unheard() -> None:
    assert wiring("", [], False, False, None) == set()


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (22_050, 1), (48_000, 2)])
def test_a_sound_of_any_rate_lasts_as_long_as_it_did(tmp_path: Path, rate: int, channels: int) -> None:
    path = tmp_path / "sound.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"\0\1" * rate * channels)

    frames = load_frames(path)

    assert len(frames) == pytest.approx(50, abs=1)
    assert {len(frame) for frame in frames} == {FRAME_BYTES}


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\x24\0\0\0WAVEfmt "])
def test_a_broken_sound_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.wav").write_bytes(content)

    with pytest.raises(SoundUnreadable):
        load_frames(tmp_path / "broken.wav")


def test_a_missing_sound_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SoundUnreadable):
        load_frames(tmp_path / "none.wav")


def test_an_announcer_plays_once_and_is_silent() -> None:
    announcer = Announcer()
    announcer.play([FRAME])

    assert [announcer.pull(), announcer.pull()] == [FRAME, None]
    assert not announcer.is_playing


def test_what_follows_is_heard_after_what_is_being_played() -> None:
    announcer = Announcer()
    announcer.play([FRAME])
    announcer.add([SILENCE])

    assert [announcer.pull(), announcer.pull(), announcer.pull()] == [FRAME, SILENCE, None]


def test_the_ringing_is_quiet_enough_to_bear_and_repeats() -> None:
    tone = ring_tone(1.0)
    turn = b"".join(tone.pull() for _ in range(400))
    samples = np.frombuffer(turn, "<i2").astype(float)

    assert 2_000 < np.abs(samples).max() < 16_000
    assert np.abs(samples[-16_000 * 3 :]).max() > 2_000


def test_the_ringback_is_one_second_in_five() -> None:
    tone = ringback_tone()
    loud = [any(tone.pull()) for _ in range(250)]

    assert sum(loud) == 50


def test_gain_and_mixing_stop_at_full_scale() -> None:
    loud = np.full(4, 30_000, "<i2").tobytes()

    assert np.frombuffer(louder(loud, 4.0), "<i2").tolist() == [32_767] * 4
    assert np.frombuffer(mixed(loud, loud), "<i2").tolist() == [32_767] * 4
    assert louder(loud, 1.0) is loud


def test_the_tap_writes_the_call_in_focus_from_its_answer_on(tmp_path: Path) -> None:
    path = tmp_path / "taps"
    make_taps(path)
    reader, tap = TapReader(path), CallTap(path)
    microphone = tap.hearing(lambda: FRAME)
    tap.hear_caller(FRAME)
    tap.follow(CALL)
    tap.hear_caller(FRAME)
    tap.began(CALL, 1000.0)

    tap.hear_caller(FRAME)
    taken = microphone()
    tap.hear_caller(SILENCE)
    tap.hear_caller(SILENCE)

    frames = reader.read()
    assert taken == FRAME
    assert [(frame.at, frame.call) for frame in frames] == [(1000.0, CALL), (1000.02, CALL), (1000.04, CALL)]
    assert [(frame.caller, frame.agent) for frame in frames] == [(FRAME, SILENCE), (SILENCE, FRAME), (SILENCE, SILENCE)]
    reader.close()
    tap.close()


def test_the_time_of_a_call_goes_on_while_the_agent_talks_with_another(tmp_path: Path) -> None:
    path = tmp_path / "taps"
    make_taps(path)
    reader, tap = TapReader(path), CallTap(path)
    other = CallId("b" * 32)
    tap.began(CALL, 1000.0)
    tap.follow(CALL)
    tap.hear_caller(FRAME)
    tap.began(other, 2000.0)
    tap.follow(other)
    tap.hear_caller(FRAME)

    tap.follow(CALL)
    tap.hear_caller(FRAME)

    assert [(frame.call, frame.at) for frame in reader.read()] == [(CALL, 1000.0), (other, 2000.0), (CALL, 1000.04)]
    reader.close()
    tap.close()
