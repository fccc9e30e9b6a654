"""Sentences really spoken, by a child that may die, hang or be missing."""

import os
import shutil
import sys
import wave
from pathlib import Path

import psutil
import pytest

from app.desk.speech_events import VoiceDetail
from app.speech.engine import Engine, Sound, text_of
from app.speech.voice import VoiceFailed, VoiceMaker
from tests.benchmarks.speech_lag import distance, plain, read_wave
from tests.habits.needs import MODELS

HANGS = (sys.executable, "-c", "import sys; [None for line in sys.stdin]")
DIES = (sys.executable, "-c", "")


def children_of_voice() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "voice_child" in line_of(child)]


def line_of(child: psutil.Process) -> str:
    """Its command line; "" for one that has ended and was not yet waited for."""
    try:
        return " ".join(child.cmdline())
    except psutil.Error:
        return ""


def test_a_neural_voice_speaks_mandarin_that_the_recogniser_understands(
    voice: VoiceMaker, whisper: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "spoken.wav"

    seconds = voice.make("您反映的问题我们已经记录", "kokoro:zm_yunxi", path)

    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        assert abs(file.getnframes() / 16_000 - seconds) < 0.01 and 1 < seconds < 8
    heard = text_of(whisper.open_ear().listen(read_wave(path), is_final=True))
    assert distance("您反映的问题我们已经记录", plain(heard)) <= 4, heard


def test_the_neural_voices_come_first_and_the_systems_after_them(voice: VoiceMaker) -> None:
    voices = voice.voices()

    assert voices[0] == "kokoro:zf_xiaoxiao" and len([name for name in voices if name.startswith("kokoro:")]) == 8
    assert [name for name in voices if name.startswith("pyttsx3:")] == list(voices[8:])


@pytest.mark.programs("espeak-ng")
def test_without_a_model_the_systems_voice_speaks(tmp_path: Path) -> None:
    with VoiceMaker(tmp_path) as maker:
        seconds = maker.make("您好", "", tmp_path / "spoken.wav")
        voices = maker.voices()

    assert voices and all(name.startswith("pyttsx3:") for name in voices)
    assert seconds > 0.3 and len(read_wave(tmp_path / "spoken.wav")) == round(seconds * 16_000)


@pytest.mark.programs("espeak-ng")
def test_a_child_that_was_killed_is_started_anew_for_the_next_sentence(tmp_path: Path) -> None:
    before = children_of_voice()
    with VoiceMaker(tmp_path) as maker:
        maker.make("您好", "", tmp_path / "first.wav")
        (child,) = set(children_of_voice()) - set(before)
        child.kill()
        child.wait(10)

        assert maker.make("您好", "", tmp_path / "second.wav") > 0.3

    assert children_of_voice() == before


@pytest.fixture
def own_kokoro(tmp_path: Path) -> Path:
    """A folder of models with a copy of the neural voices that may be spoilt."""
    shutil.copytree(MODELS / "kokoro-82m", tmp_path / "models" / "kokoro-82m")
    return tmp_path / "models"


def spoil(models: Path) -> None:
    """Turns one byte over; size and times stay as they were."""
    path = models / "kokoro-82m" / "model.onnx"
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(before.st_size // 2)
        byte = file.read(1)[0]
        file.seek(before.st_size // 2)
        file.write(bytes([byte ^ 0xFF]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.speech("kokoro-82m")
@pytest.mark.programs("espeak-ng")
def test_a_changed_byte_of_the_neural_voices_is_found_at_the_start_and_the_systems_voice_speaks(
    own_kokoro: Path, tmp_path: Path
) -> None:
    spoil(own_kokoro)
    with VoiceMaker(own_kokoro) as maker:
        seconds = maker.make("您好", "kokoro:zf_xiaoxiao", tmp_path / "spoken.wav")

        assert seconds > 0.3 and all(name.startswith("pyttsx3:") for name in maker.voices())
        assert maker.wrong is not None and (maker.wrong.code, maker.wrong.values) == (
            "model_corrupt",
            ("kokoro-82m", "model.onnx"),
        )


@pytest.mark.speech("kokoro-82m")
@pytest.mark.programs("espeak-ng")
def test_voices_that_are_changed_before_their_child_loads_them_are_not_loaded(own_kokoro: Path, tmp_path: Path) -> None:
    with VoiceMaker(own_kokoro) as maker:
        listed = maker.voices()
        spoil(own_kokoro)

        seconds = maker.make("您好", "kokoro:zf_xiaoxiao", tmp_path / "spoken.wav")

        assert "kokoro:zf_xiaoxiao" in listed and "kokoro:zf_xiaoxiao" not in maker.voices()
        assert seconds > 0.3 and maker.wrong is not None and maker.wrong.values == ("kokoro-82m", "model.onnx")


@pytest.mark.speech("kokoro-82m")
@pytest.mark.parametrize("harm", ["half", "gone", "stranger"])
def test_neural_voices_that_are_half_copied_or_not_the_makers_are_named(own_kokoro: Path, harm: str) -> None:
    home = own_kokoro / "kokoro-82m"
    wanted = {"half": "model.onnx", "gone": "model.onnx is missing", "stranger": "voices/zf_other.bin"}[harm]
    if harm == "half":
        os.truncate(home / "model.onnx", 1_000_000)
    elif harm == "gone":
        (home / "model.onnx").unlink()
    else:
        shutil.copy(home / "voices" / "zf_xiaoxiao.bin", home / wanted)

    with VoiceMaker(own_kokoro, command=DIES) as maker:
        assert maker.voices() == () and maker.wrong is not None and maker.wrong.values[:2] == ("kokoro-82m", wanted)


def test_who_never_had_neural_voices_is_told_of_nothing(tmp_path: Path) -> None:
    with VoiceMaker(tmp_path, command=DIES) as maker:
        assert maker.voices() == () and maker.wrong is None


def test_a_child_that_hangs_is_ended_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.speech.voice.LOAD_S", 0.0)
    monkeypatch.setattr(VoiceMaker, "details", lambda _: (VoiceDetail("pyttsx3:any", "zh-CN", "pyttsx3"),))
    with VoiceMaker(tmp_path, timeout_s=0.3, command=HANGS) as maker, pytest.raises(VoiceFailed, match="took too long"):
        maker.make("您好", "", tmp_path / "spoken.wav")

    assert not (tmp_path / "spoken.wav").exists()


def test_a_child_that_cannot_start_leaves_no_voices_and_says_so(tmp_path: Path) -> None:
    with VoiceMaker(tmp_path, command=DIES) as maker:
        assert maker.voices() == ()
        with pytest.raises(VoiceFailed, match="there is no voice on this machine"):
            maker.make("您好", "", tmp_path / "spoken.wav")


@pytest.mark.programs("espeak-ng")
@pytest.mark.parametrize(("text", "voice"), [("", ""), ("  ", ""), ("您好", "kokoro:nobody")])
def test_what_cannot_be_said_is_refused(tmp_path: Path, text: str, voice: str) -> None:
    with VoiceMaker(tmp_path) as maker, pytest.raises(VoiceFailed):
        maker.make(text, voice, tmp_path / "spoken.wav")


@pytest.mark.programs("espeak-ng")
def test_a_folder_that_cannot_be_written_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with VoiceMaker(tmp_path) as maker, pytest.raises(VoiceFailed):
        maker.make("您好", "", tmp_path / "file" / "spoken.wav")

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_sentence_for_the_tests_was_really_spoken(spoken: Sound) -> None:
    assert 3 * 16_000 < len(spoken) < 12 * 16_000
