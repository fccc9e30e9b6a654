"""A desk that speaks to its store before the store's libraries are loaded loses nothing of what it said."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.events import StoreOpened, TicketKept
from app.domain.agent import AgentState
from app.storage.late_store import LateStore
from tests.integration.storage.conftest import NoRing, OpenDesk, Told, a_ticket


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def late(tmp_path: Path, told: Told) -> Iterator[LateStore]:
    store = LateStore(tmp_path / "store", told, "1001", NoRing())
    yield store
    store.stop()


def test_what_was_told_before_the_store_was_loaded_is_kept_in_its_order(
    late: LateStore, told: Told, tmp_path: Path, open_desk: OpenDesk
) -> None:
    late.set_agent_state(AgentState.BUSY, "", 1.0)
    late.keep_draft(a_ticket(1, content="first"), ("content",))
    late.keep_draft(a_ticket(1, content="later"), ("content",))
    late.save(a_ticket(2))

    late.open()

    assert told.wait(TicketKept).ticket.id == a_ticket(2).id
    late.stop()
    again = open_desk(tmp_path / "store").told.wait(StoreOpened)
    assert again.agent_state is AgentState.BUSY
    assert [kept.ticket.content for kept in again.drafts] == ["later"]


def test_after_opening_it_is_the_store(late: LateStore, told: Told) -> None:
    late.open()
    told.wait(StoreOpened)

    late.save(a_ticket(3))

    assert told.wait(TicketKept).ticket.id == a_ticket(3).id


def test_a_console_can_be_imported_without_the_libraries_of_store_and_sync() -> None:
    heavy = "sqlalchemy", "httpx", "keyring", "tomlkit", "pypinyin", "numpy"
    look = f"import sys, app.console; print([name for name in {heavy} if name in sys.modules])"

    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60).stdout

    assert said.strip() == "[]"
