"""Sentences to be spoken, one after another on a thread of its own, into files that are cleared away later."""

import hashlib
import logging
import queue
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import platformdirs

from app.desk.commands import Say
from app.desk.events import Noticed, SpeechMade, VoiceReady
from app.domain.announcement import seconds_of
from app.domain.notice import Gravity, Notice, NoticeCode
from app.speech.levelling import level_file
from app.speech.voice import VoiceFailed, VoiceMaker

log = logging.getLogger(__name__)

KEPT = 20
"""Spoken files that are kept; older ones are removed."""


class Sayer:
    """Speaks what it is asked to; `tell` gets VoiceReady, SpeechMade and notices on the sayer's thread."""

    def __init__(self, folder: Path, tell: Callable[[msgspec.Struct], None], cache: Path | None = None) -> None:
        """`cache` keeps announcements from one start to the next; None = the user's own."""
        self._folder, self._tell = folder, tell
        self._cache = cache or platformdirs.user_cache_path("jiesu", appauthor=False) / "announcements"
        self._maker: VoiceMaker | None = None
        self._wishes: queue.Queue[Say | Path | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="sayer", daemon=True)
        self._thread.start()

    def use(self, models_folder: Path) -> None:
        """Speak with the models of this folder from now on; answers with VoiceReady."""
        self._wishes.put(models_folder)

    def say(self, wish: Say) -> None:
        self._wishes.put(wish)

    def close(self) -> None:
        self._wishes.put(None)
        self._thread.join(150)

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            try:
                self._serve(wish)
            except VoiceFailed as failed:
                self._fail(failed.values[0])
            except OSError as failed:
                self._fail(failed.strerror or "the file could not be written")
            except Exception:
                log.exception("a sentence could not be spoken")
                self._fail("internal")
        if self._maker is not None:
            self._maker.close()

    def _serve(self, wish: Say | Path) -> None:
        if isinstance(wish, Path):
            if self._maker is not None:
                self._maker.close()
            self._maker = VoiceMaker(wish)
            self._tell(VoiceReady(self._maker.voices()))
            return
        if self._maker is None:
            raise VoiceFailed("the voices are not loaded yet")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{hashlib.sha256(wish.request.encode()).hexdigest()[:32]}.wav"
        if wish.is_announcement:
            self._announce(wish, path)
            return
        seconds = self._maker.make(wish.text, wish.voice, path, wish.speed)
        self._tell(SpeechMade(wish.request, str(path), seconds))
        for old in sorted(self._folder.glob("*.wav"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)

    def _announce(self, wish: Say, made: Path) -> None:
        """An announcement is made once, evenly loud, and kept: its request names its words."""
        kept = self._cache / made.name
        if not kept.exists():
            maker = self._maker
            if maker is None:
                raise VoiceFailed("the voices are not loaded yet")
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            voice = wish.voice if wish.voice in maker.voices() else ""
            maker.make(wish.text, voice, made, wish.speed)
            level_file(made)
            shutil.move(made, kept)
        self._tell(SpeechMade(wish.request, str(kept.absolute()), seconds_of(kept)))

    def _fail(self, reason: str) -> None:
        self._tell(Noticed(Notice(NoticeCode.VOICE_FAILED, (reason,), Gravity.WARNING, standing=False)))
