"""A client of Asterisk's manager interface (AMI) on asyncio: logs in, asks, hears events, and comes back after a loss.

Nothing that was asked before a loss is asked again by itself: what stood may not stand any more. Whoever uses this reads the
state anew when `came` is called. What is sent and received is never logged: the secret and callers' numbers are in it.
"""

import asyncio
import hashlib
import logging
import re
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from app.centre.ending import end_tasks

log = logging.getLogger(__name__)

CONNECT_S = 3.0
ANSWER_S = 5.0
PING_S = 4.0
RETRY_S = (0.2, 0.5, 1.0, 2.0, 5.0)
LINE_LIMIT = 64 * 1024
BLOCK_LIMIT = 2000
"""Lines of one message; a peer that sends more is no exchange."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")

Message = dict[str, str]
"""One message; names in lower case, of a repeated name the first value."""


class AmiDown(Exception):
    """The exchange's manager cannot be reached, or did not answer."""


class AmiRefused(Exception):
    """The manager answered with an error; the text is the exchange's."""


@dataclass(frozen=True, slots=True)
class AmiSpot:
    """Where the manager is and who we are there. `ca`: a PEM file to check its certificate with, "" = the system's."""

    host: str
    port: int
    user: str
    secret: str = field(repr=False)
    is_tls: bool = False
    ca: str = ""


class AmiClient:
    """Runs on the event loop. `heard` gets every event; `came` is awaited after each login, `went` called after each loss."""

    def __init__(
        self,
        spot: AmiSpot,
        heard: Callable[[Message], None],
        came: Callable[[], Awaitable[None]],
        went: Callable[[str], None],
    ) -> None:
        self._spot, self._heard, self._came, self._went = spot, heard, came, went
        self.is_up = False
        self._writer: asyncio.StreamWriter | None = None
        self._asked = 0
        self._waiting: dict[str, asyncio.Future[list[Message]]] = {}
        self._lists: dict[str, list[Message]] = {}
        self._task = asyncio.create_task(self._run(), name="ami")

    async def close(self) -> None:
        await end_tasks([self._task])

    async def ask(self, action: str, **fields: str) -> Message:
        """The answer of one action; raises AmiDown and AmiRefused, and ValueError for a value that would be another line."""
        return (await self.ask_list(action, **fields))[0]

    async def ask_list(self, action: str, **fields: str) -> list[Message]:
        """The answer, and the events that belong to it where it announces a list."""
        self._asked += 1
        number = f"jiesu-{self._asked}"
        raw = encoded({"Action": action, "ActionID": number, **fields})
        if self._writer is None:
            raise AmiDown("not connected")
        done: asyncio.Future[list[Message]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = done
        try:
            self._writer.write(raw)
            return await asyncio.wait_for(done, ANSWER_S)
        except TimeoutError:
            self._break()
            raise AmiDown(f"{action} was not answered") from None
        except OSError as wrong:
            raise AmiDown(type(wrong).__name__) from None
        finally:
            self._waiting.pop(number, None)
            self._lists.pop(number, None)

    # --- one connection after the other ----------------------------------------------------------------------------------

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                await self._serve()
                failures = 0
                why = "the connection ended"
            except (AmiDown, AmiRefused, OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as wrong:
                why = f"{type(wrong).__name__}: {wrong}"
            failures = 0 if self.is_up else failures + 1
            self._lost(why, failures)
            await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])

    async def _serve(self) -> None:
        """Returns or raises when the connection is over."""
        spot = self._spot
        opening = asyncio.open_connection(spot.host, spot.port, ssl=_tls(spot), limit=LINE_LIMIT)
        reader, writer = await asyncio.wait_for(opening, CONNECT_S)
        try:
            banner = await asyncio.wait_for(reader.readline(), CONNECT_S)
            if not banner.startswith(b"Asterisk Call Manager/"):
                raise AmiDown("what answers is no manager of an Asterisk")
            self._writer = writer
            reading = asyncio.create_task(self._read(reader), name="ami-read")
            talking = asyncio.create_task(self._talk(), name="ami-talk")
            try:
                done, _ = await asyncio.wait((reading, talking), return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                await end_tasks([reading, talking])
        finally:
            self._writer = None
            writer.close()

    async def _talk(self) -> None:
        """Logs in without saying the secret, lets the state be read anew, and watches that somebody is there."""
        challenge = (await self.ask("Challenge", AuthType="MD5")).get("challenge", "")
        key = hashlib.md5((challenge + self._spot.secret).encode(), usedforsecurity=False).hexdigest()
        await self.ask("Login", AuthType="MD5", Username=self._spot.user, Key=key, Events="on")
        await self._came()
        self.is_up = True
        log.info("the exchange's manager is there")
        while True:
            await asyncio.sleep(PING_S)
            await self.ask("Ping")

    def _lost(self, why: str, failures: int) -> None:
        was_up, self.is_up = self.is_up, False
        for done in list(self._waiting.values()):
            if not done.done():
                done.set_exception(AmiDown("the connection was lost"))
        if was_up or failures == 1:
            log.warning("the exchange's manager is away: %s", why)
        self._went(why)

    def _break(self) -> None:
        if self._writer is not None:
            self._writer.close()

    # --- what comes in ---------------------------------------------------------------------------------------------------

    async def _read(self, reader: asyncio.StreamReader) -> None:
        block: Message = {}
        lines = 0
        while line := await reader.readline():
            text = line.decode(errors="replace").rstrip("\r\n")
            lines += 1
            if lines > BLOCK_LIMIT:
                raise AmiDown("a message without an end")
            if text:
                name, _, value = text.partition(":")
                block.setdefault(name.strip().lower(), value.strip())
            elif block:
                self._take(block)
                block, lines = {}, 0
            else:
                lines = 0

    def _take(self, message: Message) -> None:
        number = message.get("actionid", "")
        done = self._waiting.get(number)
        if done is None or done.done():
            if "event" in message:
                self._tell(message)
        elif "response" in message and message["response"].lower() == "error":
            done.set_exception(AmiRefused(message.get("message", "refused")))
        elif "response" in message and message.get("eventlist", "").lower() != "start":
            done.set_result([message])
        elif number not in self._lists:
            self._lists[number] = [message]
        else:
            self._lists[number].append(message)
            if message.get("eventlist", "").lower() == "complete":
                done.set_result(self._lists[number])

    def _tell(self, message: Message) -> None:
        try:
            self._heard(message)
        except Exception:
            log.exception("an event %s of the exchange could not be used", message.get("event", "")[:40])


def encoded(fields: dict[str, str]) -> bytes:
    """The message on the wire; raises ValueError where a name or value could begin another line."""
    for name, value in fields.items():
        if not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise ValueError(f"{name[:40]!r} holds a control sign")
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n"


def _tls(spot: AmiSpot) -> ssl.SSLContext | None:
    if not spot.is_tls:
        return None
    with suppress(ssl.SSLError):
        return ssl.create_default_context(cafile=spot.ca or None)
    raise AmiDown("the file of certificates cannot be read")
