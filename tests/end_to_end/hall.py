"""What stands around a console in a hotline hall: exchange, centre, emergency trainers, citizens: all real, on loopback."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import asyncpg

from app.centre.cluster import Cluster
from tests.exchange import SLOT, TRUNK, Exchange, ExchangePlan
from tests.habits.needs import MODELS
from tests.integration.centre.places import SITE_TOKEN, CentreProcess

TRAINERS = f"127.0.{SLOT}.7:15480,127.0.{SLOT}.8:15481"
PLAN = ExchangePlan(port=15460, rtp_first=31500, rtp_last=31900, emergency=TRAINERS.split(",")[0])


class Hall:
    """Starts all of it; each part may be killed and started again. `of_the_centre`: further words of its command line."""

    def __init__(self, folder: Path, centre_port: int, plan: ExchangePlan = PLAN, of_the_centre: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self._data = Path(tempfile.mkdtemp(prefix="jc"))
        self.exchange = Exchange(plan)
        self.centre = CentreProcess(self._data, centre_port, *of_the_centre)
        self._parties: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Hall":
        self.exchange.__enter__()
        self.centre.start()
        for index in (0, 1):
            self._party("trainer", "--index", str(index), JIESU_TRAINER_SIP=TRAINERS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for party in self._parties:
            party.terminate()
        for party in self._parties:
            party.wait(15)
        self.centre.stop()
        self.exchange.__exit__(kind, error, trace)

    def settings(self, agent: str = "1001") -> dict[str, object]:
        """Settings of a console of this hall, its trunk map signed off: 110/119/120/122 end at the trainers all the same."""
        return {
            "agent.number": agent,
            "telephony.pbx_address": self.exchange.address,
            "telephony.pbx_user": agent,
            "telephony.pbx_password": f"pw{agent}",
            "telephony.gateway_address": TRAINERS.split(",")[1],
            "emergency.is_signed_off": True,
            "centre.address": self.centre.address,
            "centre.token": SITE_TOKEN,
            "practice.is_on": False,
        }

    def citizen_calls(self, key: str, pack: Path | None = None, agent: str = "1001") -> subprocess.Popen[bytes]:
        """A citizen calls the agent through the exchange's trunk, and speaks."""
        target = f"sip:{agent}@{self.exchange.address};transport=udp"
        pack_named = {"JIESU_PRACTICE_PACK": str(pack)} if pack else {}
        return self._party(
            "call", f"pack/{key}" if pack else key, "--target", target, JIESU_PRACTICE_SIP=f"{TRUNK}:15470", **pack_named
        )

    def emergency_calls(self) -> list[Mapping[str, Any]]:
        """What the trainers wrote down of calls that have begun or ended."""
        path = self.folder / "trainer" / "calls.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def tickets(self) -> list[Mapping[str, Any]]:
        """The tickets that stand in PostgreSQL."""
        return tickets_at(self._data)

    def rows(self, query: str) -> list[Mapping[str, Any]]:
        """What PostgreSQL answers to a query."""
        return rows_at(self._data, query)

    def _party(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{arguments[0]}.out").open("ab")
        given = {
            **os.environ,
            "JIESU_MODELS": str(MODELS),
            "JIESU_TRAINER_FOLDER": str(self.folder / "trainer"),
            "JIESU_CACHE": str(self.folder / "cache"),
            **environment,
        }
        party = subprocess.Popen([sys.executable, "-m", "app.practice", *arguments], env=given, stdout=log, stderr=log)
        log.close()
        self._parties.append(party)
        return party


def tickets_at(data: Path) -> list[Mapping[str, Any]]:
    """The tickets that stand in the PostgreSQL of this folder."""
    return rows_at(data, "SELECT * FROM ticket")


def rows_at(data: Path, query: str) -> list[Mapping[str, Any]]:
    async def fetch() -> list[Mapping[str, Any]]:
        connection = await asyncpg.connect(Cluster(data).dsn)
        try:
            return [dict(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    return asyncio.run(fetch())
