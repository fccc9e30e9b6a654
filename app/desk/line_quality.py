"""How the lines of calls do, on the desk: the last look, a history for the graph, a warning in words, what a record keeps."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.core import Ports
from app.desk.events import CallEnded, QualityMeasured
from app.desk.phone import Phone
from app.desk.policy import Policy, Rules
from app.desk.state import DeskState, LineView
from app.domain.call import CallId, CallRecord
from app.domain.notice import NoticeCode
from app.domain.quality import LineQuality, QualityWatch, Trouble, sum_up

HISTORY = 400
"""Looks that are shown: ten minutes."""


class LineQualities(Phone):
    def __init__(self, ports: Ports, policy: Policy, rules: Rules, show: Callable[[DeskState], None]) -> None:
        super().__init__(ports, policy, rules, show)
        self._looks: dict[CallId, list[LineQuality]] = {}
        self._quality_watches: dict[CallId, QualityWatch] = {}

    def _on_quality(self, event: QualityMeasured) -> None:
        if self.state.call(event.call) is None:
            return
        known = self.state.qualities.get(event.call, LineView())
        if event.leg:
            legs = {**known.legs, event.leg: event.quality}
            self._change(qualities={**self.state.qualities, event.call: replace(known, legs=legs)})
            return
        self._looks.setdefault(event.call, []).append(event.quality)
        watch = self._quality_watches.get(event.call, QualityWatch()).after(event.quality)
        self._quality_watches[event.call] = watch
        looks = (*known.looks, event.quality)[-HISTORY:]
        self._change(qualities={**self.state.qualities, event.call: replace(known, looks=looks, trouble=watch.trouble)})
        self._say_trouble(event.call, known.trouble, watch.trouble)

    def _say_trouble(self, call: CallId, before: Trouble, now: Trouble) -> None:
        if before is now:
            return
        self._note(call, "line-quality", trouble=now)
        if now is Trouble.NONE:
            self._clear_notice(NoticeCode.LINE_BAD)
        else:
            self._notice(NoticeCode.LINE_BAD, now)

    def _keep_record(self, record: CallRecord) -> None:
        super()._keep_record(replace(record, quality=sum_up(self._looks.pop(record.call, []))))

    def _on_ended(self, event: CallEnded) -> None:
        watch = self._quality_watches.pop(event.call, None)
        super()._on_ended(event)
        if watch is not None and watch.trouble is not Trouble.NONE:
            self._clear_notice(NoticeCode.LINE_BAD)

    def _forget(self, call: CallId) -> None:
        super()._forget(call)
        self._change(qualities={known: view for known, view in self.state.qualities.items() if known != call})
