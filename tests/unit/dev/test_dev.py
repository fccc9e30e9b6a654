"""dev.py: what a newcomer meets first."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.venv` of the test's own that is just a working Python."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", python)
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "jiesu.json")
    return tmp_path


class Pip:
    """Stands for `dev.install`: remembers what it was asked for and answers what it was told."""

    def __init__(self, answer: str = "") -> None:
        self.asked: list[str] = []
        self._answer = answer

    def __call__(self, lock: str, wanted: int) -> str:
        self.asked.append(lock)
        return self._answer


def test_a_second_start_installs_nothing(own_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = Pip()
    monkeypatch.setattr(dev, "install", pip)
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    dev.make_environment("run")

    dev.make_environment("run")

    assert pip.asked == ["build", "run"]


def test_the_test_environment_serves_the_console_too(own_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = Pip()
    monkeypatch.setattr(dev, "install", pip)
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    dev.make_environment("test")

    dev.make_environment("run")

    assert pip.asked == ["build", "test"]


def test_without_a_network_the_first_start_says_so_in_words(own_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "install", Pip("no route to host"))
    monkeypatch.setattr(dev, "make_venv", lambda: None)

    with pytest.raises(dev.Trouble, match="no route to host\nIs the package registry within reach"):
        dev.make_environment("run")


def test_without_a_network_a_later_start_goes_on_with_what_is_there(
    own_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "install", Pip("no route to host"))
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    dev.write_stamp({"run": "of an older lock"})

    dev.make_environment("run")

    assert "those from before are used" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("need", "met"),
    [
        ({"library": "libc.so.6"}, True),
        ({"library": "libno-such.so.9"}, False),
        ({"program": "sh"}, True),
        ({"program": "no-such-program"}, False),
        ({"file": "/etc/os-rel*"}, True),
        ({"file": "/etc/no-such*"}, False),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux packages")
def test_what_the_system_lacks_is_seen(need: dict[str, str], met: bool) -> None:
    assert dev.is_met(need) is met


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux packages")
def test_who_may_not_install_gets_the_line_to_type(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    need = {"package": "libportaudio2", "without": "no headset can be used"}
    monkeypatch.setattr(dev, "missing", lambda _: [need])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    dev.bring_system_packages("run")

    assert capsys.readouterr().out.splitlines() == [
        "Please type once (names as in Debian): sudo apt-get install -y libportaudio2",
        "Without libportaudio2 no headset can be used.",
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux packages")
def test_a_window_that_cannot_open_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "missing", lambda _: [{"package": "libegl1", "is_needed": True}])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(dev.Trouble):
        dev.bring_system_packages("run")


class Models:
    """Stands for the model installer's process; no model can be had."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, command: list[object], **_: object) -> int:
        self.asked.append(str(command[-1]))
        return 1


def test_a_model_that_cannot_be_had_is_not_asked_for_at_every_start(
    own_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    models = Models()
    monkeypatch.setenv("JIESU_MODELS", str(own_environment))
    monkeypatch.setattr(subprocess, "call", models)
    dev.bring_models()

    dev.bring_models()

    assert models.asked == list(dev.MODELS)
    assert "everything else works" in capsys.readouterr().out
    assert set(json.loads(dev.STAMP.read_text("utf-8"))["refused"]) == set(dev.MODELS)


def test_a_model_that_is_there_is_left_alone(own_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = Models()
    for name in dev.MODELS:
        (own_environment / name).mkdir()
        (own_environment / name / "installed.json").touch()
    monkeypatch.setenv("JIESU_MODELS", str(own_environment))
    monkeypatch.setattr(subprocess, "call", models)

    dev.bring_models()

    assert models.asked == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
def test_without_a_display_the_console_says_how_to_get_one_and_starts_nothing() -> None:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }

    done = subprocess.run(
        [sys.executable, dev.__file__, "run"],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=30,
    )

    assert done.returncode == 2
    assert done.stdout.startswith("No display:") and "xvfb-run" in done.stdout and len(done.stdout.splitlines()) == 1


def test_an_unknown_word_shows_the_commands() -> None:
    done = subprocess.run(
        [sys.executable, dev.__file__, "dance"], capture_output=True, text=True, encoding="utf-8", check=False, timeout=30
    )

    assert done.returncode == 2
    assert all(command in done.stdout for command in ("run", "test", "check", "lock"))
