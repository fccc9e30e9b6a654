"""Measures the console, its store, its words and its centre: `.venv/bin/python -m tests.benchmarks.desk`.

Prints a table; with --json one JSON object on the last line. Nothing is asserted: a figure beyond its target is marked.
"""

import argparse
import asyncio
import datetime
import json
import os
import platform
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from tests.benchmarks import alarm, audio, call, centre, hop, peers, processes, soak, start, store, window, words
from tests.benchmarks.report import Figure, Group, Missing, to_json, to_markdown, to_text

PAGE = Path(__file__).resolve().parents[2] / "docs" / "BENCHMARKS.md"
COMMAND = ".venv/bin/python -m tests.benchmarks.desk"


def measure_centre(is_quick: bool) -> Group:
    """64 consoles on one machine with the centre, then pgbench on the same server."""
    found = asyncio.run(centre.measure(2.0 if is_quick else 10.0))
    figures = [
        Figure("centre_push_per_s", "pushes taken by the centre", "1/s", [found["centre_pushes_per_s"]]),
        Figure(
            "pgbench_update_tps", "pgbench simple-update, same PostgreSQL", "1/s", [found["pgbench_update_tps"]], is_peer=True
        ),
        Figure("pgbench_tpcb_tps", "pgbench tpcb-like, same PostgreSQL", "1/s", [found["pgbench_tpcb_tps"]], is_peer=True),
        Figure("centre_push_p50_ms", "one push, answered (p50)", "ms", [found["centre_push_p50_ms"]]),
        Figure("centre_push_p99_ms", "one push, answered (p99)", "ms", [found["centre_push_p99_ms"]]),
        Figure("centre_cpu_ms", "CPU of the centre a push", "ms", [found["centre_cpu_ms_per_push"]]),
    ]
    note = f"{found['centre_consoles']:.0f} consoles push one ticket each as fast as they are answered; pgbench: 16 clients"
    return Group("centre", figures, [f"{note}; embedded PostgreSQL, each commit durable; the load runs on the same cores"])


PARTS: dict[str, Callable[[bool], Group]] = {
    "start": start.measure,
    "call": call.measure,
    "window": window.measure,
    "words": words.measure,
    "alarm": alarm.measure,
    "store": store.measure,
    "hop": hop.measure,
    "processes": processes.measure,
    "audio": audio.measure,
    "centre": measure_centre,
    "peers": peers.measure,
    "soak": soak.measure,
}


def main(arguments: Sequence[str]) -> int:
    """1 where a part failed; what is beyond its target or cannot be measured here is no failure."""
    options = _options(arguments)
    described = machine()
    groups = []
    for name in options.only:
        print(f"measuring {name} …", file=sys.stderr)
        groups.append(_measured(name, PARTS[name], options.quick))
    print(to_text(groups))
    told: dict[str, object] = {"machine": described, "date": today(), "quick": options.quick, "parts": to_json(groups)}
    if options.write:
        PAGE.write_text(to_markdown(groups, described, today(), " ".join((COMMAND, *arguments))), "utf-8")
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    return 1 if any(group.missing.startswith("failed") for group in groups) else 0


def _measured(name: str, part: Callable[[bool], Group], is_quick: bool) -> Group:
    """One part that fails does not take the others with it."""
    try:
        return part(is_quick)
    except Missing as lacking:
        return Group(name, missing=str(lacking))
    except Exception as failed:
        traceback.print_exc()
        return Group(name, missing=f"failed: {type(failed).__name__}: {failed}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.desk", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--only", type=_parts, default=tuple(PARTS), metavar="NAME,…", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="few samples: shows that it works, not how fast")
    parser.add_argument("--write", action="store_true", help="write docs/BENCHMARKS.md")
    return parser.parse_args(arguments)


def _parts(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"no {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return names


def machine() -> str:
    """What these figures were measured on, and how much else it did at the beginning."""
    memory = psutil.virtual_memory().total / 2**30
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    parts = (_processor(), f"{os.cpu_count()} cores", f"{memory:.0f} GiB", _system(),
             f"Python {platform.python_version()}", load)  # fmt: skip
    return ", ".join(part for part in parts if part)


def _system() -> str:
    """Name and the first two numbers: the rest is the maker's own."""
    return f"{platform.system()} {'.'.join(re.findall(r'[0-9]+', platform.release())[:2])}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def today() -> str:
    return datetime.date.today().isoformat()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
