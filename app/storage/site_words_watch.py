"""Gathers the words of the site, and again whenever the catalogue, the knowledge or the site's own list changes."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from app.desk.speech_events import SiteWordsRead
from app.domain.site_words import site_words
from app.errors import SettingsError
from app.storage.catalogue import read_catalogue
from app.storage.knowledge_files import read_knowledge
from app.storage.site_words_file import WordsProblem, read_site_words

log = logging.getLogger(__name__)

LOOK_S = 3.0
_Sight = tuple[tuple[str, int, int], ...]


class SiteWordsWatch:
    """A thread of its own from `start` to `stop`. A list that cannot be read leaves the words as they were, and says why."""

    def __init__(
        self, catalogue: Path, knowledge: Path, own: str, tell: Callable[[SiteWordsRead], None], look_s: float = LOOK_S
    ) -> None:
        """`own`: the path of the site's list, "" = none; `tell` is called on this thread."""
        self._catalogue, self._knowledge, self._tell, self._look_s = catalogue, knowledge, tell, look_s
        self._own = own
        self._changed = threading.Event()
        self._is_stopped = False
        self._thread = threading.Thread(target=self._run, name="site-words", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def use(self, own: str) -> None:
        """Another list from now on; any thread."""
        self._own = own
        self._changed.set()

    def stop(self) -> None:
        """Returns when the thread has ended."""
        self._is_stopped = True
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        seen: tuple[str, _Sight] | None = None
        while not self._is_stopped:
            self._changed.clear()
            own = self._own
            sight = (own, self._sight(own))
            if sight != seen:
                seen = sight
                self._gather(own)
            self._changed.wait(self._look_s)

    def _gather(self, own: str) -> None:
        try:
            words = read_site_words(Path(own).expanduser()) if own else ()
            catalogue, points = read_catalogue(self._catalogue), read_knowledge(self._knowledge)
        except WordsProblem as wrong:
            log.warning("the site's list of words was not taken: line %s, %s", wrong.line, wrong.reason)
            self._tell(SiteWordsRead(None, (wrong.file, str(wrong.line), wrong.reason)))
        except (SettingsError, OSError, UnicodeDecodeError) as wrong:
            log.warning("the words of catalogue and knowledge were not taken: %s", type(wrong).__name__)
            values = getattr(wrong, "values", ())
            self._tell(SiteWordsRead(None, (*(values[:2] or (str(self._catalogue), "0")), "settings")))
        else:
            self._tell(SiteWordsRead(site_words(catalogue, points, words)))

    def _sight(self, own: str) -> _Sight:
        """How the files lie on the disk: a few questions to the file system."""
        paths = [self._catalogue, *sorted(self._knowledge.glob("*.toml")), *([Path(own).expanduser()] if own else [])]
        return tuple(_seen(path) for path in paths)


def _seen(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), -1, 0
    return str(path), found.st_size, found.st_mtime_ns
