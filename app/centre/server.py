"""The centre as one running thing: opens its rooms on a database, serves its doors, ends cleanly on a signal."""

import asyncio
import logging
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import asyncpg
import uvicorn

from app.centre import schema
from app.centre.api import Rooms, make_app
from app.centre.cluster import Cluster, ClusterFailed
from app.centre.exchange import NO_EXCHANGE, Exchange, ExchangePlan
from app.centre.feed import Hints
from app.centre.hall import Hall
from app.centre.inbox import Inbox
from app.centre.recordings import Archive
from app.centre.register import Register

log = logging.getLogger(__name__)

WATCH_S = 0.3
CONNECTIONS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen, and for whom: `token` lets any number of consoles of `team` in."""

    host: str
    port: int
    team: str
    token: str
    version: str
    exchange: ExchangePlan = NO_EXCHANGE
    recordings: Path | None = None  # None = recordings are not taken
    recordings_keep_days: float = 0.0  # 0 = for ever


async def connect(dsn: str, size: int = CONNECTIONS) -> asyncpg.Pool:
    """Connections on which no transaction can be left open: one that is would hold up everybody's feed."""
    settings = {"idle_in_transaction_session_timeout": "5000", "statement_timeout": "30000", "application_name": "jiesu-centre"}
    return await asyncpg.create_pool(
        dsn,
        min_size=2,
        max_size=size,
        command_timeout=30,
        timeout=5,
        server_settings=settings,
        max_inactive_connection_lifetime=0,
    )


@asynccontextmanager
async def open_rooms(dsn: str, place: Place) -> AsyncIterator[Rooms]:
    """Brings the schema up and opens everything on it; closes it in the opposite order."""
    await schema.bring_up(dsn)
    pool = await connect(dsn)
    try:
        centre, epoch = await schema.know_oneself(pool)
        register = Register(pool, centre)
        if place.token:
            await register.admit_token(place.token, place.team, is_once=False)
        hints, hall = Hints(pool, epoch), Hall(pool)
        inbox = Inbox(pool, epoch, hints.moved)
        exchange = Exchange(pool, hall, hints, place.team, place.exchange)
        archive = Archive(pool, place.recordings, place.recordings_keep_days) if place.recordings else None
        rooms = Rooms(pool, register, inbox, hall, hints, centre, epoch, place.version, exchange, archive)
        try:
            yield rooms
        finally:
            if archive is not None:
                await archive.close()
            await exchange.close()
            hints.close()
            await inbox.close()
            await hall.close()
    finally:
        try:
            await asyncio.wait_for(pool.close(), 3)
        except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            pool.terminate()


class Server(uvicorn.Server):
    """Uvicorn that says when it listens, and ends the streams of hints before it waits for connections to close."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self._ending = ready, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    def end(self) -> None:
        """Begins the end; on the event loop."""
        self.should_exit = True
        self._ending()


def serve(dsn: str, place: Place, cluster: Cluster | None, ready: Callable[[str], None], ended_by: threading.Event) -> bool:
    """Serves until a signal comes or `ended_by` is set; False where it could not start. On the main thread.

    Raises what asyncpg and the operating system raise where the database or the port cannot be had.
    """
    listening = socket.create_server((place.host, place.port), backlog=2048)
    address = f"http://{place.host}:{listening.getsockname()[1]}"

    async def run() -> bool:
        async with open_rooms(dsn, place) as rooms:
            config = uvicorn.Config(
                make_app(rooms),
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_keep_alive=120,
                timeout_graceful_shutdown=3,
            )
            server = Server(config, lambda: ready(address), rooms.hints.close)
            watch = asyncio.create_task(_watch(server, cluster, ended_by), name="watch")
            try:
                await server.serve([listening])
            finally:
                watch.cancel()
            return bool(server.started)

    with listening, _no_signal_kills():
        return asyncio.run(run())


async def _watch(server: Server, cluster: Cluster | None, ended_by: threading.Event) -> None:
    """Ends the streams when the end begins, and starts PostgreSQL again when it died. On the main thread's loop: PostgreSQL's
    process is tied to the thread that started it."""
    while True:
        await asyncio.sleep(WATCH_S)
        if ended_by.is_set() or server.should_exit:
            server.end()
            return
        if cluster is not None and not cluster.is_running():
            log.error("PostgreSQL has ended; it is started again")
            try:
                cluster.spawn()
            except (OSError, ClusterFailed) as wrong:
                log.error("PostgreSQL could not be started: %s", wrong)
                await asyncio.sleep(2)


@contextmanager
def _no_signal_kills() -> Iterator[None]:
    """While it is open, SIGTERM and SIGINT do nothing of their own: uvicorn ends on them, and then sends them once more."""

    def let_pass(_sign: int, _frame: FrameType | None) -> None:
        pass

    before = {sign: signal.signal(sign, let_pass) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
