"""What is loaded is what was hashed: every way in which a folder of a model can be wrong, at each start."""

import os
from pathlib import Path

import msgspec
import pytest

from app.errors import ModelCorrupt, ModelError, ModelForeign, ModelStranger, ModelUnreadable
from app.speech import model_check
from app.speech.catalogue import Archive, Model
from app.speech.models import ModelFolder
from tests.unit.speech.conftest import SOUND, WORDS, file_of
from tests.unit.speech.test_models import archived, zipped


@pytest.fixture
def home(folder: Path) -> Path:
    made = folder / "tiny"
    (made / "sound").mkdir(parents=True)
    (made / "words.bin").write_bytes(WORDS)
    (made / "sound" / "a.bin").write_bytes(SOUND)
    return made


def opened(folder: Path, models: dict[str, Model], name: str = "tiny", language: str = "zh") -> Path:
    with ModelFolder(folder, models).opened(name, language) as found:
        return found


def test_a_whole_model_is_opened_and_its_stamp_written(folder: Path, tiny: dict[str, Model], home: Path) -> None:
    assert opened(folder, tiny) == home
    assert (home / "installed.json").exists()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (WORDS[: len(WORDS) // 2], "bytes: copying it was broken off"),
        (WORDS[:-1], "bytes: copying it was broken off"),
        (WORDS[:-1] + b"?", ""),
        (WORDS + b"!", ""),
        (b"", "copying"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_named(
    folder: Path, tiny: dict[str, Model], home: Path, data: bytes, told: str
) -> None:
    (home / "words.bin").write_bytes(data)

    with pytest.raises(ModelCorrupt) as found:
        opened(folder, tiny)

    assert found.value.values[:2] == ("tiny", "words.bin") and told in "".join(found.value.values[2:])


def test_a_changed_byte_that_kept_size_and_time_is_found_at_the_next_start(
    folder: Path, tiny: dict[str, Model], home: Path
) -> None:
    opened(folder, tiny)
    path = home / "words.bin"
    told = path.stat()
    path.write_bytes(WORDS[:-1] + b"?")
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert ModelFolder(folder, tiny).has("tiny"), "the quick look is not meant to see it"

    with pytest.raises(ModelCorrupt):
        opened(folder, tiny)


def test_a_file_that_changes_while_it_is_loaded_is_not_used(folder: Path, tiny: dict[str, Model], home: Path) -> None:
    told = (home / "words.bin").stat()

    with pytest.raises(ModelCorrupt, match="while it was loaded"), ModelFolder(folder, tiny).opened("tiny"):
        (home / "words.bin").write_bytes(bytes(len(WORDS)))
        os.utime(home / "words.bin", ns=(told.st_atime_ns, told.st_mtime_ns))


def test_a_failure_to_load_is_told_as_it_is(folder: Path, tiny: dict[str, Model], home: Path) -> None:
    with pytest.raises(RuntimeError, match="no such engine"), ModelFolder(folder, tiny).opened("tiny"):
        raise RuntimeError("no such engine")


def test_a_missing_file_is_named(folder: Path, tiny: dict[str, Model], home: Path) -> None:
    (home / "sound" / "a.bin").unlink()

    with pytest.raises(ModelError) as found:
        opened(folder, tiny)

    assert found.value.values == ("tiny", "sound/a.bin is missing")


def test_a_folder_that_is_not_there_or_is_a_file_is_no_installed_model(folder: Path, tiny: dict[str, Model]) -> None:
    folder.mkdir()
    with pytest.raises(ModelError, match="is not installed"):
        opened(folder, tiny)
    (folder / "tiny").write_bytes(b"")

    with pytest.raises(ModelError, match="is not installed"):
        opened(folder, tiny)


@pytest.mark.parametrize("name", ["vocabulary.json", "graph/HCLG.fst", "model.int8.onnx", "sound/b.bin"])
def test_a_file_that_is_not_the_models_is_named_and_nothing_is_loaded(
    folder: Path, tiny: dict[str, Model], home: Path, name: str
) -> None:
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_bytes(b"?")

    with pytest.raises(ModelStranger) as found:
        opened(folder, tiny)

    assert found.value.values == ("tiny", name)


@pytest.mark.parametrize("name", ["README.md", ".DS_Store", "Thumbs.db", "LICENSE", "test_wavs/0.wav", "installed.77.part"])
def test_what_lies_about_in_folders_is_passed_over(folder: Path, tiny: dict[str, Model], home: Path, name: str) -> None:
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_bytes(b"?")

    assert opened(folder, tiny) == home


def test_a_link_to_a_whole_file_elsewhere_is_followed_and_hashed(
    folder: Path, tmp_path: Path, tiny: dict[str, Model], home: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.bin"
    (home / "words.bin").replace(elsewhere)
    (home / "words.bin").symlink_to(elsewhere)
    assert opened(folder, tiny) == home
    elsewhere.write_bytes(WORDS[:-1] + b"?")

    with pytest.raises(ModelCorrupt):
        opened(folder, tiny)


def test_a_link_that_leads_nowhere_or_round_is_no_file(folder: Path, tiny: dict[str, Model], home: Path) -> None:
    (home / "words.bin").unlink()
    (home / "words.bin").symlink_to(home / "gone.bin")
    with pytest.raises(ModelError, match="is missing"):
        opened(folder, tiny)
    (home / "words.bin").unlink()
    (home / "words.bin").symlink_to(home / "words.bin")

    with pytest.raises(ModelUnreadable) as found:
        opened(folder, tiny)

    assert found.value.values[:2] == ("tiny", "words.bin")


def test_a_folder_in_the_place_of_a_file_cannot_be_read(folder: Path, tiny: dict[str, Model], home: Path) -> None:
    (home / "words.bin").unlink()
    (home / "words.bin").mkdir()

    with pytest.raises(ModelError, match=r"words\.bin"):
        opened(folder, tiny)


def test_a_file_that_the_system_refuses_is_said_with_the_systems_reason(
    folder: Path, tiny: dict[str, Model], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(model_check, "hash_of", refuse)  # whoever runs the tests may read everything

    with pytest.raises(ModelUnreadable) as found:
        opened(folder, tiny)

    assert found.value.values == ("tiny", "words.bin", "Permission denied")


def test_a_folder_that_may_only_be_read_is_used_without_a_stamp(
    folder: Path, tiny: dict[str, Model], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(model_check, "_write", refuse)

    assert opened(folder, tiny) == home and not (home / "installed.json").exists()


def test_a_model_for_another_language_is_refused_before_it_is_read(folder: Path, tiny: dict[str, Model], home: Path) -> None:
    korean = {"tiny": msgspec.structs.replace(tiny["tiny"], languages=("ko", "ja"))}

    with pytest.raises(ModelForeign) as refused:
        opened(folder, korean)

    assert refused.value.values == ("tiny", "ko, ja", "zh") and refused.value.code == "model_language"
    assert not (home / "installed.json").exists()


def test_another_version_of_an_archive_is_not_taken_for_the_one_that_is_wanted(folder: Path, tmp_path: Path) -> None:
    old = zipped({"m/am/final.mdl": WORDS})
    (tmp_path / "m.zip").write_bytes(old)
    ModelFolder(folder, archived(old)).install("m", origin=tmp_path)
    newer = archived(zipped({"m/am/final.mdl": WORDS + b"2"}))

    with pytest.raises(ModelError, match="another version"):
        opened(folder, newer, "m")


def test_files_of_an_archive_that_nobody_hashed_are_not_used(folder: Path) -> None:
    known = {"m": Model("m", "vosk", ("zh",), "MIT", archive=Archive("m.zip", "m", 3, "0" * 64))}
    (folder / "m").mkdir(parents=True)
    (folder / "m" / "final.mdl").write_bytes(WORDS)

    with pytest.raises(ModelError, match="is not installed"):
        opened(folder, known, "m")


def test_two_hundred_megabytes_are_hashed_in_blocks(folder: Path) -> None:
    home = folder / "big"
    home.mkdir(parents=True)
    with (home / "model.bin").open("wb") as made:
        made.truncate(200 << 20)  # a hole: no disk is used
    whole = model_check.hash_of(home / "model.bin")
    model = Model("big", "whisper", ("zh",), "MIT", files=(file_of("model.bin", b""),))
    file = msgspec.structs.replace(model.files[0], size=200 << 20, sha256=whole)

    assert opened(folder, {"big": msgspec.structs.replace(model, files=(file,))}, "big") == home
