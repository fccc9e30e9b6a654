"""Practice calls by hand."""

import subprocess
import sys
from pathlib import Path

from tests.integration.practice.parties import ROOT, Console, Spoken, environment, free_port, make_pack
from tests.waiting import wait_for


def run(own_home: Path, *arguments: str, **names: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app.practice", *arguments]
    options = {"cwd": ROOT, "stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": 60}
    return subprocess.run(command, env=environment(own_home, names), check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_the_list_names_every_citizen_with_the_line_it_needs(own_home: Path) -> None:
    done = run(own_home, "list")

    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("kitchen_fire")] == [
        ["kitchen_fire", "119"]
    ]


def test_a_citizen_who_is_not_there_is_refused_with_those_who_are(own_home: Path) -> None:
    done = run(own_home, "call", "nobody", "--target", "sip:console@127.0.0.1:9")

    assert done.returncode == 2
    assert "kitchen_fire" in done.stderr


def test_a_call_that_nobody_takes_fails(own_home: Path) -> None:
    pack = make_pack(own_home / "pack", short=(0.5,))
    target = f"sip:console@127.0.0.1:{free_port()};transport=tcp"

    done = run(own_home, "call", "pack/short", "--target", target, JIESU_PRACTICE_PACK=str(pack))

    assert done.returncode == 1
    assert "failed" in done.stdout


def test_a_call_by_hand_is_over_when_the_console_hangs_up(own_home: Path, console: Console) -> None:
    pack = make_pack(own_home / "pack", short=(0.5,))
    names = {"JIESU_PRACTICE_PACK": str(pack)}
    command = ("-m", "app.practice", "call", "pack/short", "--target", console.address)
    caller = Spoken(*command, env=environment(own_home, names))
    try:
        call = console.take()
        console.hear_sentence(0)
        console.do("hang_up", call=call)
        wait_for(lambda: "ended agent" in caller.lines, "the call is over", 10)
    finally:
        assert caller.end() == 0
