"""Sentences to be spoken, one after another on threads of their own, into files that are cleared away later."""

import hashlib
import logging
import os
import shutil
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

import msgspec
import platformdirs

from app.desk.commands import Say
from app.desk.events import NoticeCleared, Noticed, SoundOver, SpeechMade, VoiceReady
from app.domain.announcement import SoundEnd, seconds_of
from app.domain.notice import Gravity, Notice, NoticeCode
from app.speech.levelling import level_file
from app.speech.voice import VoiceFailed, VoiceMaker

log = logging.getLogger(__name__)

KEPT = 20
"""Spoken files that are kept; older ones are removed."""
KEPT_FOR_EAR = 60
"""The same for the agent's ear: the names of fields come again and again."""


class Sayer:
    """Speaks what it is asked to; `tell` gets VoiceReady, SpeechMade and notices on the sayer's threads.

    What is for the agent's ear has a thread and a voice engine of its own, so that it never waits behind a long sentence; where
    the system has no voice of its own for Mandarin it shares the neural one, and goes before what waits there. Every file is
    the owner's alone, and all are gone when this ends, but for announcements, which hold no word of anybody's.
    """

    def __init__(self, folder: Path, tell: Callable[[msgspec.Struct], None], cache: Path | None = None) -> None:
        """`cache` keeps announcements from one start to the next; None = the user's own."""
        self._folder, self._tell = folder, tell
        self._cache = cache or platformdirs.user_cache_path("jiesu", appauthor=False) / "announcements"
        shutil.rmtree(folder, ignore_errors=True)  # of a process before this one, that was killed
        self._fastest = ""
        self._lane = _Lane("sayer", self._serve, self._fail)
        self._ear_lane = _Lane("ear-sayer", self._serve_ear, self._fail)

    def use(self, models_folder: Path) -> None:
        """Speak with the models of this folder from now on; answers with VoiceReady."""
        self._lane.put(models_folder)
        self._ear_lane.put(models_folder)

    def say(self, wish: Say) -> None:
        if wish.is_for_ear:
            self._lane.drop_for_ear()
            self._ear_lane.drop_for_ear()
            is_own_engine = self._engine_of(wish) == "pyttsx3"
            (self._ear_lane if is_own_engine else self._lane).put(wish, is_first=True)
        else:
            self._lane.put(wish)

    def close(self) -> None:
        self._ear_lane.close()
        self._lane.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _engine_of(self, wish: Say) -> str:
        return (wish.voice or self._fastest).partition(":")[0]

    def _serve(self, wish: Say | Path, maker: VoiceMaker) -> None:
        if isinstance(wish, Path):
            self._tell_voices(maker)
            if maker.wrong is None:
                self._tell(NoticeCleared(NoticeCode.VOICE_MODEL_WRONG))
        elif wish.is_for_ear:
            self._serve_ear(wish, maker)
        elif wish.is_announcement:
            self._announce(wish, maker)
        else:
            path = _own(self._folder) / f"{_mark(wish.request)}.wav"
            self._told(wish, path, self._make(maker, wish, wish.voice, path))
            _keep_newest(self._folder, KEPT)

    def _serve_ear(self, wish: Say | Path, maker: VoiceMaker) -> None:
        """A sentence that was spoken before, such as the name of a field, lies there still."""
        if isinstance(wish, Path):
            return  # its engine is started by the first sentence: few agents work without looking
        voice = wish.voice or self._fastest
        path = _own(self._folder / "ear") / f"{_mark(f'{voice} {wish.speed} {wish.volume} {wish.text}')}.wav"
        if path.exists():
            os.utime(path)
            self._told(wish, path, seconds_of(path))
            return
        self._told(wish, path, self._make(maker, wish, voice, path))
        _keep_newest(path.parent, KEPT_FOR_EAR)

    def _announce(self, wish: Say, maker: VoiceMaker) -> None:
        """An announcement is made once, evenly loud, and kept: its request names its words."""
        made = _own(self._folder) / f"{_mark(wish.request)}.wav"
        kept = self._cache / made.name
        if not kept.exists():
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            voice = wish.voice if wish.voice in maker.voices() else ""
            self._make(maker, wish, voice, made)
            level_file(made)
            part = kept.with_suffix(f".{os.getpid()}.part")  # the cache may lie on another disk, and that one be full
            try:
                shutil.move(made, part)
                part.replace(kept)
            finally:
                part.unlink(missing_ok=True)
        self._told(wish, kept.absolute(), seconds_of(kept))

    def _make(self, maker: VoiceMaker, wish: Say, voice: str, path: Path) -> float:
        """A neural voice that was found broken on the way is said, and offered no more."""
        before = maker.wrong
        try:
            return maker.make(wish.text, voice, path, wish.speed, wish.volume)
        finally:
            if maker.wrong is not before:
                self._tell_voices(maker)

    def _tell_voices(self, maker: VoiceMaker) -> None:
        details = maker.details()
        self._fastest = maker.fastest()
        self._tell(VoiceReady(tuple(detail.voice for detail in details), details))
        if (wrong := maker.wrong) is not None:
            log.warning("the neural voices are not used: %s", wrong)
            self._tell(Noticed(Notice(NoticeCode.VOICE_MODEL_WRONG, wrong.values[:2])))

    def _told(self, wish: Say, path: Path, seconds: float) -> None:
        self._tell(SpeechMade(wish.request, str(path), seconds))

    def _fail(self, wish: Say | Path, reason: str) -> None:
        """Whoever waits for the sentence is told that it does not come."""
        self._tell(Noticed(Notice(NoticeCode.VOICE_FAILED, (reason,), Gravity.WARNING, standing=False)))
        if isinstance(wish, Say):
            self._tell(SoundOver(wish.request, SoundEnd.FAILED))


class _Lane:
    """A thread that serves one wish after the other with a voice engine of its own."""

    def __init__(
        self, name: str, serve: Callable[[Say | Path, VoiceMaker], None], fail: Callable[[Say | Path, str], None]
    ) -> None:
        self._serve, self._fail = serve, fail
        self._maker: VoiceMaker | None = None
        self._wishes: deque[Say | Path] = deque()
        self._news = threading.Condition()
        self._is_open = True
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, wish: Say | Path, is_first: bool = False) -> None:
        """`is_first`: before every sentence, but not before the models it is to be spoken with."""
        with self._news:
            models = [place for place, other in enumerate(self._wishes) if isinstance(other, Path)]
            self._wishes.insert(max(models, default=-1) + 1 if is_first else len(self._wishes), wish)
            self._news.notify()

    def drop_for_ear(self) -> None:
        """Nobody listens any more to what was asked for the ear and is not begun."""
        with self._news:
            self._wishes = deque(wish for wish in self._wishes if isinstance(wish, Path) or not wish.is_for_ear)

    def close(self) -> None:
        """What waits is dropped, and what is being spoken is broken off: nobody will hear it."""
        with self._news:
            self._is_open = False
            self._wishes.clear()
            self._news.notify()
        if self._maker is not None:
            self._maker.abandon()
        self._thread.join(20)

    def _run(self) -> None:
        while (wish := self._next()) is not None:
            try:
                self._obey(wish)
            except VoiceFailed as failed:
                if self._is_open:
                    self._fail(wish, failed.values[0])
            except OSError as failed:
                self._fail(wish, failed.strerror or "the file could not be written")
            except Exception:
                log.exception("a sentence could not be spoken")
                self._fail(wish, "internal")
        if self._maker is not None:
            self._maker.close()

    def _next(self) -> Say | Path | None:
        with self._news:
            while not self._wishes and self._is_open:
                self._news.wait()
            return self._wishes.popleft() if self._wishes else None

    def _obey(self, wish: Say | Path) -> None:
        if isinstance(wish, Path):
            if self._maker is not None:
                self._maker.close()
            self._maker = VoiceMaker(wish)
        if self._maker is None:
            raise VoiceFailed("the voices are not loaded yet")
        self._serve(wish, self._maker)


def _own(folder: Path) -> Path:
    """The folder, its owner's alone; the mode of `mkdir` holds for the last one only."""
    if not folder.parent.exists():
        _own(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _keep_newest(folder: Path, count: int) -> None:
    for old in sorted(folder.glob("*.wav"), key=lambda file: file.stat().st_mtime)[:-count]:
        old.unlink(missing_ok=True)
