"""Locked, of a wrong key, full, newer or damaged: said in one sentence, and nothing lost."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.events import NoticeCleared, Noticed, StoreOpened, TicketKept, TicketNotKept
from app.domain.notice import NoticeCode
from app.errors import StoreError
from app.storage.database import Database, StoreFolder
from app.storage.tables import STEPS, metadata
from tests.integration.storage.conftest import CALL, Desk, NoRing, OpenDesk, a_ticket
from tests.waiting import wait_for


def noticed(desk: Desk, code: NoticeCode) -> None:
    wait_for(lambda: any(event.notice.code is code for event in desk.told.all(Noticed)), code, 10)


@pytest.mark.expects_log("store_locked")
def test_a_second_console_on_one_store_is_told_and_gets_it_when_the_first_has_left(open_desk: OpenDesk) -> None:
    first = open_desk()
    first.told.wait(StoreOpened)

    second = open_desk()

    noticed(second, NoticeCode.STORE_LOCKED)
    second.store.save(a_ticket(2))
    assert second.told.wait(TicketNotKept).notice.code is NoticeCode.STORE_LOCKED
    second.store.note(CALL, "typed", {"n": 1})
    second.store.keep_draft(a_ticket(3), ("matter",))
    first.store.stop()
    second.told.wait(StoreOpened)
    assert second.told.wait(NoticeCleared).code is NoticeCode.STORE_LOCKED
    assert [draft.ticket.id for draft in second.again().drafts] == [a_ticket(3).id]


@pytest.mark.expects_log("store_wrong_key")
@pytest.mark.allows_log("sqlcipher")
def test_a_wrong_key_is_said_and_never_replaced(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.told.wait(StoreOpened)
    desk.store.save(a_ticket())
    desk.told.wait(TicketKept)
    desk.store.stop()
    key = (desk.folder / "store.key").read_text()
    wrong = "raw:" + "ab" * 32
    (desk.folder / "store.key").write_text(wrong)

    later = open_desk()

    noticed(later, NoticeCode.STORE_WRONG_KEY)
    assert (later.folder / "store.key").read_text() == wrong
    (later.folder / "store.key").write_text(key)  # the right key is put back: no restart is needed
    assert [ticket.matter for ticket in later.told.wait(StoreOpened).recent] == ["停水"]


@pytest.mark.expects_log("store_wrong_key")
def test_a_lost_key_is_said_and_no_new_one_is_made(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.told.wait(StoreOpened)
    desk.store.stop()
    (desk.folder / "store.key").unlink()

    later = open_desk()

    noticed(later, NoticeCode.STORE_WRONG_KEY)
    assert not (later.folder / "store.key").exists()


@pytest.mark.expects_log("store_failed")
def test_a_store_of_a_later_program_is_left_alone(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.told.wait(StoreOpened)
    desk.store.stop()
    key = bytes.fromhex((desk.folder / "store.key").read_text().strip().removeprefix("raw:"))
    database = Database(desk.folder / "store.db", key)
    with database.transaction() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {len(STEPS) + 1}")
    database.close()

    later = open_desk()

    noticed(later, NoticeCode.STORE_FAILED)
    assert later.told.all(StoreOpened) == []


def test_the_steps_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path, NoRing)
    database = folder.hold()
    with database.transaction() as connection:
        made = {
            table: {row.name: bool(row.notnull) for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
            for table in metadata.tables
        }
    database.close()
    folder.leave()

    assert made == {
        name: {column.name: not column.nullable for column in table.columns} for name, table in metadata.tables.items()
    }


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path, NoRing)
    database = folder.hold()

    with pytest.raises(StoreError), database.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO fact VALUES ('a', x'00')")
        connection.exec_driver_sql("INSERT INTO fact VALUES ('a', x'01')")

    with database.transaction(writes=False) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM fact").scalar_one() == 0
    database.close()
    folder.leave()


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX")
def test_only_the_user_can_read_the_store_and_its_key(desk: Desk) -> None:
    modes = {path.name: path.stat().st_mode & 0o077 for path in desk.folder.iterdir() if path.name.startswith("store.db")}
    key = (desk.folder / "store.key").stat().st_mode & 0o077

    assert modes["store.db"] == 0
    assert key == 0
    assert desk.folder.stat().st_mode & 0o077 == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB of its own."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "none", str(place)], check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.expects_log("disk_full")
def test_a_full_disk_is_said_and_everything_is_kept_once_there_is_room(open_desk: OpenDesk, small_disk: Path) -> None:
    desk = open_desk(small_disk / "store")
    desk.told.wait(StoreOpened)
    desk.lease(1, 10)
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass

    desk.store.keep_draft(a_ticket(1, content="词" * 9_000), ("content",))
    desk.store.save(a_ticket(2, content="词" * 9_000))

    refused = desk.told.wait(TicketNotKept)
    noticed(desk, NoticeCode.DISK_FULL)
    assert (refused.ticket.id, refused.notice.code) == (a_ticket(2).id, NoticeCode.DISK_FULL)
    ballast.unlink()
    wait_for(lambda: desk.told.all(NoticeCleared)[-1].code is NoticeCode.DISK_FULL, "room again", 10)
    desk.store.save(refused.ticket)
    assert desk.told.wait(TicketKept).ticket.number is not None
    assert [draft.ticket.id for draft in desk.again().drafts] == [a_ticket(1).id]
    desk.store.stop()
