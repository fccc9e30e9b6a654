"""What the whole program costs: processor time of each process in a call with transcription, memory after it."""

import shutil
import tempfile
from pathlib import Path

from tests.benchmarks import call as call_part
from tests.benchmarks.program import Program
from tests.benchmarks.report import Figure, Group, Missing, Target
from tests.end_to_end.screen import Screen
from tests.habits.needs import lacking_model

MB = 1_000_000


def measure(is_quick: bool) -> Group:
    """One practice call is answered, listened to and ended; RSS is what a process holds a moment later."""
    if reason := call_part.why_not() or lacking_model(()):
        raise Missing(reason)
    talk_s = 12.0 if is_quick else 45.0
    folder = Path(tempfile.mkdtemp(prefix="jb"))
    try:
        with Screen() as screen, Program(folder, screen) as program:
            used, heard, words = program.take_call(talk_s)
            held = program.memory()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    cpu = [Figure(f"cpu_{role}", f"CPU in a call: {role}", "% core", [share * 100]) for role, share in used.items()]
    rss = [
        Figure(f"rss_{role}", f"RSS after a call: {role}", "MB", [size / MB], Target("p50", 250) if role == "window" else None)
        for role, size in held.items()
    ]
    total = [Figure("cpu_all", "CPU in a call: all", "% core", [sum(used.values()) * 100]),
             Figure("rss_all", "RSS after a call: all", "MB", [sum(held.values()) / MB])]  # fmt: skip
    return Group(
        "processes",
        [*cpu, total[0], *rss, total[1]],
        [
            f"the citizen {program.citizen} talked for {heard:.0f} s, {words} characters of it were shown; 100 % = one core; "
            "`python -m ui --no-practice`, the citizen is a process of its own that is not counted; the centre (with its "
            "PostgreSQL) runs on a server where there are several desks; shared pages count in each process that maps them"
        ],
    )
