"""Pushes per second that a centre takes on its embedded PostgreSQL, beside what pgbench gets out of the same server.

`.venv/bin/python -m tests.benchmarks.centre [seconds]` prints one JSON object. The load runs on the same machine and costs it.
"""

import asyncio
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import msgspec
import psutil

from app.centre.cluster import Cluster, program
from app.centre.embedded import EmbeddedCentre
from app.domain.ticket import Stage, Ticket, TicketId
from app.wire import INSTANCE_HEADER, PROTOCOL, PROTOCOL_HEADER, TICKET_SAVED, Enrol, Enrolled, Hello, Operation, Push, Pushed

CONSOLES = 64


class Pusher:
    """One console on one kept-alive connection, which pushes one ticket at a time as fast as it is answered."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.times: list[float] = []
        self._headers = f"Host: centre\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\n{INSTANCE_HEADER}: {name}\r\n"

    async def open(self, port: int, token: str) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        made = msgspec.json.decode(await self._post("/v1/enrol", Enrol(token, self.name)), type=Enrolled)
        self._console = made.console
        self._headers += f"Authorization: Bearer {made.console}.{made.secret}\r\n"
        await self._post("/v1/hello", Hello(self.name, PROTOCOL, "1"))

    async def push_until(self, end: float) -> None:
        seq = 0
        while (begun := time.perf_counter()) < end:
            seq += 1
            ticket = Ticket(
                TicketId(_new_id()), stage=Stage.TAKEN, content="小区路灯坏了三天没有人修" * 10, version=1, saved_at=time.time()
            )
            body = msgspec.Raw(msgspec.json.encode(ticket))
            op = Operation(_new_id(), seq, TICKET_SAVED, ticket.id, time.time(), body)
            answer = await self._post("/v1/push", Push(self._console, self.name, (op,)))
            if msgspec.json.decode(answer, type=Pushed) != Pushed(seq):
                raise AssertionError(answer)
            self.times.append(time.perf_counter() - begun)

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def _post(self, path: str, body: Any) -> bytes:
        content = msgspec.json.encode(body)
        self._writer.write(f"POST {path} HTTP/1.1\r\n{self._headers}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1])  # type: ignore[index]
        answer = await self._reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise AssertionError(answer)
        return answer


def _new_id() -> str:
    return str(uuid.UUID(bytes=int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10)))


async def measure(seconds: float = 5.0) -> dict[str, float]:
    """Starts a centre in a folder of its own, loads it for so long, then its PostgreSQL with pgbench for as long."""
    folder = Path(tempfile.mkdtemp(prefix="jb"))
    centre = EmbeddedCentre(folder)
    try:
        centre.start()
        pushed = await _push(centre, seconds)
        centre.stop()
        return {**pushed, **_pgbench(folder, seconds)}
    finally:
        centre.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _push(centre: EmbeddedCentre, seconds: float) -> dict[str, float]:
    pushers = [Pusher(f"seat {n}") for n in range(CONSOLES)]
    port = int(centre.address.rsplit(":", 1)[1])
    for pusher in pushers:
        await pusher.open(port, centre.token)
    process = psutil.Process(centre.pid)
    cpu_s = _cpu_s(process)
    begun = time.perf_counter()
    await asyncio.gather(*(pusher.push_until(begun + seconds) for pusher in pushers))
    took = time.perf_counter() - begun
    cpu_s = _cpu_s(process) - cpu_s
    times = sorted(lap for pusher in pushers for lap in pusher.times)
    for pusher in pushers:
        await pusher.close()
    return {
        "centre_consoles": CONSOLES,
        "centre_pushes_per_s": round(len(times) / took, 1),
        "centre_cpu_ms_per_push": round(cpu_s * 1000 / len(times), 3),
        "centre_push_p50_ms": round(statistics.median(times) * 1000, 1),
        "centre_push_p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
    }


def _cpu_s(process: psutil.Process) -> float:
    """Of the centre itself, without PostgreSQL and without the load."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _pgbench(folder: Path, seconds: float) -> dict[str, float]:
    """Transactions per second of pgbench's own two scripts on the same server, 16 clients."""
    cluster = Cluster(folder)
    dsn = cluster.start()
    try:
        command = [str(program("pgbench")), "--no-vacuum", "-c", "16", "-j", "2", "-T", str(max(1, round(seconds)))]
        subprocess.run([str(program("pgbench")), "-i", "-q", "-s", "10", dsn], check=True, capture_output=True)
        found = {}
        for name, script in (("pgbench_tpcb_tps", "tpcb-like"), ("pgbench_update_tps", "simple-update")):
            said = subprocess.run([*command, "-b", script, dsn], check=True, capture_output=True, text=True).stdout
            found[name] = round(float(re.search(r"tps = ([0-9.]+)", said)[1]), 1)  # type: ignore[index]
        return found
    finally:
        cluster.stop()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0))))
