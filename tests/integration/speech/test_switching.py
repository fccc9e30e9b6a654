"""Another model in the running speech process: it takes over without a restart, and one that cannot leaves the first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.commands import LoadEars
from app.desk.events import EarsReady, Noticed
from app.domain.notice import NoticeCode
from app.speech.site_models import SiteModel, add_to_site
from tests.benchmarks.speech_lag import SpeechRun, speech_run
from tests.tone_models import make_model


@pytest.fixture
def models(tmp_path: Path) -> Path:
    home = tmp_path / "models"
    for name, languages in (("sense-voice", ("zh",)), ("stream-transducer", ("zh",)), ("ctc", ("ko",))):
        add_to_site(home, make_model(name, tmp_path / name), SiteModel(name, "sherpa-onnx", languages, "MIT"))
    return home


@pytest.fixture
def process() -> Iterator[SpeechRun]:
    with speech_run() as running:
        yield running


def listens(process: SpeechRun, models: Path, name: str) -> None:
    process.send(LoadEars((name,), str(models)))
    process.wait_for(lambda event: isinstance(event, EarsReady) and event.model == name)


def test_another_model_takes_over_in_the_running_process(process: SpeechRun, models: Path) -> None:
    listens(process, models, "sense-voice")
    pid = process.process.pid

    listens(process, models, "stream-transducer")
    listens(process, models, "sense-voice")

    assert process.process.pid == pid and process.process.poll() is None


@pytest.mark.parametrize(
    ("name", "code"), [("ctc", NoticeCode.MODEL_LANGUAGE), ("stream-transducer", NoticeCode.MODEL_CORRUPT),
                       ("nobody", NoticeCode.MODEL_MISSING)],
)  # fmt: skip
def test_a_model_that_cannot_take_over_is_named_and_the_first_goes_on(
    process: SpeechRun, models: Path, name: str, code: NoticeCode
) -> None:
    listens(process, models, "sense-voice")
    (models / "stream-transducer" / "tokens.txt").write_text("half", encoding="utf-8")

    process.send(LoadEars((name,), str(models)))

    told = process.wait_for(lambda event: isinstance(event, Noticed) and event.notice.code is code)
    assert told.notice.values[0] == name
    last = [event for _, event in process.told if isinstance(event, EarsReady)][-1]
    assert last.model == "sense-voice"


def test_a_model_that_is_put_right_listens_by_itself(process: SpeechRun, models: Path) -> None:
    path = models / "sense-voice" / "stranger.onnx"
    path.write_bytes(b"?")
    process.send(LoadEars(("sense-voice",), str(models)))
    process.wait_for(lambda event: isinstance(event, Noticed) and event.notice.code is NoticeCode.MODEL_STRANGER)

    path.unlink()

    process.wait_for(lambda event: isinstance(event, EarsReady) and event.model == "sense-voice")
