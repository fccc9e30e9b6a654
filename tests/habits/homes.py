"""Each test has a home of its own, so that no test reads or writes what belongs to the user."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
}
NOT_OURS = ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "PULSE_SERVER", "PULSE_RUNTIME_PATH")
"""What would lead a test to the desktop of whoever runs it."""


def settle(environment: pytest.MonkeyPatch, root: Path) -> None:
    for name, folder in FOLDERS.items():
        place = root / folder
        place.mkdir(mode=0o700, exist_ok=True)
        environment.setenv(name, str(place))
    for name in NOT_OURS:
        environment.delenv(name, raising=False)
    environment.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    environment.setenv("HF_HUB_OFFLINE", "1")
    environment.setenv("QT_QPA_PLATFORM", os.environ.get("QT_QPA_PLATFORM") or "offscreen")


@pytest.fixture(autouse=True, scope="session")
def session_home() -> Iterator[None]:
    """A home for what lives longer than a test; short paths, because the name of a local socket may have 107 bytes."""
    root = Path(tempfile.mkdtemp(prefix="jh"))
    with pytest.MonkeyPatch.context() as environment:
        settle(environment, root)
        yield
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, session_home: None) -> Iterator[Path]:
    """The folder above this test's HOME and XDG folders."""
    root = Path(tempfile.mkdtemp(prefix="jh"))
    settle(monkeypatch, root)
    yield root
    shutil.rmtree(root, ignore_errors=True)
