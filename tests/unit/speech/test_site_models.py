"""Models that a site brings itself: known from then on by their hashes, and by nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import listener
from app.errors import ModelCorrupt, ModelError
from app.settings import load
from app.speech import catalogue
from app.speech.catalogue import SITE_CATALOGUE, read_catalogue, read_site
from app.speech.glance import ModelState, glances
from app.speech.models import ModelFolder
from app.speech.models_cli import run_models
from app.speech.site_models import SiteModel, add_to_site
from tests.tone_models import make_model

HALL = SiteModel("hall-zh", "sherpa-onnx", ("zh",), "Apache-2.0", "ours; from the stick in room 3")


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    home = make_model("sense-voice", tmp_path / "stick" / "model")
    (home / "README.md").write_text("read me", encoding="utf-8")
    (home / ".git").mkdir()
    return home


def test_a_model_of_the_site_is_copied_hashed_and_found_like_any_other(folder: Path, brought: Path) -> None:
    add_to_site(folder, brought, HALL)

    known = ModelFolder(folder)
    model = known.models["hall-zh"]
    assert [file.path for file in model.files] == ["model.onnx", "tokens.txt"]
    assert (model.engine, model.licence, model.maker) == (HALL.engine, HALL.licence, HALL.maker)
    with known.opened("hall-zh", "zh") as home:
        assert home == folder / "hall-zh"
    assert "whisper-base" in known.models


def test_a_byte_that_changes_in_it_later_is_found(folder: Path, brought: Path) -> None:
    add_to_site(folder, brought, HALL)
    path = folder / "hall-zh" / "tokens.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("火", "水"), encoding="utf-8")

    with pytest.raises(ModelCorrupt), ModelFolder(folder).opened("hall-zh"):
        pass


def test_two_models_stand_side_by_side_and_one_is_noted_anew(folder: Path, brought: Path) -> None:
    add_to_site(folder, brought, HALL)
    add_to_site(folder, brought, SiteModel("other", "sherpa-onnx", ("zh", "en"), "MIT"))
    path = folder / "hall-zh" / "tokens.txt"
    path.write_text(path.read_text(encoding="utf-8") + "水 99\n", encoding="utf-8")

    add_to_site(folder, folder / "hall-zh", HALL)

    known, wrong = read_site(folder)
    assert wrong is None and set(known) == {"hall-zh", "other"}
    assert ModelFolder(folder).verify("hall-zh") and known["other"].languages == ("zh", "en")


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (SiteModel("../up", "sherpa-onnx", ("zh",), "MIT"), "is no name"),
        (SiteModel("", "sherpa-onnx", ("zh",), "MIT"), "is no name"),
        (SiteModel("a", "sherpa-onnx", ("zh",), " "), "has no licence"),
        (SiteModel("a", "sherpa-onnx", ("Chinese",), "MIT"), "is no language"),
        (SiteModel("a", "sherpa-onnx", (), "MIT"), "is no language"),
        (SiteModel("whisper-base", "sherpa-onnx", ("zh",), "MIT"), "choose another"),
        (SiteModel("a", "whisper", ("zh",), "MIT"), "is it a whisper model"),
        (SiteModel("a", "vosk", ("zh",), "MIT"), "is it a vosk model"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_noted(
    folder: Path, brought: Path, wanted: SiteModel, reason: str
) -> None:
    with pytest.raises(ModelError, match=reason):
        add_to_site(folder, brought, wanted)

    assert not (folder / SITE_CATALOGUE).exists()


def test_a_model_the_library_would_fall_over_is_refused_when_it_is_added(folder: Path, brought: Path) -> None:
    (brought / "model.onnx").write_bytes((brought / "model.onnx").read_bytes()[:900])

    with pytest.raises(ModelError, match=r"middle|whole|does not"):
        add_to_site(folder, brought, HALL)

    assert not (folder / "hall-zh").exists()


def test_a_folder_of_that_name_is_not_written_over(folder: Path, brought: Path) -> None:
    (folder / "hall-zh").mkdir(parents=True)
    (folder / "hall-zh" / "mine").write_bytes(b"!")

    with pytest.raises(ModelError, match="is there already"):
        add_to_site(folder, brought, HALL)

    assert [path.name for path in (folder / "hall-zh").iterdir()] == ["mine"]


def test_a_damaged_list_of_the_site_costs_only_the_sites_models(folder: Path, brought: Path) -> None:
    add_to_site(folder, brought, HALL)
    (folder / SITE_CATALOGUE).write_text("[[model\n", encoding="utf-8")

    known = ModelFolder(folder)

    assert "whisper-base" in known.models
    with pytest.raises(ModelError, match=SITE_CATALOGUE):
        known.find("hall-zh")


def test_a_site_cannot_put_other_bytes_under_a_name_of_ours(folder: Path, brought: Path) -> None:
    add_to_site(folder, brought, HALL)
    path = folder / SITE_CATALOGUE
    path.write_text(path.read_text(encoding="utf-8").replace("hall-zh", "whisper-base"), encoding="utf-8")

    assert ModelFolder(folder).models["whisper-base"] == read_catalogue()["whisper-base"]


def test_at_a_glance_absent_half_and_whole_models_differ(folder: Path, brought: Path) -> None:
    add_to_site(folder, brought, HALL)
    seen = {glance.name: glance for glance in glances(folder)}
    assert seen["hall-zh"].state is ModelState.INSTALLED and seen["whisper-base"].state is ModelState.ABSENT
    assert "kokoro-82m" not in seen
    (folder / "hall-zh" / "model.onnx").write_bytes(b"half")

    assert {glance.name: glance.state for glance in glances(folder)}["hall-zh"] is ModelState.INCOMPLETE


def test_the_command_line_adds_lists_and_verifies(folder: Path, brought: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--folder", str(folder))

    added = run_models(["add", "hall-zh", "--engine", "sherpa-onnx", "--files", str(brought), "--licence", "MIT", *at])
    again = run_models(["add", "hall-zh", "--engine", "vosk", "--files", str(brought), "--licence", "MIT", *at])

    assert (added, again) == (0, 1)
    assert "is it a vosk model" in capsys.readouterr().err
    assert run_models(["verify", "hall-zh", *at]) == 0
    assert run_models(["list", *at]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "hall-zh is whole." and told[1].startswith("hall-zh ") and told[1].endswith("installed")


@pytest.fixture
def site(folder: Path, brought: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JIESU_MODELS", str(folder))
    add_to_site(folder, brought, HALL)
    return tmp_path / "home"


def test_the_listener_is_chosen_by_name_and_noted_in_the_settings(site: Path) -> None:
    assert listener.main(["hall-zh", "--home", str(site)]) == 0

    assert load(site / "settings.toml").words("speech.models") == ("hall-zh",)


@pytest.mark.parametrize("name", ["whisper-base", "kokoro-82m", "nobody", "hall-zh"])
def test_a_model_that_could_not_listen_is_not_chosen(
    site: Path, folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "hall-zh" / "tokens.txt").write_text("half", encoding="utf-8")

    assert listener.main([name, "--home", str(site)]) == 1

    assert name in capsys.readouterr().err and not (site / "settings.toml").exists()


def test_without_a_name_the_choice_is_shown(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listener.main(["--home", str(site)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 ") and any("hall-zh" in line and line.endswith("installed") for line in lines)


def test_looking_at_a_glance_loads_no_engine_and_no_web_client() -> None:
    code = "import sys, app.speech.glance; print([m for m in ('httpx', 'vosk', 'numpy', 'sherpa_onnx') if m in sys.modules])"
    root = catalogue.CATALOGUE.parents[1]

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)

    assert told.stdout.strip() == "[]"
