"""What sherpa-onnx would end the process for is refused before, with its reason; and each kind is told from its files."""

from pathlib import Path

import pytest

from app.speech.onnx_facts import read_facts
from app.speech.sherpa_models import SherpaKind, look_at
from tests.tone_models import KINDS, SIZE, make_model

TOLD = dict(
    zip(
        ("stream-transducer", "stream-paraformer", "stream-ctc", "transducer", "paraformer", "sense-voice", "ctc"),
        SherpaKind,
        strict=True,
    )
)


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_model_is_told_by_its_files(kind: str, tmp_path: Path) -> None:
    assert look_at(make_model(kind, tmp_path)).kind is TOLD[kind]


def test_metadata_and_inputs_are_read_without_loading_the_network(tmp_path: Path) -> None:
    facts = read_facts(make_model("sense-voice", tmp_path) / "model.onnx")

    assert facts.metadata["vocab_size"] == str(SIZE)
    assert facts.inputs == ("x", "x_length", "language", "text_norm")


def test_the_quantised_one_of_two_is_taken(tmp_path: Path) -> None:
    home = make_model("ctc", tmp_path)
    (home / "model.int8.onnx").write_bytes((home / "model.onnx").read_bytes())

    assert look_at(home).model.name == "model.int8.onnx"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_network_that_was_copied_only_in_part_is_refused(part: float, tmp_path: Path) -> None:
    path = make_model("sense-voice", tmp_path) / "model.onnx"
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])

    with pytest.raises(ValueError, match=r"middle|whole|no network|does not say|does not know"):
        look_at(tmp_path)


@pytest.mark.parametrize("wrong", [b"", b"<html>log in first</html>", bytes(4000), bytes(range(256)) * 20])
def test_what_is_no_network_is_refused(wrong: bytes, tmp_path: Path) -> None:
    (make_model("ctc", tmp_path) / "model.onnx").write_bytes(wrong)

    with pytest.raises(ValueError, match=r"ONNX|network|middle"):
        look_at(tmp_path)


@pytest.mark.parametrize(
    ("kind", "missing", "reason"),
    [
        ("ctc", "tokens.txt", r"tokens\.txt is missing"),
        ("ctc", "model.onnx", r"no \.onnx"),
        ("transducer", "joiner-epoch-1.onnx", "does not say its"),
        ("stream-transducer", "decoder-epoch-1.onnx", "not all there"),
        ("stream-paraformer", "decoder.onnx", "not all there"),
    ],
)
def test_a_folder_that_lacks_a_part_is_refused_by_its_name(kind: str, missing: str, reason: str, tmp_path: Path) -> None:
    (make_model(kind, tmp_path) / missing).unlink()

    with pytest.raises(ValueError, match=reason):
        look_at(tmp_path)


@pytest.mark.parametrize(
    ("tokens", "reason"),
    [
        ("", "is empty"),
        ("一\n二\n", "no list of signs"),
        ("<blk> 0\n</s> 1\n", "do not belong together"),
        ("\n".join(f"字{number} {number}" for number in range(40)), "no </s>"),
    ],
)
def test_the_signs_of_another_model_are_refused(tokens: str, reason: str, tmp_path: Path) -> None:
    (make_model("paraformer", tmp_path) / "tokens.txt").write_text(tokens, encoding="utf-8")

    with pytest.raises(ValueError, match=reason):
        look_at(tmp_path)


def test_signs_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (make_model("ctc", tmp_path) / "tokens.txt").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ValueError, match="no list of signs"):
        look_at(tmp_path)


def test_a_model_that_would_turn_in_a_circle_is_refused(tmp_path: Path) -> None:
    path = make_model("stream-transducer", tmp_path) / "encoder-epoch-1.onnx"
    told = path.read_bytes()
    path.write_bytes(told.replace(b"decode_chunk_len\x12\x018", b"decode_chunk_len\x12\x010"))
    assert path.read_bytes() != told

    with pytest.raises(ValueError, match="decode_chunk_len"):
        look_at(tmp_path)
