"""Sound read, made, and told apart from silence."""

import random
import wave
from pathlib import Path

import pytest

from app.errors import ModelError
from app.practice.sounds import FRAME_BYTES, RATE, VoiceDetector, level_db, read_wav, tone, tone_speech, write_wav

SILENCE = bytes(FRAME_BYTES)


def frames(sound: bytes) -> list[bytes]:
    return [sound[at : at + FRAME_BYTES] for at in range(0, len(sound), FRAME_BYTES)]


def noise(seconds: float, amplitude: int) -> bytes:
    chance = random.Random(7)
    return b"".join(
        chance.randint(-amplitude, amplitude).to_bytes(2, "little", signed=True) for _ in range(round(seconds * RATE))
    )


def claims(detector: VoiceDetector, sound: bytes) -> list[bool]:
    return [detector.hear(frame) for frame in frames(sound)]


def test_a_voice_is_noticed_within_a_fifth_of_a_second_and_ends_after_the_hangover() -> None:
    claimed = claims(VoiceDetector(), SILENCE * 50 + tone(300, 1.0) + SILENCE * 100)

    assert 50 < claimed.index(True) <= 60
    last = len(claimed) - 1 - claimed[::-1].index(True)
    assert 130 <= last <= 137


def test_the_gap_between_two_words_does_not_end_a_sentence() -> None:
    claimed = claims(VoiceDetector(), tone(300, 0.6) + SILENCE * 20 + tone(300, 0.6))

    assert all(claimed[10:80])


def test_a_click_is_no_voice() -> None:
    assert not any(claims(VoiceDetector(), SILENCE * 20 + tone(900, 0.04) + SILENCE * 50))


def test_the_hum_of_a_room_is_learned_and_no_longer_taken_for_a_voice() -> None:
    detector = VoiceDetector()

    claims(detector, noise(12.0, 300))

    assert not detector.is_voice
    assert any(claims(detector, tone(300, 0.5)))


def test_level_counts_from_full_scale() -> None:
    assert level_db(SILENCE) == -100.0
    assert level_db(b"") == -100.0
    assert level_db(tone(500, 0.5, 32767)[RATE // 2 : RATE]) == pytest.approx(-3.0, abs=0.2)


def test_a_recording_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", tone(300, 0.2))

    assert read_wav(tmp_path / "a.wav") == tone(300, 0.2)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_a_recording_of_another_rate_keeps_its_length(tmp_path: Path) -> None:
    path = tmp_path / "kokoro.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(bytes(24_000 * 2))

    assert len(read_wav(path)) == pytest.approx(RATE * 2, abs=64)


def test_what_is_no_wav_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF nothing")

    with pytest.raises(ModelError, match=r"a\.wav"):
        read_wav(tmp_path / "a.wav")


def test_stereo_is_refused_by_name(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "two.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(400))

    with pytest.raises(ModelError, match="2 channels"):
        read_wav(tmp_path / "two.wav")


def test_two_sentences_sound_different_as_tones_and_pause_at_their_marks() -> None:
    assert tone_speech("着火了") != tone_speech("停水了")
    claimed = claims(VoiceDetector(), tone_speech("着火了，快来"))
    assert any(claimed)
