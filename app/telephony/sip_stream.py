"""SIP messages on a stream: where each ends, and the headers that our tunnel adds and takes away. Trusts no peer."""

import re
from collections.abc import Iterator

from app.errors import JiesuError

HEAD_AT_MOST = 64 * 1024
BODY_AT_MOST = 64 * 1024
_LENGTH = re.compile(rb"(?im)^(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)")
_OF_INVITE = re.compile(rb"(?im)^cseq[ \t]*:[ \t]*\d+[ \t]+INVITE\b")
_VIA = re.compile(rb"(?im)^((?:via|v)[ \t]*:[ \t]*SIP[ \t]*/[ \t]*2\.0[ \t]*/[ \t]*)(TLS|TCP)\b")
_LINE_END = b"\r\n"


class StreamBroken(JiesuError):
    """What came is no SIP that we would take; the connection must be closed. Value: why."""

    code = "pbx_unreachable"


class MessageStream:
    """Cuts a stream into messages by Content-Length; blank lines between them (keep-alives) come as they are."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The messages that are whole now. Raises StreamBroken for a head or body beyond 64 KB or a length that is none."""
        self._held += data
        while self._held:
            if self._held[0] in b"\r\n":
                blank = len(self._held) - len(self._held.lstrip(b"\r\n"))
                yield self._cut(blank)
                continue
            end = self._held.find(b"\r\n\r\n", 0, HEAD_AT_MOST + 4)
            if end < 0:
                if len(self._held) > HEAD_AT_MOST:
                    raise StreamBroken("a head of more than 64 KB")
                return
            whole = end + 4 + _body_length(bytes(self._held[: end + 2]))
            if len(self._held) < whole:
                return
            yield self._cut(whole)

    def _cut(self, length: int) -> bytes:
        message = bytes(self._held[:length])
        del self._held[:length]
        return message


def _body_length(head: bytes) -> int:
    lengths = {text.strip() for text in _LENGTH.findall(head)}
    if not lengths:
        return 0
    if len(lengths) > 1 or not (text := lengths.pop()).isdigit() or len(text) > 9:
        raise StreamBroken("a Content-Length that is none")
    if int(text) > BODY_AT_MOST:
        raise StreamBroken("a body of more than 64 KB")
    return int(text)


def inward(message: bytes, own: bytes) -> bytes:
    """A message of the server as our SIP library must see it: requests of the dialog come back to `own` (host:port), which
    is known from Record-Route alone, and what was sent over TCP was sent over TCP."""
    if message[:1] in (b"\r", b"\n"):
        return message
    head, _, body = message.partition(b"\r\n\r\n")
    lines = _lines(head)
    is_answer = head.startswith(b"SIP/2.0 ")
    if is_answer:
        _retransport(lines, b"TCP")
    if _OF_INVITE.search(head) and (not is_answer or head[8:9] in (b"1", b"2")):
        place = 1
        if is_answer:  # the nearest to the caller stands last
            place = max((i + 1 for i, line in enumerate(lines) if _name(line) == b"record-route"), default=1)
        lines.insert(place, b"Record-Route: <sip:" + own + b";transport=tcp;lr>")
    return _LINE_END.join(lines) + b"\r\n\r\n" + body


def outward(message: bytes, own: bytes) -> bytes:
    """A message of ours as the server must see it: nothing of the tunnel in Route and Record-Route, Via says TLS."""
    if message[:1] in (b"\r", b"\n"):
        return message
    head, _, body = message.partition(b"\r\n\r\n")
    lines = _lines(head)
    is_answer = head.startswith(b"SIP/2.0 ")
    if not is_answer:
        _retransport(lines, b"TLS")
    lines = _without(lines, b"record-route" if is_answer else b"route", own)
    return _LINE_END.join(lines) + b"\r\n\r\n" + body


def _lines(head: bytes) -> list[bytes]:
    """First line and headers; a folded header stays one."""
    lines: list[bytes] = []
    for line in head.split(_LINE_END):
        if lines and line[:1] in (b" ", b"\t"):
            lines[-1] += _LINE_END + line
        else:
            lines.append(line)
    return lines


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].strip().lower()


def _retransport(lines: list[bytes], transport: bytes) -> None:
    for place, line in enumerate(lines):
        if place and _name(line) in (b"via", b"v"):
            lines[place] = _VIA.sub(rb"\g<1>" + transport, line, count=1)
            return


def _without(lines: list[bytes], name: bytes, own: bytes) -> list[bytes]:
    ours = re.compile(rb"<[ \t]*sips?:(?:[^@>]*@)?" + re.escape(own) + rb"[;>]")
    kept: list[bytes] = []
    for place, line in enumerate(lines):
        if place and _name(line) == name and ours.search(line):
            values = [value for value in line.partition(b":")[2].split(b",") if not ours.search(value)]
            if values:
                kept.append(line.partition(b":")[0] + b":" + b",".join(values))
        else:
            kept.append(line)
    return kept
