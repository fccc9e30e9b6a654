"""What is said between one console and the centre: enrol, hello, push, pull, lease. On the sync thread."""

import logging
import time
from collections.abc import Callable

import msgspec

from app import wire
from app.desk.events import BeatAnswered, FiguresArrived, SupervisionRefused, TicketArrived
from app.domain.agent import QueueStanding
from app.domain.call import masked
from app.domain.ticket import Ticket
from app.errors import CentreError
from app.sync.client import CentreClient, CentreRefused, Fork, Gap, IdentityInUse, NotEnrolled
from app.sync.ports import Outbox
from app.sync.standing import Emit, Standing
from app.wire import Identity, Operation

log = logging.getLogger(__name__)

FEW_NUMBERS = 100
LEASE = 500
DISPUTES = 4
"""A console that was told so often in a row that its identity is in use takes another one."""
PUSH_BYTES = 4 * 1024 * 1024
KINDS = (wire.TICKET_SAVED, wire.ALERT_RAISED, wire.SHIELD_STEPPED, wire.CALLER_SEEN, wire.NUMBER_MARKED)
"""What a console wants of the feed."""


class Session:
    """Every method raises CentreError where the centre does not play along, and StoreError where the store does not."""

    def __init__(
        self, client: CentreClient, outbox: Outbox, standing: Standing, emit: Emit, is_ending: Callable[[], bool], instance: str
    ) -> None:
        self._client, self._outbox, self._standing, self._emit = client, outbox, standing, emit
        self._is_ending, self._instance = is_ending, instance
        self._is_polite = False
        self._disputes = 0
        self._beat: wire.Beat | None = None

    def connect(self, token: str, name: str) -> Identity:
        """Enrols where that is needed, and takes up the identity. A centre that does not know us any more gets us anew, and
        so does one where another console goes on working with our identity: one of the two is a copy."""
        self._client.look()
        identity = self._outbox.identity() or self._enrol(token, name)
        try:
            welcome = self._hello(identity)
        except NotEnrolled as wrong:
            if not token:
                raise
            log.info("the centre does not know this console: %s; it is enrolled anew", wrong)
            identity = self._enrol(token, name)
            welcome = self._hello(identity)
        except IdentityInUse:
            if self._disputes < DISPUTES or not token:
                raise
            log.warning("another console keeps our identity; this one is enrolled anew")
            identity = self._enrol(token, name)
            welcome = self._hello(identity)
        if welcome.taken_seq >= 0:
            # a centre that was restored lacks what it had once acknowledged
            self._outbox.rewind(welcome.taken_seq + 1)
        return identity

    def _hello(self, identity: Identity) -> wire.Welcome:
        self._client.be(identity)
        try:
            welcome = self._client.hello(self._is_polite)
        except IdentityInUse:
            self._is_polite = True
            self._disputes += 1
            raise
        self._is_polite, self._disputes = False, 0
        return welcome

    def lose_identity(self) -> None:
        """Another console took our identity: from now on it is asked for politely, lest the two take it in turns for ever. It
        may have our ticket numbers too: none of them is given to a citizen any more."""
        self._is_polite = True
        self._outbox.forget_numbers()
        self._standing.numbers(0)

    def _enrol(self, token: str, name: str) -> Identity:
        if not token:
            raise NotEnrolled("no enrolment token is set")
        identity = self._client.enrol(token, name, self._outbox.first_seq())
        self._outbox.set_identity(identity)
        return identity

    def push(self, identity: Identity, token: str, name: str) -> Identity:
        """Sends everything that waits. Returns the identity it went out under: a copied store gets one of its own."""
        while not self._is_ending() and (ops := self._next()):
            try:
                pushed = self._client.push(wire.Push(identity.console, self._instance, tuple(ops)))
            except Gap as gap:
                if self._can_fill(gap.expect):
                    continue
                identity = self._part(token, name, gap)
                continue
            except Fork as fork:
                identity = self._part(token, name, fork)
                continue
            self._settle(ops, pushed)
            self._standing.heard(self._outbox.count())
        return identity

    def _next(self) -> list[Operation]:
        """The next operations that wait, as many as one push may hold."""
        ops: list[Operation] = []
        size = 0
        for op in self._outbox.waiting(wire.PUSH_LIMIT):
            size += len(bytes(op.body))
            if ops and size > PUSH_BYTES:
                break
            ops.append(op)
        return ops

    def _settle(self, ops: list[Operation], pushed: wire.Pushed) -> None:
        by_seq = {op.seq: op for op in ops}
        if pushed.acked < ops[-1].seq:
            raise CentreError(f"acknowledged {pushed.acked} of {ops[-1].seq}")
        for refusal in pushed.refused:
            self._outbox.refused(refusal.seq, refusal.reason)
            if refusal.seq in by_seq and refusal.reason == wire.LEADS_ONLY:
                self._standing.refused_mark(masked(by_seq[refusal.seq].entity))
            elif refusal.seq in by_seq and refusal.reason != wire.NUMBER_TAKEN:
                self._standing.refused(_title(by_seq[refusal.seq]), refusal.reason)
        self._outbox.acked(ops[-1].seq)

    def _can_fill(self, expect: int) -> bool:
        self._outbox.rewind(expect)
        head = self._outbox.waiting(1)
        return bool(head) and head[0].seq == expect

    def _part(self, token: str, name: str, because: CentreError) -> Identity:
        """This store and the centre do not belong together any more: everything goes out again under a new identity, and the
        centre, which knows every operation by its id, takes what it lacks."""
        log.info("the store and the centre have parted (%s); the console is enrolled anew", because)
        identity = self._enrol(token, name)
        self._hello(identity)
        return identity

    def pull(self) -> None:
        """Reads the feed to its end. Tickets of a long backlog are kept without a word; those of the last page are told."""
        cursor = self._outbox.cursor()
        is_more = True
        while is_more and not self._is_ending():
            page = self._client.pull(cursor, KINDS)
            arrived = self._outbox.apply(page.changes) if page.changes else []
            if page.cursor != cursor:
                self._outbox.set_cursor(page.cursor)
            is_more, cursor = page.is_more, page.cursor
            for ticket in arrived if not is_more else ():
                self._emit(TicketArrived(ticket))

    def lease_numbers(self) -> None:
        """Keeps enough ticket numbers here for a day without the centre."""
        left = self._outbox.numbers_left()
        if left < FEW_NUMBERS:
            try:
                self._outbox.add_lease(self._client.lease(time.localtime().tm_year, LEASE).ranges)
            except CentreRefused as refused:
                self._standing.refused(*refused.values)
            left = self._outbox.numbers_left()
        self._standing.numbers(left)

    def tell(self, presence: wire.Presence) -> None:
        beat = self._client.tell(presence)
        if beat is not None and beat != self._beat:
            self._beat = beat
            self._emit(BeatAnswered(beat.supervised, beat.queue, beat.overheard))

    def supervise(self, asked: wire.Supervise) -> None:
        """Asks for it once; whatever goes wrong is told as SupervisionRefused, and a lost centre raises all the same."""
        try:
            self._client.supervise(asked)
        except CentreRefused as wrong:
            self.refuse(asked, *wrong.values)
        except CentreError as wrong:
            self.refuse(asked, "centre", str(wrong))
            raise

    def refuse(self, asked: wire.Supervise, why: str, reason: str) -> None:
        if asked.mode is not None:
            self._emit(SupervisionRefused(asked.id, why, reason))

    def lose_beat(self) -> None:
        """The centre is away: how we stand in the queue is not known any more. Who takes part in a call may still do so."""
        if self._beat is not None:
            self._emit(BeatAnswered(self._beat.supervised, QueueStanding.UNKNOWN))
            self._beat = None

    def figures(self) -> None:
        self._emit(FiguresArrived(self._client.figures()))


def _title(op: Operation) -> str:
    """What a person knows the operation by: the ticket's number, else the id."""
    if op.kind == wire.TICKET_SAVED:
        try:
            return msgspec.json.decode(op.body, type=Ticket).number or op.entity
        except (msgspec.MsgspecError, ValueError):
            pass
    return op.entity
