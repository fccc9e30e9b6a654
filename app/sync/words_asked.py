"""Words that other consoles kept, asked of the centre for a ticket that is open here: now, or as soon as the centre answers."""

import logging
import threading
import time
from typing import Protocol

from app.desk.transcript_events import Sought, WordsFetched, WordsSought
from app.desk.transcript_wishes import AskWords
from app.domain.call import CallId
from app.errors import CentreError
from app.sync.client import CentreGarbage, CentreRefused
from app.sync.standing import Emit
from app.wire import KeptWords

log = logging.getLogger(__name__)

MOST = 20
"""Tickets whose words are waited for: of more, the oldest wish is forgotten."""


AGAIN_S = (1.0, 4.0, 15.0)
"""Where the centre has no words at all, they may still be on their way there: asked again so much later each time."""


class Giver(Protocol):
    """The centre, as far as words are asked of it."""

    def words(self, ticket: str, call: CallId, since: float) -> KeptWords: ...


class WordsAsked:
    """`ask` from any thread; everything else on the sync thread. A case has one wish at most, the newest."""

    def __init__(self, client: Giver, emit: Emit) -> None:
        self._client, self._emit = client, emit
        self._wanted: dict[CallId, AskWords] = {}
        self._told_away: set[CallId] = set()
        self._again: dict[CallId, tuple[float, int, AskWords]] = {}  # by case: when, how often before, what
        self._lock = threading.Lock()

    def ask(self, wish: AskWords) -> None:
        with self._lock:
            self._wanted.pop(wish.case, None)
            self._again.pop(wish.case, None)
            self._told_away.discard(wish.case)
            self._wanted[wish.case] = wish
            while len(self._wanted) > MOST:
                self._wanted.pop(next(iter(self._wanted)))

    def answer(self) -> None:
        """Brings what is wanted. Raises CentreError where the centre is lost: the wish stays."""
        turns = self._due()
        while (wish := self._next()) is not None:
            try:
                kept = self._client.words(wish.ticket, wish.call, wish.since)
            except (CentreRefused, CentreGarbage) as wrong:
                # a centre of before this door answers so too: the words cannot come, and nothing else suffers by it
                log.info("the centre gives no words of call %s: %s", wish.call, type(wrong).__name__)
                self._settle(wish, WordsSought(wish.case, Sought.NONE))
                continue
            except CentreError:
                self.away()
                raise
            found = WordsFetched(wish.case, wish.call, kept.agent, kept.at, kept.lines)
            self._settle(wish, found if kept.at else WordsSought(wish.case, Sought.NONE))
            if not kept.at and not wish.since:
                self._later(wish, turns.get(wish.case, 0))

    def away(self) -> None:
        """The centre is not there: whoever waits is told so, once."""
        with self._lock:
            waiting = [case for case in self._wanted if case not in self._told_away]
            self._told_away.update(waiting)
        for case in waiting:
            self._emit(WordsSought(case, Sought.AWAY))

    def _due(self) -> dict[CallId, int]:
        """Wants again what is to be asked for again by now; how often each was asked for."""
        now = time.monotonic()
        with self._lock:
            due = {case: (turn, wish) for case, (at, turn, wish) in self._again.items() if at <= now}
            for case, (_, wish) in due.items():
                del self._again[case]
                self._wanted.setdefault(case, wish)
        return {case: turn for case, (turn, _) in due.items()}

    def _later(self, wish: AskWords, turn: int) -> None:
        with self._lock:
            if turn < len(AGAIN_S) and wish.case not in self._wanted:
                self._again[wish.case] = (time.monotonic() + AGAIN_S[turn], turn + 1, wish)

    def _next(self) -> AskWords | None:
        with self._lock:
            return next(iter(self._wanted.values()), None)

    def _settle(self, wish: AskWords, told: WordsFetched | WordsSought) -> None:
        with self._lock:
            if self._wanted.get(wish.case) is not wish:
                return  # asked anew meanwhile: that wish has an answer of its own
            del self._wanted[wish.case]
            self._told_away.discard(wish.case)
        self._emit(told)
