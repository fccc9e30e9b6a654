"""The doors that recordings come in by; app.wire_recordings describes them."""

import base64
import binascii
import math
import re
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

import msgspec
from fastapi import Request, Response

from app.centre.recordings import Archive
from app.voice_file import SEALED_BYTES
from app.wire import Problem
from app.wire_recordings import OFFSET_HEADER, PIECE_LIMIT, CentreKey, RecordingHold, RecordingOffer, RecordingTaken

TEXT_LIMIT = 200
STATUS = {"garbage": 400, "unknown-recording": 404, "gap": 409, "fork": 409, "too-large": 413}

_CALL = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_Struct = TypeVar("_Struct", bound=msgspec.Struct)


class Visitor(Protocol):
    """A console that proved who it is."""

    @property
    def team(self) -> str: ...
    @property
    def console(self) -> str: ...


Door = Callable[[Request], Awaitable[Response]]


class RecordingDoors:
    def __init__(self, archive: Archive, visitor: Callable[[Request], Awaitable[Visitor]]) -> None:
        """`visitor` turns away whom we do not know, by an exception of its own."""
        self._archive, self._visitor = archive, visitor

    def doors(self) -> tuple[tuple[str, str, Door], ...]:
        """Method, path and door."""
        return (
            ("GET", "/v1/recordings/key", self.key),
            ("POST", "/v1/recordings/{call}", self.offer),
            ("PATCH", "/v1/recordings/{call}", self.take),
            ("POST", "/v1/recordings/{call}/hold", self.hold),
        )

    async def key(self, request: Request) -> Response:
        await self._visitor(request)
        return _said(CentreKey(await self._archive.public_key()))

    async def offer(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        call, offer = _call(request), _decoded(await _body(request), RecordingOffer)
        if isinstance(offer, Problem) or call is None or not _is_sound(offer):
            return _said(offer if isinstance(offer, Problem) else Problem("garbage", "an offer out of bounds"))
        return _said(await self._archive.offer(visitor.team, visitor.console, call, offer))

    async def take(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        call, offset, piece = _call(request), request.headers.get(OFFSET_HEADER, ""), await _body(request)
        if call is None or not offset.isdecimal() or len(offset) > 15:
            return _said(Problem("garbage", "call or offset"))
        if piece is None:
            return _said(Problem("too-large", f"at most {PIECE_LIMIT} bytes"))
        return _said(await self._archive.take(visitor.team, call, int(offset), piece))

    async def hold(self, request: Request) -> Response:
        visitor = await self._visitor(request)
        call, asked = _call(request), _decoded(await _body(request), RecordingHold)
        if isinstance(asked, Problem) or call is None or len(asked.why) > TEXT_LIMIT or "\0" in asked.why:
            return _said(asked if isinstance(asked, Problem) else Problem("garbage", "a hold out of bounds"))
        if not await self._archive.hold(visitor.team, call, asked.why, visitor.console):
            return _said(Problem("unknown-recording", "no such recording"))
        return Response(status_code=204)


def _call(request: Request) -> str | None:
    call = str(request.path_params["call"])
    return call if _CALL.fullmatch(call) else None


async def _body(request: Request) -> bytes | None:
    """None where it is too large."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > PIECE_LIMIT:
            return None
    return bytes(body)


def _decoded(body: bytes | None, kind: type[_Struct]) -> _Struct | Problem:
    if body is None:
        return Problem("too-large", f"at most {PIECE_LIMIT} bytes")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as wrong:
        return Problem("garbage", str(wrong)[:200])


def _is_sound(offer: RecordingOffer) -> bool:
    try:
        is_key = len(base64.b64decode(offer.sealed_key, validate=True)) == SEALED_BYTES
    except (binascii.Error, ValueError):
        return False
    are_times = all(math.isfinite(time) and 0 <= time < 1e11 for time in (offer.began_at, offer.seconds))
    are_short = all(len(text) <= TEXT_LIMIT and "\0" not in text for text in (offer.agent, offer.held_for))
    return is_key and are_times and are_short and _HASH.fullmatch(offer.sha256) is not None


def _said(answer: CentreKey | RecordingTaken | Problem) -> Response:
    status = STATUS.get(answer.error, 500) if isinstance(answer, Problem) else 200
    return Response(msgspec.json.encode(answer), status, media_type="application/json")
