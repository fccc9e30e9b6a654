"""Cards reach the emergency desk over real HTTP, again and again until it takes them, and over a restart."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.desk.help_events import CardPushed, HelpEvent, TextSent
from app.domain.call import CallId
from app.domain.handoff import HandOffCard
from app.sync.desk_address import DeskAddress
from app.sync.emergency_desk import EmergencyDesk, case_number_in
from app.sync.late_messenger import LateMessenger

CARD = HandOffCard("c" * 32, 1, CallId("a" * 32), "119", "calling", "长安路五号", "13800000001", pressed_at=time.time())


class _Server(ThreadingHTTPServer):
    """Answers with `answers` in turn, the last one for ever."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[tuple[int, bytes]] = [(200, b'{"case_number": "JQ-7"}')]
        self.asked: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.delay_s = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/cards"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.asked.append((dict(self.headers), json.loads(body)))
        time.sleep(server.delay_s)
        status, answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


class _Cards:
    """The store's side."""

    def __init__(self, *kept: HandOffCard) -> None:
        self.kept = {card.card: card for card in kept}
        self.is_closed = False

    def keep(self, card: HandOffCard) -> None:
        self.kept[card.card] = card

    def forget(self, card: str) -> None:
        self.kept.pop(card, None)

    def all(self) -> list[HandOffCard]:
        return list(self.kept.values())

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def server() -> Iterator[_Server]:
    server = _Server()
    thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(5)
    server.server_close()


class _Told:
    def __init__(self) -> None:
        self.events: list[HelpEvent] = []

    def __call__(self, event: HelpEvent) -> None:
        self.events.append(event)

    def wait(self, count: int = 1, patience_s: float = 8.0) -> list[HelpEvent]:
        end = time.monotonic() + patience_s
        while len(self.events) < count and time.monotonic() < end:
            time.sleep(0.005)
        assert len(self.events) >= count, self.events
        return self.events


Open = Callable[..., tuple[EmergencyDesk, _Told]]


@pytest.fixture
def open_desk() -> Iterator[Open]:
    opened: list[EmergencyDesk] = []

    def open_it(url: str, **more: str) -> tuple[EmergencyDesk, _Told]:
        told = _Told()
        desk = EmergencyDesk(DeskAddress(desk_url=url, **more), told)
        desk.start()
        opened.append(desk)
        return desk, told

    yield open_it
    for desk in opened:
        desk.stop()


def test_a_card_arrives_as_json_with_token_and_key_and_their_case_number_comes_back(server: _Server, open_desk: Open) -> None:
    desk, told = open_desk(server.url, desk_token="secret")

    desk.push_card(CARD)

    event = told.wait()[0]
    headers, body = server.asked[0]
    assert isinstance(event, CardPushed) and (event.is_done, event.case_number) == (True, "JQ-7")
    assert headers["Authorization"] == "Bearer secret" and headers["Idempotency-Key"] == f"{CARD.card}-1"
    assert (body["place"], body["ring_back"], body["line"]) == ("长安路五号", "13800000001", "119")


def test_a_desk_in_trouble_is_asked_again_and_the_agent_is_told_once(server: _Server, open_desk: Open) -> None:
    server.answers = [(503, b""), (503, b""), (200, b"{}")]
    desk, told = open_desk(server.url)

    desk.push_card(CARD)

    first, last = told.wait(2)
    assert isinstance(first, CardPushed) and isinstance(last, CardPushed)
    assert (first.is_done, first.is_final, first.reason) == (False, False, "status 503")
    assert last.is_done and len(server.asked) == 3
    assert len({headers["Idempotency-Key"] for headers, _ in server.asked}) == 1


def test_a_refusal_is_final(server: _Server, open_desk: Open) -> None:
    server.answers = [(422, b"")]
    desk, told = open_desk(server.url)

    desk.push_card(CARD)

    event = told.wait()[0]
    assert isinstance(event, CardPushed) and (event.is_done, event.is_final) == (False, True)


def test_pushing_takes_no_time_though_the_desk_is_slow(server: _Server, open_desk: Open) -> None:
    server.delay_s = 1.0
    desk, told = open_desk(server.url)
    began = time.perf_counter()

    for revision in range(1, 20):
        desk.push_card(replace(CARD, revision=revision))

    took_ms = (time.perf_counter() - began) * 1000
    told.wait()
    assert took_ms < 50
    assert server.asked[-1][1]["revision"] == 19 and len(server.asked) <= 3


def test_what_was_not_sent_is_kept_and_sent_after_a_restart(server: _Server, open_desk: Open) -> None:
    cards = _Cards()
    dead, told = open_desk("http://127.0.0.1:9/cards")
    dead.keep_in(cards)
    dead.push_card(CARD)
    told.wait()
    dead.stop()
    kept = dict(cards.kept)

    again, told = open_desk(server.url)
    again.keep_in(cards)

    assert kept == {CARD.card: CARD}
    event = told.wait()[0]
    assert isinstance(event, CardPushed) and event.is_done and cards.kept == {}


def test_a_text_goes_to_12110_and_its_answer_is_told(server: _Server, open_desk: Open) -> None:
    desk, told = open_desk("", text_url=server.url, text_token="t")

    desk.send_text("one", "110", "12345转110；长安路五号")

    assert told.wait() == [TextSent("one", True, "")]
    assert server.asked[0][1] == {"to": "12110", "line": "110", "text": "12345转110；长安路五号"}


def test_a_text_gateway_that_is_away_is_said(open_desk: Open) -> None:
    desk, told = open_desk("", text_url="http://127.0.0.1:9/")

    desk.send_text("one", "110", "x")

    event = told.wait()[0]
    assert isinstance(event, TextSent) and not event.is_done


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (b'{"case_number": "A1"}', "A1"),
        (b'{"id": 17}', "17"),
        (b"[]", ""),
        (b"<html>", ""),
        (b'{"case": "' + b"x" * 99 + b'"}', ""),
    ],
)
def test_only_a_short_plain_number_is_taken_from_an_answer(answer: bytes, number: str) -> None:
    assert case_number_in(answer) == number


def test_a_card_that_comes_before_the_library_is_loaded_waits_and_goes_out(server: _Server) -> None:
    told = _Told()
    messenger = LateMessenger(DeskAddress(desk_url=server.url), told)
    messenger.push_card(CARD)

    messenger.load()

    told.wait()
    messenger.stop()
    assert server.asked[0][1]["card"] == CARD.card
