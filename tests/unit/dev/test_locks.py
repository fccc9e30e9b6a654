"""The locks: exact, hashed, for both systems, and free of any registry's name."""

import re
from pathlib import Path

import pytest

LOCKS = Path(__file__).resolve().parents[3] / ".ci" / "locks"


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (LOCKS / f"{lock}.txt").read_text("utf-8"), re.MULTILINE))


def entries(lock: str) -> list[str]:
    text = re.sub(r"^#.*\n", "", (LOCKS / f"{lock}.txt").read_text("utf-8"), flags=re.MULTILINE)
    return re.split(r"\n(?=\S)", text.strip())


@pytest.mark.parametrize("lock", ["build", "run", "test"])
def test_every_package_is_exact_and_hashed(lock: str) -> None:
    assert [
        entry for entry in entries(lock) if not re.match(r"[a-z0-9.-]+==\S+ ;(.|\n)*--hash=sha256:[0-9a-f]{64}", entry)
    ] == []


@pytest.mark.parametrize("lock", ["build", "run", "test"])
def test_no_registry_is_named(lock: str) -> None:
    assert re.findall(r"https?:|--(?:extra-)?index|find-links|file:", (LOCKS / f"{lock}.txt").read_text("utf-8")) == []


@pytest.mark.parametrize("lock", ["run", "test"])
def test_nothing_is_there_for_a_system_we_do_not_serve(lock: str) -> None:
    assert [name for name in pinned(lock) if name.startswith("pyobjc")] == []


def test_tests_run_on_the_very_versions_that_are_shipped() -> None:
    assert pinned("run").items() <= pinned("test").items()


def test_the_window_toolkit_is_the_one_that_runs_on_old_desktops() -> None:
    assert pinned("run")["pyside6-essentials"] == "6.8.3"
