"""Models that are not what they should be, as the running speech process meets them: nothing of them is loaded."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.desk.commands import LoadEars
from app.desk.events import EarsReady, Noticed
from app.domain.notice import NoticeCode
from app.speech.site_models import SiteModel, add_to_site
from tests.benchmarks.speech_lag import SpeechRun, speech_run
from tests.tone_models import make_model

NAME, OTHER = "sense-voice", "ctc"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    home = tmp_path / "models"
    for name in (NAME, OTHER):
        add_to_site(home, make_model(name, tmp_path / name), SiteModel(name, "sherpa-onnx", ("zh",), "MIT"))
    return home


@pytest.fixture
def process() -> Iterator[SpeechRun]:
    with speech_run() as running:
        yield running


def half_copied(home: Path) -> None:
    path = home / "model.onnx"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def of_another_version(home: Path) -> None:
    """The files of another model under this one's name, with this one's stamp."""
    shutil.copy(home.parent / OTHER / "model.onnx", home / "model.onnx")


def one_byte_changed(home: Path) -> None:
    path = home / "model.onnx"
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 0xFF
    path.write_bytes(bytes(body))


def with_a_file_missing(home: Path) -> None:
    (home / "model.onnx").unlink()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (half_copied, NoticeCode.MODEL_CORRUPT),
        (of_another_version, NoticeCode.MODEL_CORRUPT),
        (one_byte_changed, NoticeCode.MODEL_CORRUPT),
        (with_a_file_missing, NoticeCode.MODEL_MISSING),
    ],
)
def test_a_spoilt_model_is_named_and_the_next_of_the_list_listens(
    process: SpeechRun, models: Path, spoil: Callable[[Path], None], code: NoticeCode
) -> None:
    spoil(models / NAME)
    process.send(LoadEars((NAME,), str(models)))
    told = process.wait_for(lambda event: isinstance(event, Noticed) and event.notice.code is code).notice

    process.send(LoadEars((NAME, OTHER), str(models)))

    process.wait_for(lambda event: isinstance(event, EarsReady) and event.model == OTHER)
    assert told.values[0] == NAME and "model.onnx" in told.values[1]
    assert not [event for _, event in process.told if isinstance(event, EarsReady) and event.model == NAME]
    assert process.process.poll() is None
