"""Trouble with speech models: the call and its ticket do not need them, and words come as soon as a model is put right."""

import os
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.kept_store import KeptStore
from tests.end_to_end.screen import Screen
from tests.end_to_end.workplace import Workplace, stages
from tests.habits.needs import MODELS, ROOT
from tests.trunk import Caller

pytestmark = [pytest.mark.speech, pytest.mark.programs("Xvfb", "xdotool"), pytest.mark.timeout(180)]

SEAT_PORT = 15592
CITIZEN = "127.0.0.5"
LISTENING = {
    "practice.is_on": False,
    "telephony.local_port": SEAT_PORT,
    "telephony.accepts_from": CITIZEN,
    "speech.models": ["whisper-base"],
}
BROKEN = "vocabulary.txt"


@pytest.fixture
def home(own_home: Path) -> Path:
    """Of a console that has ticket numbers."""
    with KeptStore(own_home / "desk") as store:
        store.lease(1, 100)
    return own_home / "desk"


def take_a_call(desk: Workplace) -> None:
    """A call is answered, noted, saved and ended, with nobody listening."""
    citizen = Caller(CITIZEN)
    try:
        citizen.call(f"127.0.0.1:{SEAT_PORT}", "desk")
        desk.shows(lambda state: "ringing" in stages(state), "a ringing call")
        desk.screen.key("F2")
        desk.shows(lambda state: "talking" in stages(state), "a call that talks")
        desk.note("typed by hand")
        desk.save()
        desk.screen.key("F3")
        desk.shows(lambda state: "talking" not in stages(state), "the end of the call")
    finally:
        citizen.close()


def test_a_model_that_is_missing_or_damaged_is_named_and_listens_once_it_is_put_right(home: Path, screen: Screen) -> None:
    models = home.parent / "models"
    models.mkdir()
    with Workplace(home, screen, LISTENING, "--no-centre", environment={"JIESU_MODELS": str(models)}) as desk:
        desk.says("model_missing", "whisper-base", "未安装")
        take_a_call(desk)

        shutil.copytree(MODELS / "whisper-base", models / "new", copy_function=os.symlink)
        (models / "new" / BROKEN).unlink()
        (models / "new" / BROKEN).write_text("damaged")
        (models / "new").rename(models / "whisper-base")
        desk.says("model_corrupt", "whisper-base", BROKEN, timeout_s=30)
        desk.is_silent_about("model_missing")

        shutil.copy(MODELS / "whisper-base" / BROKEN, models / "whisper-base" / BROKEN)
        desk.is_silent_about("model_corrupt", 60)
        speech = desk.state()["speech"]
        assert (speech["engine"], speech["model"]) == ("whisper", "whisper-base")


def test_a_model_of_an_unknown_engine_is_named_and_calls_and_tickets_work(home: Path, screen: Screen) -> None:
    program = home.parent / "program"
    for part in ("app", "ui", "resources"):
        shutil.copytree(ROOT / part, program / part, ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = (ROOT / "speech_models" / "models.toml").read_text("utf-8")
    (program / "speech_models").mkdir()
    (program / "speech_models" / "models.toml").write_text(
        catalogue.replace('engine = "whisper"', 'engine = "sphinx"'), "utf-8"
    )

    with Workplace(home, screen, LISTENING, "--no-centre", program=program) as desk:
        desk.says("model_engine_unknown", "whisper-base", "sphinx")
        take_a_call(desk)
