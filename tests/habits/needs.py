"""What a test needs of the machine and how it is skipped, by name, without it: models, data, exchange, sound, display."""

import os
import shutil
from pathlib import Path

import pytest

from tests import exchange

ROOT = Path(__file__).resolve().parents[2]
MODELS = Path(os.environ.get("JIESU_MODELS") or ROOT / "speech_models")


def shared_folder() -> Path | None:
    """The data folder that JIESU_SHARED names, or None."""
    named = os.environ.get("JIESU_SHARED", "")
    return Path(named) if named and Path(named).is_dir() else None


def lacking_model(names: tuple[str, ...]) -> str:
    absent = [name for name in names or ("whisper-base",) if not (MODELS / name / "installed.json").is_file()]
    return f"speech model {', '.join(absent)} is not installed (python -m app.speech models install)" if absent else ""


def lacking_data(_: tuple[str, ...]) -> str:
    return "" if shared_folder() else "JIESU_SHARED names no data folder"


def lacking_exchange(_: tuple[str, ...]) -> str:
    if not shutil.which("sipp"):
        return "sipp is not installed (Debian: sip-tester)"
    return exchange.why_not()


def lacking_programs(names: tuple[str, ...]) -> str:
    absent = [name for name in names if not shutil.which(name)]
    return f"{', '.join(absent)} not installed" if absent else ""


NEEDS = {"speech": lacking_model, "shared": lacking_data, "pbx": lacking_exchange, "programs": lacking_programs}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "speech(*models): needs installed speech models, whisper-base when none is named")
    config.addinivalue_line("markers", "shared: needs the data folder named by JIESU_SHARED")
    config.addinivalue_line("markers", "pbx: needs the test exchange (Asterisk in a folder, sipp)")
    config.addinivalue_line("markers", "slow: takes minutes; left out with -m 'not slow'")
    config.addinivalue_line("markers", "programs(*names): needs these programs of the system")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, lacking in NEEDS.items():
        for mark in item.iter_markers(name):
            if reason := lacking(mark.args):
                pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data and speech; mark the test `shared`."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("JIESU_SHARED names no data folder")
    return folder
