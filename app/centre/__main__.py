"""The centre's command line: `python -m app.centre`."""

import argparse
import asyncio
import logging
import os
import secrets
import sys
import threading
from pathlib import Path

import asyncpg

from app import VERSION
from app.centre.account import default_folder
from app.centre.cluster import Cluster, ClusterFailed
from app.centre.exchange_options import add_exchange_options, exchange_plan
from app.centre.register import Register
from app.centre.server import Place, connect, serve
from app.domain.masking import mask_log

log = logging.getLogger("app.centre")


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app.centre", description="The Jiesu centre that consoles sync with.")
    parser.add_argument(
        "act", nargs="?", choices=("serve", "token"), default="serve", help="token: print an enrolment token, and end"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--dsn", help="PostgreSQL to use, postgresql://…; also from JIESU_CENTRE_DSN (not seen by others in ps)")
    where.add_argument("--data", type=Path, metavar="DIR", help="folder of the embedded PostgreSQL (default: the user's own)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=15400, help="0: a free one (default: %(default)s)")
    parser.add_argument("--team", default="hall", help="whom the token lets in (default: %(default)s)")
    parser.add_argument("--token-file", type=Path, help="enrolment token of the site; made if missing (default: in the folder)")
    parser.add_argument("--make-token", action="store_true", help="the same as the act token")
    parser.add_argument("--lead", action="store_true", help="the token is a team lead's: its console may supervise")
    add_exchange_options(parser)
    parser.add_argument("--recordings", type=Path, metavar="DIR", help="where recordings are kept (default: in the folder)")
    parser.add_argument(
        "--recordings-keep-days", type=float, default=180.0, metavar="DAYS", help="0: for ever (default: %(default)s)"
    )
    parser.add_argument("--end-with-stdin", action="store_true", help="end when standard input closes: for whoever starts us")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> int:
    given = arguments(words)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    mask_log()
    logging.getLogger("app").setLevel(logging.DEBUG if given.verbose else logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    dsn = given.dsn or ("" if given.data else os.environ.get("JIESU_CENTRE_DSN", ""))
    cluster = None if dsn else Cluster(given.data or default_folder())
    ended_by = threading.Event()
    try:
        if cluster is not None:
            dsn = cluster.start()
        if given.make_token or given.act == "token":
            print(asyncio.run(_make_token(dsn, given.team, given.lead)))
            return 0
        folder = cluster.folder if cluster else default_folder()
        token_file = given.token_file or folder / "token"
        token = _site_token(token_file)
        if given.end_with_stdin:
            threading.Thread(target=_wait_for_stdin, args=(ended_by,), name="stdin", daemon=True).start()
        place = Place(given.host, given.port, given.team, token, VERSION, exchange_plan(given, os.environ),
                      given.recordings or folder / "recordings", given.recordings_keep_days)  # fmt: skip
        return 0 if serve(dsn, place, cluster, lambda address: _ready(address, token_file), ended_by) else 1
    except (ClusterFailed, OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as wrong:
        log.error("the centre cannot start: %s", wrong)
        return 1
    finally:
        if cluster is not None:
            cluster.stop()


def _ready(address: str, token_file: Path) -> None:
    print(f"Jiesu centre {VERSION} ready at {address}", flush=True)
    print(f"consoles enrol with the token in {token_file}", flush=True)


def _site_token(path: Path) -> str:
    """The token in the file; a new one is made where there is none, readable by the user only."""
    try:
        token = path.read_text(encoding="utf-8").strip()
        if token:
            return token
        path.unlink()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_urlsafe(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(token + "\n")
    return token


async def _make_token(dsn: str, team: str, is_lead: bool) -> str:
    pool = await connect(dsn, 2)
    try:
        return await Register(pool, "").make_token(team, is_once=True, is_lead=is_lead)
    finally:
        await pool.close()


def _wait_for_stdin(ended_by: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    ended_by.set()


if __name__ == "__main__":
    sys.exit(main())
