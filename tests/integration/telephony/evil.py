"""SIP messages that no one should send: broken by hand, and by chance."""

import random
from collections.abc import Iterator

from tests.exchange import SLOT

ALLOWED = f"127.0.{SLOT}.67"
_SDP = (
    f"v=0\r\no=- 1 1 IN IP4 {ALLOWED}\r\ns=-\r\nc=IN IP4 {ALLOWED}\r\nt=0 0\r\n"
    "m=audio 6000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
)


def invite(number: int, *, extra: str = "", body: str = _SDP, kind: str = "application/sdp", length: str = "", line: str = "",
           via: str = "") -> bytes:  # fmt: skip
    return (
        f"{line or 'INVITE sip:agent@127.0.0.2 SIP/2.0'}\r\n"
        f"{via or f'Via: SIP/2.0/UDP {ALLOWED}:5066;branch=z9hG4bKf{number}' + chr(13) + chr(10)}"
        f"From: <sip:fuzz@{ALLOWED}>;tag={number}\r\nTo: <sip:agent@127.0.0.2>\r\nCall-ID: fuzz{number}\r\nCSeq: 1 INVITE\r\n"
        f"Contact: <sip:fuzz@{ALLOWED}:5066>\r\nMax-Forwards: 70\r\n{extra}"
        f"Content-Type: {kind}\r\nContent-Length: {length or len(body)}\r\n\r\n{body}"
    ).encode("utf-8", "surrogateescape")


def nested(depth: int) -> str:
    body = f"Content-Type: application/sdp\r\n\r\n{_SDP}"
    for level_ in range(depth):
        mark = f"b{level_}"
        body = f'Content-Type: multipart/mixed;boundary="{mark}"\r\n\r\n--{mark}\r\n{body}\r\n--{mark}--\r\n'
    return body


def evil(number: int) -> Iterator[bytes]:
    """Messages broken on purpose, each kind once."""
    yield b""
    yield b"\x00" * 500
    yield b"\r\n\r\n" * 400
    yield b"INVITE"
    yield b"INVITE sip:a SIP/2.0\r\n\r\n"
    yield b"SIP/2.0 200 OK\r\n\r\n"
    yield b"SIP/2.0 99999999999 " + b"x" * 3000 + b"\r\n\r\n"
    for length in ("-1", "0", "99999", "99999999999999999999", "abc", "5\r\nContent-Length: 7"):
        yield invite(number, length=length)
    for size in (1_000, 3_900, 4_100, 16_000, 60_000, 65_000):
        yield invite(number, extra=f"X-Long: {'a' * size}\r\n")[:65_400]
    yield invite(number, extra="".join(f"Via: SIP/2.0/UDP 10.0.0.{i % 250}:5060;branch=z9hG4bK{i}\r\n" for i in range(3000)))[
        :65_400
    ]
    yield invite(number, extra="Record-Route: <sip:a;lr>\r\n" * 900)[:65_400]
    yield invite(number, extra="Require: " + ",".join(f"o{i}" for i in range(400)) + "\r\n")
    yield invite(number, line="INVITE sip:" + "%" * 900 + "@x SIP/2.0")
    yield invite(number, line="INVITE sip:agent@[::1:::::] SIP/2.0")
    yield invite(number, line="INVITE tel:+86;phone-context= SIP/2.0")
    yield invite(number, via="Via: SIP/2.0/XYZ ;;;;branch=\r\n")
    yield invite(number, via="")[:-1].replace(b"Via:", b"Vxa:")
    yield invite(number, extra=f"From: {'<' * 300}\r\nTo: \x00\r\nCSeq: 4294967296 INVITE\r\n")
    yield invite(number, extra="Replaces: x;to-tag=;from-tag=\r\nSession-Expires: -5\r\nMin-SE: 99999999999\r\n")
    yield invite(number, extra='Authorization: Digest username="\\",realm=,nonce=\r\nRefer-To: <\r\nEvent: \r\n')
    yield invite(number, extra="\udcff\udcfe: \udc80\r\n folded\r\n\tfolded\r\n")
    for body in ("v=0", "v=0\r\nm=audio 99999999 RTP/AVP 8\r\n", _SDP + "m=audio 1 RTP/AVP 8\r\n" * 60, _SDP.replace("8", "-1"),
                 "m=" * 900, _SDP + "a=" + "z" * 2500 + "\r\n", _SDP.replace(ALLOWED, "999.1.1.1"), "\x00" * 300,
                 _SDP + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%%%%\r\n", _SDP.replace("RTP/AVP 8", "RTP/SAVP 8"),
                 _SDP.replace("PCMA/8000", "PCMA/0"), _SDP.replace("8 PCMA", "8 G722"),
                 _SDP + "a=ptime:0\r\na=maxptime:0\r\n"):  # fmt: skip
        yield invite(number, body=body)
    yield invite(number, body=nested(1), kind='multipart/mixed;boundary="b0"')
    yield invite(number, body=nested(25), kind='multipart/mixed;boundary="b24"')
    yield invite(number, body="--b\r\n" * 600, kind="multipart/mixed;boundary=b")
    yield invite(number, kind="multipart/mixed")
    yield invite(number, kind="a" * 500)
    for method in (
        "BYE",
        "CANCEL",
        "ACK",
        "PRACK",
        "UPDATE",
        "INFO",
        "REFER",
        "NOTIFY",
        "SUBSCRIBE",
        "MESSAGE",
        "REGISTER",
        "X" * 300,
    ):
        yield invite(number).replace(b"INVITE", method.encode())


def mutated(chance: random.Random, number: int) -> bytes:
    """A good INVITE with a few bytes cut, changed or doubled."""
    message = bytearray(invite(number))
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(message))
        match chance.randrange(4):
            case 0:
                message[place] = chance.randrange(256)
            case 1:
                del message[place : place + chance.randint(1, 40)]
            case 2:
                message[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 20)))
            case _:
                message[place:place] = message[place : place + chance.randint(1, 60)] * chance.randint(1, 8)
        if not message:
            break
    return bytes(message)
