"""The comparison of models, with real children: tone models on tunes of every rate, whole, broken, hanging and dying ones."""

import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
import soxr
from numpy.typing import NDArray

from app.speech import bench
from app.speech.bench_data import BadSample, find_samples, over_the_telephone, read_sound
from app.speech.engine import RATE
from app.speech.site_models import SiteModel, add_to_site
from tests.tone_models import hang, make_model, sing


def write(path: Path, signs: str, rate: int = RATE, channels: int = 1, width: int = 2) -> Path:
    """A tune as a WAV file; of two channels the second is silent."""
    sound = soxr.resample(sing(signs).astype(np.float64) / 32768, RATE, rate)
    frames: NDArray[np.float64] = np.stack([sound] + [np.zeros_like(sound)] * (channels - 1), axis=1)
    scale, zero, kind = {1: (127, 128, "u1"), 2: (32767, 0, "<i2"), 4: (2147483647, 0, "<i4")}[width]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes((frames * scale + zero).astype(kind).tobytes())
    return path


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models with one tone model of each way of hearing."""
    home = tmp_path / "models"
    for kind in ("stream-transducer", "sense-voice"):
        add_to_site(home, make_model(kind, tmp_path / kind), SiteModel(kind, "sherpa-onnx", ("zh",), "MIT"))
    return home


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    folder = tmp_path / "sounds"
    folder.mkdir()
    write(folder / "a.wav", "东城区找火了")
    (folder / "transcripts.tsv").write_text("file\ttext\na.wav\t东城区着火了\tsomebody\n", encoding="utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any], str]:
    code = bench.run_bench([*map(str, arguments), "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out) if told.out else {}, told.err


def test_every_installed_model_is_measured_on_the_same_sounds(
    models: Path, sounds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = run(capsys, sounds, "--model-folder", models)

    rows = {row["model"]: row for row in told["models"]}
    assert code == 0 and set(rows) == {"stream-transducer", "sense-voice"} and told["sounds"] == 1
    for row in rows.values():
        assert row["cer"] == pytest.approx(1 / 6, abs=1e-4) and row["heard"] == 1 and not row["trouble"]
        assert 0 < row["lag_p50_s"] <= row["lag_p95_s"] < 5 and 0 < row["rtf"] < 3
        assert 30 < row["peak_mb"] < 1000 and row["loaded_mb"] < row["peak_mb"] and row["load_s"] > 0


@pytest.mark.parametrize(
    ("rate", "channels", "width"), [(8000, 1, 2), (16000, 2, 2), (44100, 2, 2), (48000, 1, 2), (44100, 1, 4), (22050, 1, 1)]
)
def test_sounds_of_any_rate_width_and_channels_are_heard(
    models: Path, sounds: Path, capsys: pytest.CaptureFixture[str], rate: int, channels: int, width: int
) -> None:
    write(sounds / "a.wav", "东城区找火了", rate, channels, width)

    _, told, _ = run(capsys, sounds, "--model-folder", models, "--models", "sense-voice")

    assert told["models"][0]["cer"] == pytest.approx(1 / 6, abs=1e-4)


def test_the_way_of_a_telephone_line_can_be_gone_first(models: Path, sounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = run(capsys, sounds, "--model-folder", models, "--models", "sense-voice", "--telephone")

    assert told["telephone"] and told["models"][0]["cer"] == pytest.approx(1 / 6, abs=1e-4)


def test_the_telephone_keeps_its_band_and_nothing_else() -> None:
    at = np.arange(RATE) / RATE
    loudness = {}
    for hertz in (100, 1000, 3000, 5000):
        heard = over_the_telephone((np.sin(2 * np.pi * hertz * at) * 10000).astype(np.int16))
        loudness[hertz] = float(np.sqrt(np.mean(heard.astype(float) ** 2))) / (10000 / np.sqrt(2))

    assert 0.85 < loudness[1000] < 1.15 and 0.85 < loudness[3000] < 1.15
    assert loudness[100] < 0.05 and loudness[5000] < 0.05


def test_transcripts_may_lie_beside_the_sounds_and_in_folders_within(sounds: Path) -> None:
    (sounds / "within").mkdir()
    write(sounds / "within" / "b.wav", "火了")
    (sounds / "within" / "b.txt").write_text("\ufeff火了\n", encoding="utf-8")

    samples, bad = find_samples(sounds)

    assert [(sample.path.name, sample.transcript) for sample in samples] == [("a.wav", "东城区着火了"), ("b.wav", "火了")]
    assert bad == []


def test_files_that_cannot_be_used_are_named_with_the_reason_and_the_rest_is_measured(
    models: Path, sounds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sounds / "empty.wav").write_bytes(b"")
    (sounds / "text.wav").write_text("no sound", encoding="utf-8")
    whole = write(sounds / "half.wav", "火").read_bytes()
    (sounds / "half.wav").write_bytes(whole[:30])
    with wave.open(str(sounds / "still.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(2 * RATE))
    write(sounds / "nobody.wav", "火")
    for name in ("empty", "text", "half", "still"):
        (sounds / f"{name}.txt").write_text("火", encoding="utf-8")
    with (sounds / "transcripts.tsv").open("a", encoding="utf-8") as table:
        table.write("gone.wav\t火\nmute.wav\t\n")
    write(sounds / "mute.wav", "火")

    code, told, wrong = run(capsys, sounds, "--model-folder", models, "--models", "sense-voice")

    assert code == 0 and told["models"][0]["heard"] == 1
    for name, why in (("empty.wav", "cannot be read"), ("text.wav", "cannot be read"), ("half.wav", "cannot be read"),
                      ("still.wav", "silence"), ("nobody.wav", "no transcript"), ("gone.wav", "is not there"),
                      ("mute.wav", "empty transcript")):  # fmt: skip
        assert any(name in line and why in line for line in wrong.splitlines()), name


def test_where_nothing_can_be_measured_the_exit_code_says_so(
    models: Path, sounds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nothing").mkdir()
    assert run(capsys, tmp_path / "nothing", "--model-folder", models)[0] == 1
    assert run(capsys, tmp_path / "gone", "--model-folder", models)[0] == 1
    assert run(capsys, sounds, "--model-folder", tmp_path / "no-models")[0] == 1
    assert run(capsys, sounds, "--model-folder", models, "--models", "nobody", "kokoro-82m")[0] == 1


def test_a_broken_model_is_said_in_its_row_and_the_others_are_measured(
    models: Path, sounds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = models / "sense-voice" / "model.onnx"
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    code, told, _ = run(capsys, sounds, "--model-folder", models, "--models", "sense-voice", "stream-transducer", "nobody")

    rows = {row["model"]: row for row in told["models"]}
    assert code == 0 and rows["stream-transducer"]["heard"] == 1
    assert "model.onnx" in rows["sense-voice"]["trouble"] and rows["sense-voice"]["cer"] is None
    assert rows["nobody"]["trouble"] == "is in no catalogue"


@pytest.fixture
def hanging(models: Path, tmp_path: Path) -> Path:
    hangs = make_model("ctc", tmp_path / "hangs")
    hang(hangs)
    add_to_site(models, hangs, SiteModel("hangs", "sherpa-onnx", ("zh",), "MIT"))
    return models


def test_an_engine_that_hangs_is_given_up_and_ended(
    hanging: Path, sounds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "_PATIENCE_S", 10.0)
    monkeypatch.setattr(bench, "_SLOWEST", 0.0)
    before = set(psutil.Process().children(recursive=True))  # a voice of other tests, for instance

    code, told, _ = run(capsys, sounds, "--model-folder", hanging, "--models", "hangs", "sense-voice")

    assert code == 0 and [row["heard"] for row in told["models"]] == [0, 1]
    assert told["models"][0]["trouble"].startswith("hung: no answer in 10 s at a.wav")
    assert not set(psutil.Process().children(recursive=True)) - before


def test_an_engine_that_dies_ends_only_its_own_row(
    hanging: Path, sounds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, asked = bench._Child.answer, list[str]()

    def kill_what_hears(child: bench._Child, timeout_s: float) -> dict[str, Any]:
        asked.append(child._told["model"])
        if asked == ["hangs", "hangs"]:  # it is loaded, and hears the first sound
            child._process.kill()
        return answer(child, timeout_s)

    monkeypatch.setattr(bench._Child, "answer", kill_what_hears)

    code, told, _ = run(capsys, sounds, "--model-folder", hanging, "--models", "hangs", "sense-voice")

    assert code == 0 and [row["heard"] for row in told["models"]] == [0, 1]
    assert told["models"][0]["trouble"] == "crashed (SIGKILL) at a.wav"


def test_a_long_sound_is_cut_at_its_pauses(tmp_path: Path) -> None:
    from app.speech.bench_child import _stretches

    rng = np.random.default_rng(1)
    parts = [rng.normal(0, 60, 3 * RATE) for _ in range(12)]

    assert len(_stretches(np.concatenate(parts).astype(np.int16))) <= 2  # 36 s in which nobody speaks


def test_what_is_shorter_than_a_tenth_of_a_second_is_no_sample(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"\x01\x02" * 800)

    with pytest.raises(BadSample, match="less than"):
        read_sound(path)


@pytest.mark.shared
@pytest.mark.speech("whisper-base")
def test_whisper_makes_few_mistakes_in_hotline_sentences_over_the_telephone(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shared / "speech" / "hotline-sentences"

    code, told, _ = run(capsys, folder, "--models", "whisper-base", "--telephone", "--limit", "8")

    assert code == 0 and told["models"][0]["heard"] == 8 and told["models"][0]["cer"] < 0.3
