"""Recordings go to a real centre: resumed after kills, taken once, opened there alone, held, destroyed by rule."""

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.centre.cluster import Cluster
from app.centre.recordings import Archive
from app.domain.call import CallId
from app.domain.recording import KeptRecording, RecordingMark
from app.sync.client import CentreClient
from app.sync.recording_upload import RecordingUploader
from app.voice_file import KEY_BYTES, new_key_pair, seal, unseal
from app.wire import Identity
from tests.integration.centre.places import SITE_TOKEN, CentreProcess
from tests.waiting import wait_for

PRIVATE, PUBLIC = new_key_pair()
CALL, OTHER = CallId("a" * 32), CallId("b" * 32)


@dataclass
class Unsent:
    kept: KeptRecording
    key: bytes
    file: Path


@dataclass
class Shelf:
    """The recordings of one console, in memory."""

    known: Identity
    waiting: dict[CallId, Unsent] = field(default_factory=dict)
    keys: dict[CallId, bytes] = field(default_factory=dict)
    done: list[CallId] = field(default_factory=list)
    holds: list[tuple[CallId, str]] = field(default_factory=list)

    def add(self, folder: Path, call: CallId, size: int, began_at: float = 1000.0) -> bytes:
        data, key = secrets.token_bytes(size), secrets.token_bytes(KEY_BYTES)
        (folder / f"{call}.rec").write_bytes(data)
        mark = RecordingMark(hashlib.sha256(data).hexdigest(), size / 32_000, size)
        self.keys[call] = key
        self.waiting[call] = Unsent(KeptRecording(call, began_at, mark), seal(key, PUBLIC, call), folder / f"{call}.rec")
        return data

    def identity(self) -> Identity | None:
        return self.known

    def unsent(self) -> list[Unsent]:
        return list(self.waiting.values())

    def resealed(self, call: CallId, key: bytes, public: bytes) -> bytes:
        return seal(unseal(key, PRIVATE, call), public, call)

    def sent(self, call: CallId) -> None:
        self.done.append(call)
        del self.waiting[call]

    def untold_holds(self) -> list[tuple[CallId, str]]:
        return list(self.holds)

    def hold_told(self, call: CallId, why: str) -> None:
        self.holds.remove((call, why))

    def close(self) -> None:
        pass


@pytest.fixture
def shelf(centre: CentreProcess) -> Shelf:
    client = CentreClient(centre.address, "enroller", "1.0")
    identity = client.enrol(SITE_TOKEN, "seat", 1)
    client.close()
    return Shelf(identity)


@pytest.fixture
def uploaders(centre: CentreProcess, shelf: Shelf) -> Iterator[Callable[..., RecordingUploader]]:
    made: list[RecordingUploader] = []

    def make(is_busy: Callable[[], bool] = lambda: False, rate: int = 50_000_000) -> RecordingUploader:
        made.append(RecordingUploader(centre.address, shelf, "8001", "1.0", is_busy, rate))
        made[-1].start()
        return made[-1]

    yield make
    for uploader in made:
        uploader.stop()


def archived(centre: CentreProcess, call: CallId, ending: str = ".rec") -> Path | None:
    return next((centre.folder / "recordings").glob(f"*/{call}{ending}"), None)


def has_more_than(centre: CentreProcess, size: int) -> bool:
    part = archived(centre, CALL, ".part")
    return part is not None and part.stat().st_size > size


def query(centre: CentreProcess, work: Callable[[asyncpg.Pool], Awaitable[Any]]) -> Any:
    """Stops the centre, works on its database, and starts it again."""
    centre.stop()
    cluster = Cluster(centre.folder)
    dsn = cluster.start()

    async def run() -> Any:
        async with asyncpg.create_pool(dsn, min_size=1, max_size=2) as pool:
            return await work(pool)

    try:
        return asyncio.run(run())
    finally:
        cluster.stop()
        centre.start()


def test_kills_of_the_centre_in_between_lose_nothing_and_send_nothing_twice(
    centre: CentreProcess, shelf: Shelf, uploaders: Callable[..., RecordingUploader], tmp_path: Path
) -> None:
    data = shelf.add(tmp_path, CALL, 6_000_000)
    uploader = uploaders(rate=2_500_000)
    for least in (1_000_000, 3_000_000):
        wait_for(partial(has_more_than, centre, least), "some of it came", 30)
        before = archived(centre, CALL, ".part")
        assert before is not None
        centre.kill()
        there = before.stat().st_size
        centre.start()
        assert before.stat().st_size >= there  # it goes on from there
        uploader.wake()

    wait_for(lambda: shelf.done == [CALL], "all of it came", 60)

    found = archived(centre, CALL)
    assert found is not None and found.read_bytes() == data
    assert not list((centre.folder / "recordings").glob("*/*.part"))
    private = (centre.folder / "recordings" / "recording.key").read_bytes()

    async def look(pool: asyncpg.Pool) -> Any:
        row = await pool.fetchrow("SELECT sealed_key, sha256, agent, whole_at FROM recording")
        notes = await pool.fetch("SELECT what FROM recording_access")
        return row, [note["what"] for note in notes]

    row, notes = query(centre, look)
    assert unseal(row["sealed_key"], private, CALL) == shelf.keys[CALL]
    assert (row["sha256"], row["agent"]) == (hashlib.sha256(data).hexdigest(), "8001")
    assert row["whole_at"] > 0 and notes == ["received"]


def test_nothing_is_sent_beside_a_call_and_a_new_start_goes_on_where_the_last_one_was(
    centre: CentreProcess, shelf: Shelf, uploaders: Callable[..., RecordingUploader], tmp_path: Path
) -> None:
    data = shelf.add(tmp_path, CALL, 2_000_000)
    first = uploaders(rate=1_000_000)
    wait_for(partial(has_more_than, centre, 500_000), "some of it came", 30)
    first.stop()
    part = archived(centre, CALL, ".part")
    assert part is not None and shelf.done == []
    there, calls = part.stat().st_size, [True]
    uploaders(is_busy=lambda: bool(calls))
    with pytest.raises(AssertionError):
        wait_for(lambda: shelf.done or part.stat().st_size != there, "nothing moves", 2)

    calls.clear()

    wait_for(lambda: shelf.done == [CALL], "it goes on after the call", 30)
    found = archived(centre, CALL)
    assert found is not None and found.read_bytes() == data


@pytest.mark.expects_log("cannot be brought to the centre")
def test_what_was_changed_on_the_way_is_refused_and_another_still_goes(
    centre: CentreProcess, shelf: Shelf, uploaders: Callable[..., RecordingUploader], tmp_path: Path
) -> None:
    shelf.add(tmp_path, CALL, 600_000)
    other = shelf.add(tmp_path, OTHER, 300_000, began_at=2000.0)
    file = tmp_path / f"{CALL}.rec"
    file.write_bytes(b"x" + file.read_bytes()[1:])

    uploaders()

    wait_for(lambda: shelf.done == [OTHER], "the sound one came", 30)
    found = archived(centre, OTHER)
    assert found is not None and found.read_bytes() == other
    assert archived(centre, CALL) is None


def test_rule_destroys_key_and_file_at_the_centre_but_not_what_is_held(
    centre: CentreProcess, shelf: Shelf, uploaders: Callable[..., RecordingUploader], tmp_path: Path
) -> None:
    shelf.add(tmp_path, CALL, 300_000)
    shelf.add(tmp_path, OTHER, 300_000)
    uploader = uploaders()
    wait_for(lambda: len(shelf.done) == 2, "both came", 30)
    shelf.holds.append((OTHER, "evidence"))
    uploader.wake()
    wait_for(lambda: not shelf.holds, "the centre holds one", 30)

    async def purge(pool: asyncpg.Pool) -> Any:
        archive = Archive(pool, centre.folder / "recordings", 1.0)
        try:
            gone = await archive.purge(2e10)
        finally:
            await archive.close()
        rows = await pool.fetch("SELECT call, sealed_key, destroyed_at FROM recording ORDER BY call")
        notes = await pool.fetch("SELECT call, what FROM recording_access WHERE who = 'rule'")
        return gone, rows, [(note["call"], note["what"]) for note in notes]

    gone, rows, notes = query(centre, purge)

    assert gone == 1 and notes == [(CALL, "destroyed")]
    assert (rows[0]["sealed_key"], rows[1]["destroyed_at"]) == (b"", 0)
    assert archived(centre, CALL) is None and archived(centre, OTHER) is not None


def test_the_centres_private_half_is_its_own(centre: CentreProcess, shelf: Shelf, tmp_path: Path) -> None:
    from app.sync.recording_upload import RecordingDoor

    door = RecordingDoor(centre.address, "x", "1.0")
    door.be(shelf.known)

    public = door.public_key()

    door.close()
    path = centre.folder / "recordings" / "recording.key"
    assert path.stat().st_mode & 0o077 == 0
    assert base64.b64encode(public) and len(public) == 32
