"""The words kept with a ticket, read at another console: two desks with their stores, their sync and a real centre."""

import queue
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desk.core import Ports
from app.desk.desk import Desk
from app.desk.events import CallAnswered, CallEnded, CallRang, DeskEvent, Heard, StoreOpened
from app.desk.policy import Policy, Rules
from app.desk.transcript_events import Sought, WordsFound
from app.desk.transcript_wishes import FindWords
from app.domain.call import CallId
from app.domain.ticket import Ticket, TicketId
from app.domain.transcript import Speaker, Utterance
from app.storage.late_store import LateStore
from app.sync.client import CentreClient, CentreRefused
from app.sync.worker import SyncWorker
from app.wire import TICKET_SAVED
from tests.fakes import FakeAdviser, FakeProcess
from tests.integration.centre.places import SITE_TOKEN, CentreProcess
from tests.integration.storage.conftest import NoRing
from tests.integration.sync.conftest import Console
from tests.waiting import wait_for

CALL = CallId("c" * 32)
SAID = ("你好我家停水了", "我住锦绣家园三号楼", "已经两天了")


class Seat:
    """One agent's desk. Its events are taken in by whoever waits here, so that one thread decides."""

    def __init__(self, folder: Path, agent: str, address: str) -> None:
        self._events: queue.SimpleQueue[DeskEvent] = queue.SimpleQueue()
        self.store = LateStore(folder, self._events.put, agent, NoRing())
        self.store.open()
        self.worker = SyncWorker(address, SITE_TOKEN, agent, self.store.outbox, self._events.put, "1.0", agent)
        ports = Ports(FakeProcess(), FakeProcess(), FakeProcess(), self.store, FakeAdviser(), self.worker)
        rules = Rules(
            lambda _, __: None, lambda _: {}, " ".join, lambda: TicketId(str(uuid.uuid4())), lambda: uuid.uuid4().hex, time.time
        )
        self.desk = Desk(ports, Policy(agent), rules, lambda _: None)
        self.seen: list[DeskEvent] = []

    def start(self) -> None:
        self.until(lambda: any(isinstance(event, StoreOpened) for event in self.seen), "the store")
        self.worker.start()
        self.until(lambda: self.desk.state.sync.is_online, "the centre")

    def stop(self) -> None:
        self.worker.stop()
        self.store.stop()

    def until(self, is_so: Callable[[], object], what: str) -> None:
        """Takes events in until it is so."""

        def look() -> bool:
            while not self._events.empty():
                event = self._events.get()
                self.seen.append(event)
                self.desk.handle(event)
            return bool(is_so())

        wait_for(look, what, 15, 0.02)

    def words(self) -> list[str]:
        return [said.text for said in self.desk.state.transcript.utterances]

    def talk(self, count: int = len(SAID)) -> None:
        """A call that is still up."""
        self.desk.handle(CallRang(CALL, "13800000001", "", {}, time.time()))
        self.desk.take(CALL)
        self.desk.handle(CallAnswered(CALL, time.time()))
        for number, text in enumerate(SAID[:count]):
            self.hear(number, text)
        self.desk.edit("matter", "停水")

    def hear(self, number: int, text: str) -> None:
        said = Utterance(Speaker.CALLER, number, text, 2.0 * number, 2.0 * number + 1.5, True)
        self.desk.handle(Heard(CALL, said))

    def save(self) -> TicketId:
        self.desk.save()
        self.until(lambda: self.desk.state.draft is not None and self.desk.state.draft.ticket.version, "a saved ticket")
        assert self.desk.state.draft is not None
        self.sent()
        return self.desk.state.draft.ticket.id

    def sent(self) -> None:
        self.worker.wake()
        self.until(lambda: self.desk.state.sync.waiting == 0 and self.store.outbox.count() == 0, "all is with the centre")

    def told(self, after: float) -> None:
        """Returns when words that were told after that are with the centre."""
        probe = CallId("probe")

        def is_told() -> bool:
            self.store.serve_words(FindWords(probe, CALL))
            found = [event for event in self.seen if isinstance(event, WordsFound) and event.case == probe]
            return bool(found) and found[-1].kept_at > after

        self.until(is_told, "words on their way")
        self.sent()

    def open_(self, ticket: TicketId) -> None:
        def is_listed() -> bool:
            self.desk.find_tickets("")
            return any(known.id == ticket for known in self.desk.state.tickets)

        self.until(is_listed, "the colleague's ticket")
        self.desk.open_ticket(ticket)


@pytest.fixture
def seats(centre: CentreProcess, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    """The agent who took the call, and a colleague at another computer."""
    made = tuple(Seat(tmp_path / agent / "store", agent, centre.address) for agent in ("8001", "8002"))
    try:
        for seat in made:
            seat.start()
        yield made[0], made[1]
    finally:
        for seat in made:
            seat.stop()


def test_a_colleague_who_opens_the_ticket_reads_the_words_that_were_kept_with_it(seats: tuple[Seat, Seat]) -> None:
    here, there = seats
    here.talk()
    here.desk.correct_words(Speaker.CALLER, 1, "我住锦绣佳园三号楼")
    ticket = here.save()

    there.open_(ticket)
    there.until(there.words, "the words")

    assert there.words() == [SAID[0], "我住锦绣佳园三号楼", SAID[2]]
    corrected = there.desk.state.transcript.utterances[1]
    assert corrected.restored().text == SAID[1]


def test_nothing_of_them_comes_to_a_console_that_did_not_open_the_ticket(seats: tuple[Seat, Seat]) -> None:
    here, there = seats
    here.talk()
    ticket = here.save()
    there.until(lambda: any(known.id == ticket for known in there.desk.state.tickets), "the ticket itself")

    there.store.serve_words(FindWords(CallId("somebody"), CALL))
    there.until(lambda: any(isinstance(event, WordsFound) for event in there.seen), "what lies there")

    found = next(event for event in there.seen if isinstance(event, WordsFound))
    assert found.utterances == ()


def test_what_the_colleague_corrects_is_read_by_the_first_with_every_other_sentence(seats: tuple[Seat, Seat]) -> None:
    here, there = seats
    here.talk()
    ticket = here.save()
    here.desk.handle(CallEnded(CALL, 200, "", "caller", time.time()))
    there.open_(ticket)
    there.until(there.words, "the words")

    there.desk.correct_words(Speaker.CALLER, 2, "已经三天了")
    there.told(time.time() - 0.5)
    here.desk.new_ticket()  # leaves the call
    here.open_(ticket)
    here.until(lambda: here.words()[2:] == ["已经三天了"], "the correction")

    assert here.words() == [*SAID[:2], "已经三天了"]


def test_words_said_after_the_ticket_was_saved_are_read_too(seats: tuple[Seat, Seat]) -> None:
    here, there = seats
    here.talk(1)
    ticket = here.save()
    here.hear(1, SAID[1])
    here.desk.handle(CallEnded(CALL, 200, "", "caller", time.time()))
    ended_at = time.time()
    here.hear(2, SAID[2])
    here.told(ended_at)

    there.open_(ticket)
    there.until(there.words, "the words")

    assert there.words() == list(SAID)


def test_while_the_centre_is_away_that_is_said_and_the_words_come_when_it_is_back(
    seats: tuple[Seat, Seat], centre: CentreProcess
) -> None:
    here, there = seats
    here.talk()
    ticket = here.save()
    there.until(lambda: any(known.id == ticket for known in there.desk.state.tickets), "the ticket itself")
    centre.stop()
    there.until(lambda: not there.desk.state.sync.is_online, "the loss")

    there.open_(ticket)
    there.until(lambda: Sought.AWAY in there.desk.state.words_sought.values(), "that they are not here yet")
    assert there.words() == []
    centre.start()
    there.until(there.words, "the words")

    assert there.words() == list(SAID)
    assert not there.desk.state.words_sought


def test_words_that_were_read_once_are_read_again_without_the_centre(seats: tuple[Seat, Seat], centre: CentreProcess) -> None:
    here, there = seats
    here.talk()
    ticket = here.save()
    there.open_(ticket)
    there.until(there.words, "the words")
    there.desk.new_ticket()
    centre.stop()
    there.until(lambda: not there.desk.state.sync.is_online, "the loss")

    there.open_(ticket)
    there.until(there.words, "the words")

    assert there.words() == list(SAID)


def test_of_a_ticket_without_words_it_is_said_that_there_are_none(seats: tuple[Seat, Seat]) -> None:
    here, there = seats
    here.talk(0)
    ticket = here.save()

    there.open_(ticket)
    there.until(lambda: Sought.NONE in there.desk.state.words_sought.values(), "that there are none")

    assert there.words() == []


def test_the_centre_gives_words_only_with_their_ticket_to_its_own_team_and_notes_who_read_them(
    consoles: Callable[..., Console], seats: tuple[Seat, Seat], centre: CentreProcess
) -> None:
    here, there = seats
    here.talk()
    ticket = here.save()
    identity = there.store.outbox.identity()
    assert identity is not None
    stranger = CentreClient(centre.address, "stranger", "1.0")
    stranger.be(identity)
    guest = consoles("guest")
    wait_for(guest.outbox.numbers_left, "online")
    other = Ticket(TicketId(str(uuid.uuid4())), call=CallId("d" * 32), saved_at=1.0)
    guest.outbox.add(TICKET_SAVED, other.id, other)
    guest.worker.wake()
    wait_for(lambda: guest.outbox.count() == 0, "taken")

    with pytest.raises(Exception) as in_use:
        stranger.words(ticket, CALL, 0.0)  # no hello was said under this identity
    there.open_(ticket)
    there.until(there.words, "the words")
    client = _owner(guest, centre)
    with pytest.raises(CentreRefused) as wrong_ticket:
        client.words(other.id, CALL, 0.0)
    with pytest.raises(CentreRefused) as garbage:
        client.words("x", CALL, 0.0)

    assert type(in_use.value).__name__ == "IdentityInUse"
    assert wrong_ticket.value.values[0] == "no-ticket"
    assert garbage.value.values[0] == "garbage"
    stranger.close()
    client.close()


def _owner(console: Console, centre: CentreProcess) -> CentreClient:
    """A client that owns the identity of this console, as one that starts after it does."""
    console.worker.stop()
    assert console.outbox.who is not None
    client = CentreClient(centre.address, "owner", "1.0")
    client.be(console.outbox.who)
    client.hello(False)
    return client
