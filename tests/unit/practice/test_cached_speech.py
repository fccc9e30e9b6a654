"""Sentences are spoken once, by the best voice there is, and never fail for want of one."""

import threading
from pathlib import Path

import pytest

from app.errors import ModelError
from app.practice.cached_speech import AheadMaker, CachedSpeech, Line, lines_of
from app.practice.scenario import Scenario, Turn
from app.practice.sounds import read_wav, tone, tone_speech, write_wav
from tests.waiting import wait_for

LINE = Line("楼上漏水了", "zf_xiaoni")
OTHER = Line("快来", "zf_xiaoni")


class Engine:
    """A maker whose voices can be named and broken."""

    def __init__(self, *voices: str, broken: tuple[str, ...] = ()) -> None:
        self._voices, self._broken = voices, broken
        self.made: list[tuple[str, str]] = []
        self.is_resting = False

    def voices(self) -> tuple[str, ...]:
        return self._voices

    def make(self, text: str, voice: str, path: Path, speed: float = 1.0) -> float:
        self.made.append((text, voice))
        if voice in self._broken:
            path.write_bytes(b"half a fi")
            raise ModelError(voice, "broken")
        write_wav(path, tone(300, 0.1))
        return 0.1

    def close(self) -> None:
        self.is_resting = True


def test_a_sentence_is_spoken_once_and_then_read_from_the_folder(tmp_path: Path) -> None:
    engine = Engine("kokoro:zf_xiaoni")
    first = CachedSpeech(tmp_path, engine).sound(LINE)

    second = CachedSpeech(tmp_path, engine).sound(LINE)

    assert first == second == tone(300, 0.1)
    assert engine.made == [("楼上漏水了", "kokoro:zf_xiaoni")]


def test_another_voice_or_sentence_is_another_file(tmp_path: Path) -> None:
    engine = Engine("kokoro:zf_xiaoni", "kokoro:zm_yunxi")
    speech = CachedSpeech(tmp_path, engine)

    for line in (LINE, OTHER, Line(LINE.text, "zm_yunxi")):
        speech.sound(line)

    assert len(engine.made) == len(list(tmp_path.glob("*.wav"))) == 3


def test_the_systems_voice_speaks_where_kokoro_is_not_installed(tmp_path: Path) -> None:
    engine = Engine("pyttsx3:cmn", "pyttsx3:yue")

    CachedSpeech(tmp_path, engine).sound(LINE)

    assert engine.made == [(LINE.text, "pyttsx3:cmn")]


def test_a_voice_that_breaks_is_replaced_by_the_next_and_not_asked_again(tmp_path: Path) -> None:
    engine = Engine("kokoro:zf_xiaoni", "pyttsx3:cmn", broken=("kokoro:zf_xiaoni",))
    speech = CachedSpeech(tmp_path, engine)

    speech.sound(LINE)
    speech.sound(OTHER)

    assert [voice for _, voice in engine.made] == ["kokoro:zf_xiaoni", "pyttsx3:cmn", "pyttsx3:cmn"]
    assert "broken" in speech.flaw


def test_half_a_file_of_a_broken_voice_is_never_kept(tmp_path: Path) -> None:
    CachedSpeech(tmp_path, Engine("kokoro:zf_xiaoni", broken=("kokoro:zf_xiaoni",))).sound(LINE)

    assert list(tmp_path.glob("*.wav")) == []


def test_tones_stand_in_where_no_voice_is_installed_and_it_is_said(tmp_path: Path) -> None:
    speech = CachedSpeech(tmp_path, Engine())

    sound = speech.sound(LINE)

    assert sound == tone_speech(LINE.text, 330.0)
    assert speech.flaw == "no voice is installed"
    assert speech.is_kept(LINE)


def test_a_recording_needs_no_voice(tmp_path: Path) -> None:
    write_wav(tmp_path / "01.wav", tone(500, 0.2))
    engine = Engine("kokoro:zf_xiaoni")
    speech = CachedSpeech(tmp_path / "cache", engine)

    sound = speech.sound(Line("喂", "zf_xiaoni", tmp_path / "01.wav"))

    assert sound == read_wav(tmp_path / "01.wav")
    assert engine.made == []
    assert speech.flaw == ""


def test_a_recording_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "01.wav").write_bytes(b"no sound")

    with pytest.raises(ModelError, match=r"01\.wav"):
        CachedSpeech(tmp_path / "cache", Engine()).sound(Line("喂", "zf_xiaoni", tmp_path / "01.wav"))


def test_everything_a_citizen_may_say_is_made(tmp_path: Path) -> None:
    scenario = Scenario("a", "a", "a", "1", "zf_xiaoni", (Turn("一", if_silent="喂"), Turn("二", recording=tmp_path / "2.wav")))

    lines = lines_of(scenario)

    assert [line.text for line in lines] == ["一", "喂", "二"]
    assert lines[2].recording == tmp_path / "2.wav"


def test_voices_are_made_ahead_and_the_engine_is_let_go(tmp_path: Path) -> None:
    engine = Engine("kokoro:zf_xiaoni")
    speech = CachedSpeech(tmp_path, engine)
    ahead = AheadMaker(speech, [LINE, OTHER, LINE], lambda: True)

    wait_for(lambda: engine.is_resting, "the engine is let go")
    ahead.stop()

    assert [text for text, _ in engine.made] == [LINE.text, OTHER.text]


def test_nothing_is_made_ahead_while_a_call_goes_on(tmp_path: Path) -> None:
    engine = Engine("kokoro:zf_xiaoni")
    asked = threading.Event()

    def is_idle() -> bool:
        asked.set()
        return False

    ahead = AheadMaker(CachedSpeech(tmp_path, engine), [LINE], is_idle)
    assert asked.wait(5)
    ahead.stop()

    assert engine.made == []
