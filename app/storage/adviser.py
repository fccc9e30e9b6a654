"""Knowledge and dispatch advice on a thread of their own: the newest question wins, the desk never waits."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from app.desk.events import AdviceFound, AnswersFound, DeskEvent, Noticed
from app.domain.dispatch import DispatchCatalogue, UnitAdvice, advise
from app.domain.masking import place_of
from app.domain.notice import Gravity, Notice, NoticeCode
from app.errors import JiesuError
from app.storage.knowledge import KnowledgeBase

log = logging.getLogger(__name__)


class AdviserThread:
    """Implements desk.ports.Adviser. `knowledge` is called on the thread, so that the index is made there and the window
    does not wait for it; `deadline` says the limits of a matter in words."""

    def __init__(
        self,
        knowledge: Callable[[], KnowledgeBase] | KnowledgeBase,
        catalogue: DispatchCatalogue,
        emit: Callable[[DeskEvent], None],
        deadline: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._knowledge, self._catalogue, self._emit, self._deadline = knowledge, catalogue, emit, deadline
        self._base: KnowledgeBase | None = None
        self._query: tuple[str, bool] | None = None
        self._matter: tuple[str, str] | None = None
        self._is_stopped = False
        self._asked = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="adviser", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Forgets what was not begun and returns when the thread has ended."""
        with self._asked:
            self._is_stopped = True
            self._asked.notify()
        if self._thread.is_alive():
            self._thread.join()

    def find_answers(self, query: str, is_spoken: bool) -> None:
        with self._asked:
            self._query = (query, is_spoken)
            self._asked.notify()

    def find_units(self, text: str, place: str) -> None:
        with self._asked:
            self._matter = (text, place)
            self._asked.notify()

    def _run(self) -> None:
        try:
            self._base = self._knowledge if isinstance(self._knowledge, KnowledgeBase) else self._knowledge()
        except JiesuError as wrong:
            self._emit(Noticed(Notice(NoticeCode(wrong.code), wrong.values, Gravity.ERROR)))
        except Exception:
            log.exception("the knowledge base cannot be made; dispatch advice goes on without it")
        while True:
            with self._asked:
                self._asked.wait_for(lambda: self._is_stopped or self._query is not None or self._matter is not None)
                if self._is_stopped:
                    return
                query, self._query = self._query, None
                matter, self._matter = self._matter, None
            self._advise(query, matter)

    def _advise(self, query: tuple[str, bool] | None, matter: tuple[str, str] | None) -> None:
        try:
            if query is not None:
                answers = self._base.search(*query) if self._base is not None else ()
                self._emit(AnswersFound(query[0], answers))
            if matter is not None:
                self._emit(AdviceFound(matter[0], self._units(*matter)))
        except Exception as wrong:  # the next question must still be answered
            log.error("a question to the adviser failed: %s", place_of(wrong))

    def _units(self, text: str, place: str) -> tuple[UnitAdvice, ...]:
        found = advise(self._catalogue, text, place)
        deadline = self._deadline(text) if found else ""
        return tuple(replace(advice, deadline=deadline) for advice in found)
