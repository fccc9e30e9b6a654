"""Two real stores and a real centre: what one agent suffers the lead sees, and a number's past is known at every console."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app.desk.events import Noticed, NumbersCounted, StoreOpened
from app.desk.shield_events import CallerKnown, NumberMarked, ShieldTold
from app.desk.shield_wishes import AskCaller, KeepMark, KeepSeen, KeepStep
from app.domain.call import CallId
from app.domain.callers import NumberMark, PastCall
from app.domain.notice import NoticeCode
from app.domain.shield import ShieldStep, StepKind
from app.storage.store import StoreThread
from app.sync.worker import SyncWorker
from tests.integration.centre.places import SITE_TOKEN, CentreProcess
from tests.integration.storage.conftest import NoRing, Told
from tests.integration.sync.conftest import PORTS
from tests.waiting import wait_for

CALL, OTHER = CallId("c" * 32), CallId("d" * 32)
NUMBER = "13800138000"


class Seat:
    """A console's store and sync, as the console builds them."""

    def __init__(self, folder: Path, centre: CentreProcess, agent: str, token: str = SITE_TOKEN) -> None:
        self.told = Told()
        self.store = StoreThread(folder, self.told, agent, NoRing())
        self.store.open()
        self.told.wait(StoreOpened)
        self.worker = SyncWorker(centre.address, token, agent, self.store.outbox, self.told, "1.0", agent=agent)
        self.worker.start()
        self.told.wait(NumbersCounted)

    def stop(self) -> None:
        self.worker.stop()
        self.store.stop()


@pytest.fixture
def seats(folder: Path, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    """An agent's and a team lead's, each enrolled as that."""
    centre = CentreProcess(folder, next(PORTS))
    centre.start()  # makes the tables
    centre.stop()
    token = centre.lead_token()
    centre.start()
    made = (Seat(tmp_path / "agent" / "store", centre, "8001"), Seat(tmp_path / "lead" / "store", centre, "9001", token))
    yield made
    for seat in made:
        seat.stop()
    centre.stop()


def test_a_notice_at_one_desk_is_told_at_the_leads_within_two_seconds(seats: tuple[Seat, Seat]) -> None:
    agent, lead = seats
    step = ShieldStep(StepKind.NOTICE, time.time(), "8001", "civility_1", 1)
    begun = time.monotonic()

    agent.store.serve_shield(KeepStep(CALL, step, True))
    agent.worker.wake()
    told = lead.told.wait(ShieldTold)

    assert (told.agent, told.call, told.step) == ("8001", CALL, step)
    assert time.monotonic() - begun < 2


def test_a_number_that_was_silent_at_one_desk_and_marked_by_the_lead_is_known_at_both(seats: tuple[Seat, Seat]) -> None:
    agent, lead = seats
    now = time.time()
    agent.store.serve_shield(KeepSeen(NUMBER, PastCall(CALL, now - 60, now - 55, is_silent=True)))
    agent.worker.wake()
    lead.store.serve_shield(KeepMark(NumberMark(NUMBER, "只记录", "9001", now, now + 86_400)))
    lead.worker.wake()
    agent.told.wait(NumberMarked)

    def known(seat: Seat) -> list[CallerKnown]:
        seat.store.serve_shield(AskCaller(OTHER, NUMBER, now - 3600))
        return [one for one in seat.told.all(CallerKnown) if one.past and one.marks]

    for seat in seats:
        found = wait_for(partial(known, seat), "the number is known")[0]
        assert ([call.is_silent for call in found.past], found.marks[0].advice) == ([True], "只记录")


def test_a_mark_of_a_console_that_is_no_leads_reaches_nobody_and_is_said_while_all_else_goes_out(
    seats: tuple[Seat, Seat],
) -> None:
    agent, lead = seats
    now = time.time()
    step = ShieldStep(StepKind.NOTICE, now, "8001", "civility_1", 1)
    agent.store.serve_shield(KeepMark(NumberMark(NUMBER, "只记录", "8001", now, now + 86_400)))
    agent.store.serve_shield(KeepStep(CALL, step, True))
    wait_for(lambda: agent.store.outbox.count() == 2, "both wait")

    agent.worker.wake()
    lead.told.wait(ShieldTold)
    notices = wait_for(
        lambda: [one.notice for one in agent.told.all(Noticed) if one.notice.code is NoticeCode.MARK_REFUSED], "the refusal"
    )

    assert [notice.values for notice in notices] == [("1380…00",)]
    assert not lead.told.all(NumberMarked) and agent.store.outbox.count() == 0
