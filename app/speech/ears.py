"""Loading the recogniser: the first installed model of a list, on a thread of its own, with a notice where none can hear."""

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path

from app.desk.commands import LoadEars
from app.desk.events import EarsReady
from app.domain.notice import Notice, NoticeCode
from app.errors import (
    ModelCorrupt,
    ModelEngineUnknown,
    ModelError,
    ModelForeign,
    ModelHangs,
    ModelStranger,
    ModelUnreadable,
)
from app.speech.catalogue import read_catalogue
from app.speech.engine import Engine, load_engine
from app.speech.load_watch import LoadWatch, limit_s, look_of
from app.speech.models import ModelFolder

log = logging.getLogger(__name__)

_CLOSE_S = 5.0

Loaded = Callable[[Engine, EarsReady], None]
"""Told when a model listens."""
Said = Callable[[Notice], None]


class EarsLoader:
    """Loads what it is asked to, the newest wish last; `loaded` and `failed` are called on its thread, and `turns` whenever
    a load that `watch` sees begins or ends."""

    def __init__(self, loaded: Loaded, failed: Said, catalogue: Path | None = None, watch: LoadWatch | None = None,
                 turns: Callable[[], None] = lambda: None) -> None:  # fmt: skip
        self._loaded, self._failed, self._catalogue, self._turns = loaded, failed, catalogue, turns
        self._watch = watch or LoadWatch()
        self._wishes: queue.Queue[LoadEars | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="ears-loader", daemon=True)
        self._thread.start()

    def load(self, wish: LoadEars) -> None:
        self._wishes.put(wish)

    def close(self) -> None:
        """Waits a moment only: a model that is still being loaded is wanted by nobody any more."""
        self._wishes.put(None)
        self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            if not self._wishes.empty():
                continue
            try:
                self._load(wish)
            except Exception:
                log.exception("loading a speech model failed")
                self._failed(Notice(NoticeCode.SPEECH_DOWN))

    def _load(self, wish: LoadEars) -> None:
        try:
            folder = ModelFolder(Path(wish.folder), read_catalogue(self._catalogue) if self._catalogue else None)
        except ModelError as unreadable:
            self._failed(notice_of(unreadable))
            return
        worst: ModelError | None = None
        for name in wish.models:
            try:
                self._load_watched(folder, name, wish.language)
                return
            except ModelError as wrong:
                log.info("speech model %s is not used: %s", name, wrong)
                if worst is None or _weight(wrong) > _weight(worst):
                    worst = wrong
        self._failed(notice_of(worst or ModelError("-")))

    def _load_watched(self, folder: ModelFolder, name: str, language: str) -> None:
        model, look = folder.models.get(name), look_of(folder.folder / name)
        if self._watch.is_hopeless(name, look):
            raise ModelHangs(name)
        self._watch.begin(name, look, limit_s(model.size if model is not None else 0))
        self._turns()
        try:
            self._load_one(folder, name, language)
        finally:
            self._watch.end()
            self._turns()

    def _load_one(self, folder: ModelFolder, name: str, language: str) -> None:
        with folder.opened(name, language) as home:
            engine_name = folder.models[name].engine
            try:
                engine = load_engine(name, engine_name, home, language)
            except ModelError:
                raise
            except Exception as unreadable:
                log.warning("the engine cannot load the speech model %s: %s", name, type(unreadable).__name__)
                raise ModelCorrupt(name, home.name) from unreadable
        self._loaded(engine, EarsReady(engine.name, name))


def notice_of(wrong: ModelError) -> Notice:
    return Notice(NoticeCode(wrong.code), wrong.values)


def _weight(wrong: ModelError) -> int:
    """A broken model is worth more words than one that was never there."""
    if isinstance(wrong, ModelHangs):
        return 3
    if isinstance(wrong, ModelCorrupt | ModelStranger | ModelUnreadable):
        return 2
    return 1 if isinstance(wrong, ModelEngineUnknown | ModelForeign) else 0
