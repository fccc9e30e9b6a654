"""SIP on a stream: cut by length whatever the pieces, and no header of the tunnel leaves it."""

import random

import pytest

from app.telephony.sip_stream import MessageStream, StreamBroken, inward, outward

OWN = b"127.0.0.1:40001"
INVITE = (
    b"INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TLS 10.0.0.1:5061;branch=z\r\nRecord-Route: <sip:10.0.0.9;lr>\r\n"
    b"CSeq: 1 INVITE\r\n"
    b"Content-Length: 4\r\n\r\nbody"
)
ANSWER = (
    b"SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS 10.0.0.1:5061;branch=z\r\nRecord-Route: <sip:10.0.0.9;lr>\r\nCSeq: 1 INVITE\r\n"
    b"Content-Length: 0\r\n\r\n"
)


def test_messages_come_whole_whatever_pieces_they_came_in() -> None:
    chance = random.Random(3)
    wire = (INVITE + b"\r\n\r\n" + ANSWER) * 20
    stream, found, place = MessageStream(), [], 0
    while place < len(wire):
        step = chance.randint(1, 90)
        found += list(stream.feed(wire[place : place + step]))
        place += step

    assert [message for message in found if message.strip()] == [INVITE, ANSWER] * 20


@pytest.mark.parametrize("length", [b"-1", b"x", b"4\r\nContent-Length: 5", b"70000", b"9999999999"])
def test_a_length_that_is_none_breaks_the_stream(length: bytes) -> None:
    with pytest.raises(StreamBroken):
        list(MessageStream().feed(b"OPTIONS sip:a SIP/2.0\r\nContent-Length: " + length + b"\r\n\r\n"))


def test_a_head_beyond_64_kb_breaks_the_stream() -> None:
    stream = MessageStream()
    list(stream.feed(b"OPTIONS sip:a SIP/2.0\r\nX: " + b"a" * 60_000))

    with pytest.raises(StreamBroken):
        list(stream.feed(b"a" * 10_000))


def test_an_invite_of_the_server_names_the_tunnel_first() -> None:
    lines = inward(INVITE, OWN).split(b"\r\n")

    routes = [line for line in lines if line.startswith(b"Record-Route")]
    assert routes == [b"Record-Route: <sip:127.0.0.1:40001;transport=tcp;lr>", b"Record-Route: <sip:10.0.0.9;lr>"]
    assert lines[-1] == b"body"


def test_an_answer_of_the_server_names_the_tunnel_last_and_was_sent_over_tcp() -> None:
    lines = inward(ANSWER, OWN).split(b"\r\n")

    routes = [line for line in lines if line.startswith(b"Record-Route")]
    assert routes[-1] == b"Record-Route: <sip:127.0.0.1:40001;transport=tcp;lr>"
    assert b"Via: SIP/2.0/TCP 10.0.0.1:5061;branch=z" in lines


def test_only_messages_that_begin_a_call_get_a_route() -> None:
    bye = INVITE.replace(b"INVITE", b"BYE")

    assert b"127.0.0.1:40001" not in inward(bye, OWN)


def test_nothing_of_the_tunnel_leaves_in_a_request() -> None:
    ours = b"Route: <sip:127.0.0.1:40001;transport=tcp;lr>, <sip:10.0.0.9;lr>\r\nRoute: <sip:127.0.0.1:40001;lr>\r\n"
    sent = INVITE.replace(b"TLS", b"TCP").replace(b"CSeq", ours + b"CSeq")

    left = outward(sent, OWN)

    assert b"127.0.0.1:40001" not in left
    assert b"Route: <sip:10.0.0.9;lr>" in left
    assert b"Via: SIP/2.0/TLS " in left


def test_nothing_of_the_tunnel_leaves_in_an_answer() -> None:
    assert b"127.0.0.1:40001" not in outward(inward(ANSWER, OWN), OWN)


def test_a_folded_header_stays_one() -> None:
    folded = INVITE.replace(b"CSeq: 1 INVITE", b"Subject: a\r\n Route: <sip:127.0.0.1:40001>\r\nCSeq: 1 INVITE")

    assert b"Subject: a\r\n Route: <sip:127.0.0.1:40001>" in outward(folded, OWN)
