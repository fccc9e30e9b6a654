"""Repairs of recognised words that an agent of this seat took back: they are never made again, over restarts too."""

from collections.abc import Callable, Iterable

from app.desk.transcript_wishes import KeepUndoneRepairs
from app.domain.refused_repairs import Refused
from app.domain.transcript import Utterance

KEPT = 500
"""The newest so many; more would be a list that nobody remembers having made."""


class UndoneRepairs:
    """Main thread only. The store keeps them until the setting `speech.keeps_undone_repairs` is switched off."""

    def __init__(self, keep: Callable[[KeepUndoneRepairs], None], is_kept: bool) -> None:
        self._keep, self._is_kept = keep, is_kept
        self._undone: dict[tuple[str, str], None] = {}

    @property
    def pairs(self) -> Refused:
        return frozenset(self._undone)

    def take_over(self, kept: Iterable[tuple[str, str]]) -> None:
        """The store is open: what was undone before this window, beside what was undone while it opened."""
        kept, fresh = tuple(kept), self._undone
        if not self._is_kept:
            if kept:
                self._keep(KeepUndoneRepairs(()))
            return
        self._undone = dict.fromkeys((*kept, *fresh))
        if fresh:
            self._tell()

    def remember(self, before: Utterance, after: Utterance) -> None:
        """What the agent took back is refused from now on; what he brought back is not."""
        was, now = _pairs(before), _pairs(after)
        if self._is_kept and was != now:
            left = [pair for pair in self._undone if pair not in now]
            self._undone = dict.fromkeys([*left, *sorted(was - now)][-KEPT:])
            self._tell()

    def follow(self, is_kept: bool) -> None:
        """The setting was changed; switched off, all is forgotten."""
        self._is_kept = is_kept
        if not is_kept:
            self._undone = {}
            self._tell()

    def _tell(self) -> None:
        self._keep(KeepUndoneRepairs(tuple(self._undone)))


def _pairs(said: Utterance) -> frozenset[tuple[str, str]]:
    return frozenset((repair.was, said.text[repair.start : repair.end]) for repair in said.repairs)
