"""Trouble with disk, store, key, settings file and screen: one clear sentence each, and nothing that was typed is lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.kept_store import KeptStore
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import State, Workplace, codes

pytestmark = [pytest.mark.programs("Xvfb", "xdotool"), pytest.mark.timeout(180)]

ALONE = {"practice.is_on": False, "speech.is_listening": False}
"""Settings of a console that has nothing to do but write."""


def alone(home: Path, screen: Screen) -> Workplace:
    return Workplace(home, screen, ALONE, "--no-centre")


@pytest.fixture
def home(own_home: Path) -> Path:
    """Of a console that has ticket numbers."""
    with KeptStore(own_home / "desk") as store:
        store.lease(1, 100)
    return own_home / "desk"


def test_a_second_console_on_one_home_says_so_harms_nothing_and_takes_over_when_the_first_has_left(
    home: Path, screen: Screen
) -> None:
    with alone(home, screen) as first:
        first.note("water is off")
        with Screen() as other, alone(home, other) as second:
            second.says("store_locked", "被其他程序占用")
            second.note("street light broken")
            second.screen.key("ctrl+s")
            second.shows(lambda state: "store_locked" in codes(state), "still locked")
            assert second.state()["draft"]["ticket"]["content"] == "street light broken"
            first_number = first.save()

            first.stop()

            second.is_silent_about("store_locked")
            assert second.state()["draft"]["ticket"]["content"] == "street light broken"
            second_number = second.save()
    with KeptStore(home) as store:
        assert store.ticket(first_number).content == "water is off"
        assert store.ticket(second_number).content == "street light broken"


def test_a_wrong_key_is_said_and_the_right_one_put_back_opens_the_store(home: Path, screen: Screen) -> None:
    place = home / "store" / "store.key"
    key = place.read_text()
    place.write_text("raw:" + "ab" * 32)

    with alone(home, screen) as desk:
        desk.says("store_wrong_key", "密钥")
        desk.note("no gas")
        place.write_text(key)
        desk.is_silent_about("store_wrong_key")
        number = desk.save()

    with KeptStore(home) as store:
        assert store.ticket(number).content == "no gas"


@pytest.fixture
def small_disk(own_home: Path) -> Iterator[Path]:
    """A disk of 8 MB of its own."""
    place = own_home / "small" / "desk"
    place.mkdir(parents=True)
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "none", str(place)], check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Takes the last byte; the file that does it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    return ballast


def test_on_a_full_disk_the_draft_stays_and_the_ticket_is_saved_once_there_is_room(small_disk: Path, screen: Screen) -> None:
    with KeptStore(small_disk) as store:
        store.lease(1, 100)
    with alone(small_disk, screen) as desk:
        desk.note("lift stuck ")
        ballast = fill(small_disk)

        desk.note("seventh floor " * 20)
        desk.says("disk_full", "磁盘")
        desk.screen.key("ctrl+s")
        desk.screen.key("ctrl+s")
        desk.note("one child")
        assert desk.state()["draft"]["ticket"]["number"] is None

        ballast.unlink()
        desk.is_silent_about("disk_full")
        number = desk.save()
    with KeptStore(small_disk) as store:
        assert store.ticket(number).content == "lift stuck " + "seventh floor " * 20 + "one child"


def holds(length: int) -> Callable[[State], bool]:
    return lambda state: len(state["draft"]["ticket"]["content"]) == length


def test_a_note_of_ten_thousand_characters_is_kept_and_one_more_is_refused_at_the_field(home: Path, screen: Screen) -> None:
    with alone(home, screen) as desk:
        desk.note("0123456789")
        for length in (100, 1_000, 10_000):
            screen.key("ctrl+a", "ctrl+c", *["ctrl+v"] * 10)
            desk.shows(holds(length), f"{length} characters")
        screen.key("x")
        desk.says_beside_a_field("10000")
        screen.key("ctrl+v")
        number = desk.save()
        assert desk.state()["draft"]["ticket"]["content"] == "0123456789" * 1_000

    with KeptStore(home) as store:
        assert store.ticket(number).content == "0123456789" * 1_000


WRONG_SETTINGS = """\
[general]
theme = "pink"

[agent]
number = "1007
name = "王"

[emergency]
patiense_ms = 300
"""


def test_typos_in_the_settings_file_are_named_by_line_and_allowed_values_and_the_rest_of_the_file_counts(
    own_home: Path, screen: Screen
) -> None:
    home = own_home / "desk"
    home.mkdir()
    (home / "settings.toml").write_text(WRONG_SETTINGS)
    with Workplace(home, screen, {}, "--no-centre", "--no-practice") as desk:
        desk.shows(lambda state: codes(state).count("settings_wrong") == 3, "a notice for each typo")
        values = [notice["values"] for notice in desk.state()["notices"] if notice["code"] == "settings_wrong"]
        assert sorted(value[:2] for value in values) == [["settings.toml", line] for line in ("2", "5", "9")]
        assert desk.state()["agent"] == "王"

        (home / "settings.toml").write_text(WRONG_SETTINGS.replace('"pink"', '"dark"').replace("1007\n", '1007"\n'))
        desk.shows(lambda state: codes(state).count("settings_wrong") == 1, "the corrected lines forgotten")
        desk.says("settings_wrong", "settings.toml", "第 9 行", "emergency.patience_ms")


def started_without(environment: dict[str, str], home: Path) -> "subprocess.CompletedProcess[str]":
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "ui", "--home", str(home), "--no-centre", "--no-practice"]
    return subprocess.run(command, env={**bare, **environment}, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "environment",
    [{}, {"DISPLAY": ":4711"}, {"DISPLAY": "127.0.0.1:4711.0"}, {"WAYLAND_DISPLAY": "wayland-4711"}],
    ids=["none", "a dead one", "a dead one far away", "a dead one of Wayland"],
)
def test_without_a_display_it_says_so_and_how_to_get_one(environment: dict[str, str], own_home: Path) -> None:
    done = started_without(environment, own_home / "desk")

    assert done.returncode == 2
    assert "没有可用的显示屏" in done.stderr and "xvfb-run -a python3 dev.py run" in done.stderr


def test_a_window_that_never_comes_up_is_said_and_not_tried_for_ever(own_home: Path, screen: Screen) -> None:
    done = started_without({**screen.environment, "QT_QPA_PLATFORM": "no-such-platform"}, own_home / "desk")

    assert done.returncode == 1
    assert "窗口无法打开" in done.stderr and "window.log" in done.stderr
