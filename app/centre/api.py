"""The centre's doors: HTTP under /v1 as app.wire describes it. Whatever comes in, the answer is a struct or a Problem."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import asyncpg
import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from starlette.routing import BaseRoute, Route

from app import wire
from app.centre import feed, numbers
from app.centre.exchange import Exchange
from app.centre.hall import Hall
from app.centre.inbox import Inbox
from app.centre.intake import TEXT_LIMIT, Delivery, checked
from app.centre.kept_words import KeptWordsReader
from app.centre.recording_doors import RecordingDoors
from app.centre.recordings import Archive
from app.centre.register import Register
from app.domain.call import CallId
from app.wire import PROTOCOL, Problem

log = logging.getLogger(__name__)

REQUEST_LIMIT = 32 * 1024 * 1024
"""Bytes of a request's body."""

STATUS = {
    "garbage": 400,
    "no-lead": 403,
    "no-ticket": 404,
    "no-call": 409,
    "busy": 409,
    "joined": 409,
    "no-exchange": 503,
    "wrong-token": 401,
    "unknown-console": 401,
    "gap": 409,
    "fork": 409,
    "identity-in-use": 409,
    "no-numbers": 409,
    "too-large": 413,
    "protocol": 426,
    "internal": 500,
    "store-down": 503,
}

T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the doors lead to."""

    pool: asyncpg.Pool
    register: Register
    inbox: Inbox
    hall: Hall
    hints: feed.Hints
    centre: str
    epoch: int
    version: str
    exchange: Exchange
    archive: Archive | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """A console that proved who it is."""

    team: str
    console: str
    instance: str


class Turned(Exception):
    """The request ends here, with this problem."""

    def __init__(self, error: str, reason: str = "", expect: int = 0) -> None:
        self.problem = Problem(error, reason, expect)
        super().__init__(error)


def make_app(rooms: Rooms) -> FastAPI:
    """The application. Its doors are plain routes: what FastAPI would check of each request, the structs of app.wire check."""
    doors = Doors(rooms)
    routes: list[BaseRoute] = [
        Route(path, _guarded(door, doors), methods=[method])
        for method, path, door in (
            ("GET", "/v1/health", doors.health),
            ("POST", "/v1/enrol", doors.enrol),
            ("POST", "/v1/hello", doors.hello),
            ("POST", "/v1/push", doors.push),
            ("GET", "/v1/pull", doors.pull),
            ("GET", "/v1/hints", doors.hints),
            ("POST", "/v1/lease", doors.lease),
            ("POST", "/v1/presence", doors.presence),
            ("GET", "/v1/figures", doors.figures),
            ("POST", "/v1/supervise", doors.supervise),
            ("GET", "/v1/words/{ticket}", doors.words),
            *(RecordingDoors(rooms.archive, doors.visitor).doors() if rooms.archive is not None else ()),
        )
    ]
    return FastAPI(routes=routes, openapi_url=None, docs_url=None, redoc_url=None)


class Doors:
    """One method a door."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms

    async def health(self, _request: Request) -> Response:
        await self.rooms.pool.fetchval("SELECT 1")
        return _said(wire.Health(self.rooms.centre, PROTOCOL, self.rooms.version))

    async def enrol(self, request: Request) -> Response:
        _need_protocol(request)
        asked = await _read(request, wire.Enrol)
        if not 1 <= asked.first_seq < 2**62 or len(asked.name) > TEXT_LIMIT or "\0" in asked.name:
            raise Turned("garbage", "name or first_seq is out of bounds")
        return _said(await self.rooms.register.enrol(asked))

    async def hello(self, request: Request) -> Response:
        asked = await _read(request, wire.Hello)
        visitor = await self._visitor(request)
        if asked.instance != visitor.instance:
            raise Turned("garbage", "header and body name different instances")
        rooms = self.rooms
        silent_s = rooms.hall.silent_s(visitor.team, visitor.console)
        taken = await rooms.register.hello(visitor.team, visitor.console, asked, silent_s)
        if isinstance(taken, Problem):
            return _said(taken)
        return _said(wire.Welcome(rooms.centre, PROTOCOL, rooms.version, taken))

    async def push(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        asked = await _read(request, wire.Push)
        if (asked.console, asked.instance) != (visitor.console, visitor.instance):
            raise Turned("garbage", "header and body name different consoles or instances")
        if not 1 <= len(asked.ops) <= wire.PUSH_LIMIT:
            raise Turned("garbage", f"1 to {wire.PUSH_LIMIT} operations can be pushed at a time")
        first = asked.ops[0].seq
        if [op.seq for op in asked.ops] != list(range(first, first + len(asked.ops))) or not 1 <= first < 2**62:
            raise Turned("garbage", "the operations' numbers do not follow each other")
        delivery = Delivery(visitor.team, visitor.console, visitor.instance, tuple(checked(op) for op in asked.ops))
        return _said(await self.rooms.inbox.take(delivery))

    async def pull(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        kinds = [kind for kind in request.query_params.get("kinds", "").split(",") if kind] or None
        if kinds and "\0" in "".join(kinds):
            raise Turned("garbage", "kinds")
        cursor = request.query_params.get("cursor", "")
        try:
            return _said(await feed.pull(self.rooms.pool, visitor.team, cursor, kinds, self.rooms.epoch))
        except feed.CursorWrong:
            raise Turned("garbage", "this is no cursor of ours") from None

    async def hints(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        stream = self.rooms.hints.stream(visitor.team, visitor.console)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def lease(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        asked = await _read(request, wire.Lease)
        await self._need_owner(visitor)
        return _said(await numbers.lease(self.rooms.pool, visitor.team, visitor.console, asked))

    async def presence(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        told = await _read(request, wire.Presence)
        if len(told.agent) > TEXT_LIMIT or not all(0 <= count < 2**31 for count in (told.ringing, told.waiting)):
            raise Turned("garbage", "a presence out of bounds")
        if any(len(text) > TEXT_LIMIT or not text.isprintable() for text in (told.reason, told.extension, told.phone)):
            raise Turned("garbage", "a reason or an extension out of bounds")
        await self._need_owner(visitor)
        self.rooms.hall.hear(visitor.team, visitor.console, told)
        return _said(self.rooms.exchange.answer(visitor.team, visitor.console, told))

    async def supervise(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        asked = await _read(request, wire.Supervise)
        await self._need_owner(visitor)
        problem = await self.rooms.exchange.supervise(visitor.team, visitor.console, asked)
        return Response(status_code=204) if problem is None else _said(problem)

    async def figures(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        return _said(await self.rooms.hall.figures(visitor.team))

    async def words(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        await self._need_owner(visitor)
        ticket, asked = str(request.path_params["ticket"]), request.query_params
        call, since = asked.get("call", ""), asked.get("since", "0")
        if not _is_uuid(ticket) or not 1 <= len(call) <= TEXT_LIMIT or "\0" in call or not _is_time(since):
            raise Turned("garbage", "ticket, call or since")
        reader = KeptWordsReader(self.rooms.pool, visitor.team, visitor.console)
        kept = await reader.read(ticket, CallId(call), float(since))
        if kept is None:
            raise Turned("no-ticket", "the team has no ticket of this id that came out of this call")
        return _said(kept)

    async def visitor(self, request: Request) -> Visitor:
        return await self._visitor(request)

    async def _visitor(self, request: Request) -> Visitor:
        """Who asks; turns away whom we do not know and who speaks another protocol."""
        _need_protocol(request)
        kind, _, proof = request.headers.get("Authorization", "").partition(" ")
        console, _, secret = proof.partition(".")
        instance = request.headers.get(wire.INSTANCE_HEADER, "")
        if kind != "Bearer" or not _is_uuid(console) or not 1 <= len(instance) <= TEXT_LIMIT:
            raise Turned("unknown-console", "no console is named")
        team = await self.rooms.register.team_of(console, secret)
        if team is None:
            raise Turned("unknown-console", "this centre does not know the console")
        return Visitor(team, console, instance)

    async def _need_owner(self, visitor: Visitor) -> None:
        if not await self.rooms.register.is_owner(visitor.team, visitor.console, visitor.instance):
            raise Turned("identity-in-use", "another console works with this identity")


def _guarded(door: Callable[[Request], Awaitable[Response]], doors: Doors) -> Callable[[Request], Awaitable[Response]]:
    """The door, with every way it can fail turned into a Problem."""

    async def opened(request: Request) -> Response:
        try:
            return await door(request)
        except Turned as turned:
            return _said(msgspec.structs.replace(turned.problem, version=doors.rooms.version))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as wrong:
            log.warning("%s: the database did not answer: %s", request.url.path, type(wrong).__name__)
            return _said(Problem("store-down", f"the centre's database does not answer ({type(wrong).__name__})"))
        except Exception as wrong:
            log.exception("%s failed", request.url.path)
            return _said(Problem("internal", type(wrong).__name__))

    return opened


def _need_protocol(request: Request) -> None:
    if request.headers.get(wire.PROTOCOL_HEADER) != str(PROTOCOL):
        raise Turned("protocol", f"this centre speaks protocol {PROTOCOL}")


async def _read(request: Request, kind: type[T]) -> T:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > REQUEST_LIMIT:
            raise Turned("too-large", f"at most {REQUEST_LIMIT} bytes")
    try:
        return msgspec.json.decode(bytes(body), type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as wrong:
        raise Turned("garbage", str(wrong)[:200]) from None


def _said(answer: object) -> Response:
    status = STATUS.get(answer.error, 500) if isinstance(answer, Problem) else 200
    return Response(msgspec.json.encode(answer), status, media_type="application/json")


def _is_time(text: str) -> bool:
    return len(text) < TEXT_LIMIT and text.replace(".", "", 1).isdecimal() and text.isascii()


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
