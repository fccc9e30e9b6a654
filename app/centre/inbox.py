"""Takes what consoles push: many pushes in one transaction, each operation once, and a bad push harms no other."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import asyncpg

from app.centre import sql
from app.centre.columns import call_columns, change_columns, emergency_columns, refusal_columns, ticket_columns
from app.centre.intake import Checked, Delivery
from app.domain.callers import NumberMark
from app.wire import LEADS_ONLY, NUMBER_TAKEN, Problem, Pushed, Refusal

log = logging.getLogger(__name__)

BATCH = 256
RETRIES = 8
UNLUCKY = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
TO_BLAME = ("22", "23", "54")
"""Classes of SQLSTATE that are the data's fault (bad value, broken constraint, limit), not the server's."""

Answer = Pushed | Problem


@dataclass(slots=True)
class _Verdict:
    """What a batch will write, and what each of its deliveries is answered."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    fresh: list[tuple[Delivery, tuple[Checked, ...]]] = field(default_factory=list)


class Inbox:
    """Runs on the event loop. `moved` is called with each team whose feed got longer, after the commit."""

    def __init__(self, pool: asyncpg.Pool, epoch: int, moved: Callable[[str], None], writers: int = 2) -> None:
        self._pool, self._epoch, self._moved = pool, epoch, moved
        self._queue: asyncio.Queue[tuple[Delivery, asyncio.Future[Answer]]] = asyncio.Queue()
        self._tasks = [asyncio.create_task(self._serve(), name=f"inbox-{n}") for n in range(writers)]

    async def take(self, delivery: Delivery) -> Answer:
        """Returns when the delivery is committed for good, or with the problem that kept it out."""
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((delivery, done))
        return await done

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self) -> None:
        while True:
            batch = [await self._queue.get()]
            consoles = {batch[0][0].key}
            later = []
            while len(batch) < BATCH and not self._queue.empty():
                item = self._queue.get_nowait()
                if item[0].key in consoles:  # one push of a console in a transaction keeps the order simple
                    later.append(item)
                else:
                    consoles.add(item[0].key)
                    batch.append(item)
            for item in later:
                self._queue.put_nowait(item)
            answers = await self._apply([delivery for delivery, _ in batch])
            for delivery, done in batch:
                if not done.done():  # a console that went away needs no answer; what it sent is kept all the same
                    done.set_result(answers[delivery.key])

    async def _apply(self, batch: Sequence[Delivery]) -> dict[tuple[str, str], Answer]:
        """Applies the batch in one transaction; one that cannot be written is halved until the culprit stands alone."""
        try:
            return await self._persist(batch)
        except Exception as wrong:
            if not _is_to_blame(wrong):
                log.warning("a batch of %d pushes was not written: %s", len(batch), type(wrong).__name__)
                problem = Problem("store-down", f"the centre's database does not write ({type(wrong).__name__})")
                return {delivery.key: problem for delivery in batch}
            log.info("a batch of %d pushes holds something that cannot be written: %s", len(batch), type(wrong).__name__)
        if len(batch) > 1:
            middle = len(batch) // 2
            return {**await self._apply(batch[:middle]), **await self._apply(batch[middle:])}
        return {batch[0].key: await self._apply_alone(batch[0])}

    async def _persist(self, batch: Sequence[Delivery]) -> dict[tuple[str, str], Answer]:
        for left in reversed(range(RETRIES)):
            try:
                return await self._transact(batch)
            except UNLUCKY:
                if not left:
                    raise
                await asyncio.sleep(random.random() * 0.02 * (RETRIES - left))
        raise AssertionError("not reached")

    async def _transact(self, batch: Sequence[Delivery]) -> dict[tuple[str, str], Answer]:
        async with self._pool.acquire() as connection, connection.transaction():
            verdict = await self._judge(connection, batch)
            await self._write(connection, verdict)
        for team in {delivery.team for delivery, _ in verdict.fresh}:
            self._moved(team)
        return verdict.answers

    async def _judge(self, connection: asyncpg.Connection, batch: Sequence[Delivery]) -> _Verdict:
        """Locks the consoles and decides for each delivery what of it is new."""
        rows = await connection.fetch(sql.CLAIM, [d.team for d in batch], [d.console for d in batch])
        claimed = {(row["team"], str(row["id"])): (row["instance"], row["last_seq"]) for row in rows}
        leads = {(row["team"], str(row["id"])) for row in rows if row["is_lead"]}
        verdict = _Verdict()
        for delivery in batch:
            if delivery.key not in claimed:
                verdict.answers[delivery.key] = Problem("unknown-console")
                continue
            instance, last = claimed[delivery.key]
            fresh = tuple(item for item in delivery.ops if item.op.seq > last)
            repeated = tuple(item for item in delivery.ops if item.op.seq <= last)
            if instance != delivery.instance:
                verdict.answers[delivery.key] = Problem("identity-in-use", "another console works with this identity")
            elif fresh and fresh[0].op.seq != last + 1:
                verdict.answers[delivery.key] = Problem("gap", expect=last + 1)
            else:
                refused = await _refused_before(connection, delivery, repeated) if repeated else ()
                if refused is None:
                    verdict.answers[delivery.key] = Problem("fork", "another store has used these numbers")
                    continue
                fresh = fresh if delivery.key in leads else await _without_marks(connection, delivery, fresh)
                again = tuple(Refusal(item.op.seq, item.reason) for item in fresh if item.reason)
                verdict.answers[delivery.key] = Pushed(max([last, *(item.op.seq for item in fresh)]), (*refused, *again))
                if fresh:
                    verdict.fresh.append((delivery, fresh))
        return verdict

    async def _write(self, connection: asyncpg.Connection, verdict: _Verdict) -> None:
        items = [(delivery, item) for delivery, fresh in verdict.fresh for item in fresh]
        good = [(delivery, item) for delivery, item in items if item.subject is not None]
        for statement, columns in (
            (sql.LOG, change_columns(good)),
            (sql.TICKETS, ticket_columns(good)),
            (sql.CALLS, call_columns(good)),
            (sql.EMERGENCIES, emergency_columns(good)),
            (sql.REFUSE, refusal_columns([(delivery, item) for delivery, item in items if item.subject is None])),
        ):
            if columns:
                await connection.execute(statement, *((self._epoch,) if statement is sql.LOG else ()), *columns)
        ends = [(delivery.team, delivery.console, fresh[-1].op.seq) for delivery, fresh in verdict.fresh]
        if ends:
            await connection.execute(sql.ADVANCE, *(list(column) for column in zip(*ends, strict=True)))

    async def _apply_alone(self, delivery: Delivery) -> Answer:
        """A push that the database would not take: its bad operations are found one by one, refused by name, and kept aside."""
        try:
            tried = [await self._tried(delivery, item) for item in delivery.ops]
            answers = await self._persist([replace(delivery, ops=tuple(tried))])
            return answers[delivery.key]
        except Exception as wrong:
            log.exception("a push of console %s could not be applied", delivery.console)
            return Problem("store-down", f"the push could not be applied ({type(wrong).__name__})")

    async def _tried(self, delivery: Delivery, item: Checked) -> Checked:
        """The operation as it is where the database would take it alone, else marked with the reason."""
        if item.subject is None:
            return item
        async with self._pool.acquire() as connection:
            trial = connection.transaction()
            await trial.start()
            try:
                await self._write(connection, _Verdict(fresh=[(delivery, (item,))]))
            except Exception as wrong:
                if not _is_to_blame(wrong):
                    raise
                return replace(item, subject=None, reason=_reason(wrong))
            finally:
                if not connection.is_closed():
                    await trial.rollback()
        return item


def _is_to_blame(wrong: Exception) -> bool:
    """Whether the data is at fault; a database that is away, full or busy is not the fault of what it is given."""
    if isinstance(wrong, asyncpg.PostgresError):
        return str(wrong.sqlstate)[:2] in TO_BLAME
    return isinstance(wrong, ValueError | OverflowError)  # a value that asyncpg cannot even send


def _reason(wrong: Exception) -> str:
    if getattr(wrong, "constraint_name", None) == "ticket_number":
        return NUMBER_TAKEN
    return f"the database cannot hold it ({getattr(wrong, 'sqlstate', None) or type(wrong).__name__})"


async def _without_marks(connection: asyncpg.Connection, delivery: Delivery, fresh: tuple[Checked, ...]) -> tuple[Checked, ...]:
    """Marks on numbers are a team lead's to write: those of another console are refused, and all else is taken. One that was
    taken before (the console was a lead's, or is enrolled anew) is no new mark."""
    marks = [item.op.op_id for item in fresh if isinstance(item.subject, NumberMark)]
    if not marks:
        return fresh
    known = {row["op_id"] for row in await connection.fetch(sql.KNOWN, delivery.team, marks)}
    wrong = [item for item in fresh if isinstance(item.subject, NumberMark) and item.op.op_id not in known]
    if wrong:
        log.warning("console %s is no team lead's and sent %d marks on numbers", delivery.console, len(wrong))
    return tuple(replace(item, subject=None, reason=LEADS_ONLY) if item in wrong else item for item in fresh)


async def _refused_before(
    connection: asyncpg.Connection, delivery: Delivery, repeated: Sequence[Checked]
) -> tuple[Refusal, ...] | None:
    """What of a repeated push had been refused. None where these numbers belong to other operations: the console's store was
    copied or restored, and to take them for repeats would lose them."""
    seqs = [item.op.seq for item in repeated]
    rows = await connection.fetch(sql.KNOWN_REFUSED, delivery.team, delivery.console, seqs)
    refused = {row["op_id"]: Refusal(row["seq"], row["reason"]) for row in rows}
    taken = [item.op.op_id for item in repeated if item.subject is not None and item.op.op_id not in refused]
    known = {row["op_id"] for row in await connection.fetch(sql.KNOWN, delivery.team, taken)} if taken else set()
    if not {item.op.op_id for item in repeated} <= known | refused.keys():
        return None
    return tuple(refused.values())
