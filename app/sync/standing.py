"""How the console stands with the centre, told to the desk when it changes: one standing notice at most, and the counts."""

import time
from collections.abc import Callable

from app.desk.events import DeskEvent, NoticeCleared, Noticed, NumbersCounted, SyncChanged
from app.domain.notice import Gravity, Notice, NoticeCode
from app.errors import JiesuError

Emit = Callable[[DeskEvent], None]

_GRAVE = frozenset({NoticeCode.IDENTITY_IN_USE, NoticeCode.NOT_ENROLLED, NoticeCode.CENTRE_NEWER, NoticeCode.CENTRE_OLDER})


class Standing:
    """Used on the sync thread only."""

    def __init__(self, emit: Emit, console: str) -> None:
        self._emit = emit
        self._console = console
        self._said = SyncChanged(is_online=False, waiting=-1, last_at=0.0, console=console)
        self._numbers = -1
        self._trouble: Notice | None = None

    @property
    def is_online(self) -> bool:
        return self._said.is_online

    def heard(self, waiting: int) -> None:
        """The centre answered as it should."""
        self._say(SyncChanged(True, waiting, time.time(), self._console))
        self._set_trouble(None)

    def lost(self, wrong: JiesuError, waiting: int) -> None:
        self._say(SyncChanged(False, waiting, self._said.last_at, self._console))
        code = NoticeCode(wrong.code)
        gravity = Gravity.ERROR if code in _GRAVE else Gravity.WARNING
        self._set_trouble(Notice(code, wrong.values, gravity))

    def counted(self, waiting: int) -> None:
        self._say(SyncChanged(self._said.is_online, waiting, self._said.last_at, self._console))

    def numbers(self, left: int) -> None:
        if left != self._numbers:
            self._numbers = left
            self._emit(NumbersCounted(left))

    def refused(self, what: str, reason: str) -> None:
        """Stays on the screen: somebody has to look at what the centre would not take."""
        self._emit(Noticed(Notice(NoticeCode.CENTRE_REFUSED, (what, reason), Gravity.ERROR)))

    def refused_mark(self, number: str) -> None:
        """`number` as screens may show it."""
        self._emit(Noticed(Notice(NoticeCode.MARK_REFUSED, (number,), Gravity.ERROR)))

    def _say(self, now: SyncChanged) -> None:
        """Tells a change at once, and the mere passing of time at most once a second."""
        before = self._said
        if (now.is_online, now.waiting) != (before.is_online, before.waiting) or now.last_at >= before.last_at + 1:
            self._said = now
            self._emit(now)

    def _set_trouble(self, notice: Notice | None) -> None:
        if notice == self._trouble:
            return
        if self._trouble is not None and (notice is None or notice.code != self._trouble.code):
            self._emit(NoticeCleared(self._trouble.code))
        self._trouble = notice
        if notice is not None:
            self._emit(Noticed(notice))
