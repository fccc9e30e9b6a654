"""Sentences that could not be spoken, and announcements that are kept whole or not at all."""

import queue
import shutil
import wave
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.desk.commands import Say
from app.desk.events import Noticed, SoundOver, SpeechMade
from app.domain.announcement import SoundEnd
from app.speech.saying import Sayer
from app.speech.voice import VoiceMaker


class Told:
    """What the sayer tells, in its order."""

    def __init__(self) -> None:
        self.events: queue.Queue[msgspec.Struct] = queue.Queue()

    def __call__(self, event: msgspec.Struct) -> None:
        self.events.put(event)

    def next(self, kind: type[Any]) -> Any:
        while not isinstance(event := self.events.get(timeout=20), kind):
            pass
        return event


def speaks(_maker: VoiceMaker, _text: str, _voice: str, path: Path, *_how: float) -> float:
    """One second of a loud voice."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(b"\x00\x20\x00\xe0" * 8_000)
    return 1.0


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.mark.parametrize("is_for_ear", [True, False])
def test_whoever_asked_for_a_sentence_that_no_voice_speaks_is_told(tmp_path: Path, told: Told, is_for_ear: bool) -> None:
    sayer = Sayer(tmp_path / "said", told, tmp_path / "cache")

    sayer.say(Say("one", "请稍等", is_for_ear=is_for_ear))  # no voices are loaded yet

    assert told.next(Noticed).notice.values and told.next(SoundOver) == SoundOver("one", SoundEnd.FAILED)
    sayer.close()


def test_an_announcement_of_which_only_half_could_be_kept_is_made_anew(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VoiceMaker, "details", lambda _maker: ())
    monkeypatch.setattr(VoiceMaker, "make", speaks)
    wish = Say("recording-1", "本次通话将被录音", is_announcement=True)
    sayer = Sayer(tmp_path / "said", told, tmp_path / "cache")
    sayer.use(tmp_path / "models")
    whole = shutil.move

    def half(source: Any, target: Any, **_how: Any) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "move", half)
    sayer.say(wish)
    told.next(SoundOver)
    monkeypatch.setattr(shutil, "move", whole)

    sayer.say(wish)

    made = Path(told.next(SpeechMade).path)
    assert made.stat().st_size > 30_000 and list((tmp_path / "cache").iterdir()) == [made]
    sayer.close()
