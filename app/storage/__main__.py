"""`python -m app.storage evidence list|verify`: evidence packs without the window, also while it is open."""

import argparse
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import platformdirs
from sqlalchemy import select

from app.domain.evidence import Flaw, PackFacts
from app.errors import JiesuError
from app.storage.database import FILE, Database
from app.storage.evidence import check_pack
from app.storage.evidence_room import EVIDENCE_KEY, check_file
from app.storage.facts import find_fact
from app.storage.key import store_key, system_keyring
from app.storage.tables import evidence as table

DEFAULT_STORE = platformdirs.user_data_path("jiesu", appauthor=False) / "store"


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 where every pack is as it was sealed, 1 where one is not, 2 where the store cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m app.storage", description="Evidence packs of this console.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    evidence = kinds.add_parser("evidence", help="sealed packs of calls")
    evidence.add_argument("action", choices=("list", "verify"))
    evidence.add_argument("files", nargs="*", type=Path, help="packs, or open copies (.zip); none = all of the store")
    evidence.add_argument("--store", type=Path, default=DEFAULT_STORE, help=f"the store's folder (default: {DEFAULT_STORE})")
    asked = parser.parse_args(list(arguments))
    try:
        return _list(asked.store) if asked.action == "list" else _verify(asked.files, asked.store)
    except (JiesuError, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 2


def _list(store: Path) -> int:
    for facts in _known(store):
        print(
            f"{facts.name}  {facts.ticket or '-'}  {facts.size} bytes  sha256 {facts.sha256}  {' '.join(facts.lacks)}".rstrip()
        )
    return 0


def _verify(files: list[Path], store: Path) -> int:
    packs = files or [store / "evidence" / facts.name for facts in reversed(_known(store))]
    flaws = {path: _flaws(path, store) for path in packs}
    for path, found in flaws.items():
        print(f"{path.name}: {'whole, as it was sealed' if not found else ', '.join(found)}")
    return int(any(found for found in flaws.values() if found != (Flaw.UNSIGNED_COPY,)))


def _flaws(path: Path, store: Path) -> tuple[str, ...]:
    """An open copy is looked through without the store; a sealed pack with its key and its place in the chain."""
    if zipfile.is_zipfile(path):
        return check_pack(path.read_bytes(), None)[1]
    database = _database(store)
    try:
        with database.transaction(writes=False) as connection:
            key = find_fact(connection, EVIDENCE_KEY, str)
            row = connection.execute(select(table).where(table.c.name == path.name)).first()
            before = connection.execute(select(table.c.mac).where(table.c.name == row.previous)).scalar() if row else None
    finally:
        database.close()
    return check_file(path, key, row.mac if row else "", before or "")


def _known(store: Path) -> list[PackFacts]:
    database = _database(store)
    try:
        with database.transaction(writes=False) as connection:
            bodies = connection.execute(select(table.c.body).order_by(table.c.id.desc())).scalars()
            return [msgspec.json.decode(body, type=PackFacts) for body in bodies]
    finally:
        database.close()


def _database(store: Path) -> Database:
    """Reads beside a console that is running: the write-ahead log lets it. Raises StoreWrongKey, OSError."""
    if not (store / FILE).is_file():
        raise FileNotFoundError(f"there is no store in {store}")
    return Database(store / FILE, store_key(store, True, system_keyring()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
