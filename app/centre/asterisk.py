"""The queue of an Asterisk through its manager (AMI): members and callers mirrored by events, supervision by ChanSpy."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from app.centre.acd import AcdDown, AcdListener, AcdRefused, Member, QueueNow, Spy, is_extension
from app.centre.ami import AmiClient, AmiDown, AmiRefused, AmiSpot, Message
from app.centre.ending import end_tasks
from app.domain.agent import SupervisionMode

log = logging.getLogger(__name__)

RESYNC_S = 30.0
"""How often everything is read anew, against an event that was lost."""
YOUNG_S = (1.0, 3.0, 8.0)
"""An exchange that has just started may still be loading its queues: it is read again after so long."""
COUNT_S = 0.3
"""Figures are read together for all that happens within this time."""
RING_MS = 15_000
NOBODY = "jiesu-nobody"
SPY_OPTIONS = {SupervisionMode.LISTEN: "qES", SupervisionMode.WHISPER: "qESw", SupervisionMode.BARGE: "qESB"}
"""q: no beep and no name spoken (whether the agent is told is the centre's policy); E, S: it ends with the agent's call."""


@dataclass(slots=True)
class _Queue:
    now: QueueNow
    callers: dict[str, float] = field(default_factory=dict)  # unique id → when it joined
    members: dict[str, Member] = field(default_factory=dict)  # extension → how it stands


class AsteriskAcd:
    """Implements app.centre.acd.Acd. `interface` makes a member's name of an extension, e.g. "PJSIP/{}"."""

    def __init__(
        self,
        spot: AmiSpot,
        queues: tuple[str, ...],
        listener: AcdListener,
        interface: str = "PJSIP/{}",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._wanted, self._listener, self._clock = queues, listener, clock
        self._before, _, self._after = interface.partition("{}")
        self._queues: dict[str, _Queue] = {}
        self._spies: dict[str, str] = {}  # unique id of the leader's channel → its name
        self._is_counting = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._ami = AmiClient(spot, self._heard, self._came, self._went)
        self._do(self._stay_true())

    async def close(self) -> None:
        await self._ami.close()
        await end_tasks(self._tasks)

    # --- what is known ---

    @property
    def is_up(self) -> bool:
        return self._ami.is_up

    @property
    def queues(self) -> tuple[QueueNow, ...]:
        return tuple(
            replace(queue.now, waiting_since=tuple(sorted(queue.callers.values())), members=tuple(queue.members.values()))
            for queue in self._queues.values()
        )

    def names(self) -> tuple[str, ...]:
        return self._wanted

    def member(self, queue: str, extension: str) -> Member | None:
        known = self._queues.get(queue)
        return known.members.get(extension) if known else None

    # --- what is asked ---

    async def log_in(self, queue: str, extension: str, name: str, is_paused: bool) -> None:
        fields = {"Queue": queue, "Interface": self._interface(extension), "Penalty": "0", "Paused": _word(is_paused)}
        try:
            await self._ask("QueueAdd", **fields, MemberName=name or extension)
        except AcdRefused as wrong:
            if "already" not in str(wrong).lower():
                raise

    async def log_out(self, queue: str, extension: str) -> None:
        await self._ask("QueueRemove", Queue=queue, Interface=self._interface(extension))

    async def pause(self, queue: str, extension: str, reason: str) -> None:
        interface = self._interface(extension)
        await self._ask("QueuePause", Queue=queue, Interface=interface, Paused="true", Reason=reason)

    async def unpause(self, queue: str, extension: str) -> None:
        await self._ask("QueuePause", Queue=queue, Interface=self._interface(extension), Paused="false")

    async def supervise(self, spy: Spy) -> None:
        """The leader's phone is called first; its INVITE carries X-Supervision, by which the console knows the call."""
        leader, agent = self._interface(spy.leader), self._interface(spy.agent)
        await self._ask(
            "Originate",
            Channel=leader,
            ChannelId=spy.id,
            Application="ChanSpy",
            Data=f"{agent}-,{SPY_OPTIONS[spy.mode]}",  # the dash: 1001 must not be taken for 10011
            CallerID=f'"{spy.said}" <{spy.agent}>',
            Timeout=str(RING_MS),
            Variable=f"PJSIP_HEADER(add,X-Supervision)={spy.id}",
            Async="true",
        )

    async def end_supervision(self, id: str) -> None:
        with suppress(AcdRefused):  # it is over
            await self._ask("Hangup", Channel=self._spies.get(id, id))

    async def is_supervising(self, id: str) -> bool:
        try:
            await self._ask("Status", Channel=id)
        except AcdRefused:
            return False
        return True

    async def _ask(self, action: str, **fields: str) -> None:
        try:
            await self._ami.ask(action, **fields)
        except AmiDown as wrong:
            raise AcdDown(str(wrong)) from None
        except AmiRefused as wrong:
            raise AcdRefused(str(wrong)) from None

    def _interface(self, extension: str) -> str:
        if not is_extension(extension):
            raise ValueError("no extension")
        return f"{self._before}{extension}{self._after}"

    def _extension(self, interface: str) -> str:
        """The extension behind a member's interface, "" for one that is not of our kind."""
        if not interface.startswith(self._before) or not interface.endswith(self._after):
            return ""
        extension = interface[len(self._before) : len(interface) - len(self._after)]
        return extension if is_extension(extension) else ""

    # --- what is read ---

    async def _came(self) -> None:
        await self._read_all()
        for wait_s in YOUNG_S:
            self._do(self._read_later(wait_s))
        asyncio.get_running_loop().call_soon(self._listener.acd_changed)

    def _went(self, _why: str) -> None:
        self._listener.acd_changed()

    async def _read_all(self) -> None:
        """Reads every queue anew; what is not there any more is forgotten."""
        found: dict[str, _Queue] = {}
        for name in self._wanted:
            for message in await self._ami.ask_list("QueueStatus", Queue=name):
                self._read_one(message, found)
        self._queues = found

    def _read_one(self, message: Message, found: dict[str, _Queue]) -> None:
        name = message.get("queue", "")
        match message.get("event", "").lower():
            case "queueparams":
                found[name] = _Queue(_counted(message))
            case "queuemember" if name in found:
                self._put_member(found[name], message)
            case "queueentry" if name in found:
                found[name].callers[message.get("uniqueid", "")] = self._clock() - _number(message, "wait")

    async def _read_counts(self) -> None:
        """The figures alone, without the members."""
        await asyncio.sleep(COUNT_S)
        self._is_counting = False
        with suppress(AmiDown, AmiRefused):
            for name in self._wanted:
                for message in await self._ami.ask_list("QueueStatus", Queue=name, Member=NOBODY):
                    if message.get("event", "").lower() == "queueparams" and name in self._queues:
                        self._queues[name].now = _counted(message)
        self._listener.acd_changed()

    async def _read_later(self, wait_s: float) -> None:
        await asyncio.sleep(wait_s)
        with suppress(AmiDown, AmiRefused):
            await self._read_all()
            self._listener.acd_changed()

    async def _stay_true(self) -> None:
        while True:
            await self._read_later(RESYNC_S)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- what happens ---

    def _heard(self, message: Message) -> None:
        kind = message.get("event", "").lower()
        if kind == "fullybooted":
            self._do(self._read_later(0.0))
            return
        self._hear_of_spy(kind, message)
        queue = self._queues.get(message.get("queue", ""))
        if queue is not None:
            self._hear_of_queue(kind, message, queue)

    def _hear_of_queue(self, kind: str, message: Message, queue: _Queue) -> None:
        caller = message.get("uniqueid", "")
        match kind:
            case "queuecallerjoin":
                queue.callers[caller] = self._clock()
            case "queuecallerleave" | "queuecallerabandon":
                queue.callers.pop(caller, None)
                self._count()
            case "agentcomplete" | "agentconnect":
                self._mark_unanswered(queue, message, is_answered=True)
                self._count()
            case "agentringnoanswer":
                self._mark_unanswered(queue, message, is_answered=False)
            case "queuememberremoved":
                queue.members.pop(self._extension(message.get("interface", "")), None)
            case "queuememberadded" | "queuememberstatus" | "queuememberpause" | "queuememberpenalty":
                self._put_member(queue, message)
            case _:
                return
        self._listener.acd_changed()

    def _put_member(self, queue: _Queue, message: Message) -> None:
        interface = message.get("interface") or message.get("location", "")
        extension = self._extension(interface)
        if not extension:
            return
        before = queue.members.get(extension)
        queue.members[extension] = Member(
            queue.now.name,
            extension,
            message.get("paused", "0") == "1",
            message.get("pausedreason", ""),
            before.unanswered if before else 0,
            message.get("membership", "dynamic") == "static",
        )

    def _mark_unanswered(self, queue: _Queue, message: Message, is_answered: bool) -> None:
        extension = self._extension(message.get("interface", ""))
        member = queue.members.get(extension)
        if member is not None:
            queue.members[extension] = replace(member, unanswered=0 if is_answered else member.unanswered + 1)

    def _count(self) -> None:
        if not self._is_counting:
            self._is_counting = True
            self._do(self._read_counts())

    def _hear_of_spy(self, kind: str, message: Message) -> None:
        match kind:
            case "newchannel" if _is_ours(message.get("uniqueid", "")):
                self._spies[message["uniqueid"]] = message.get("channel", "")
            case "chanspystart" if _is_ours(message.get("spyeruniqueid", "")):
                self._listener.supervision_began(message["spyeruniqueid"])
            case "originateresponse" if message.get("response") == "Failure" and _is_ours(message.get("uniqueid", "")):
                self._listener.supervision_ended(message["uniqueid"], f"not answered ({message.get('reason', '')})")
            case "hangup" if _is_ours(message.get("uniqueid", "")):
                self._spies.pop(message["uniqueid"], None)
                self._listener.supervision_ended(message["uniqueid"], "hung up")


def _is_ours(unique: str) -> bool:
    """Channels that we had made bear our ids: 32 hexadecimal digits."""
    return len(unique) == 32 and set(unique) <= set("0123456789abcdef")


def _counted(message: Message) -> QueueNow:
    has_level = _number(message, "servicelevel") > 0
    return QueueNow(
        message.get("queue", ""),
        answered=int(_number(message, "completed")),
        abandoned=int(_number(message, "abandoned")),
        level_percent=_number(message, "servicelevelperf") if has_level else -1.0,
    )


def _number(message: Message, name: str) -> float:
    try:
        return float(message.get(name, "0"))
    except ValueError:
        return 0.0


def _word(claim: bool) -> str:
    return "true" if claim else "false"
