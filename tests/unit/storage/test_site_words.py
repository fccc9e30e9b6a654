"""The words of a site: from catalogue, knowledge and its own list, again when these change; a bad list loses nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from app.desk.speech_events import SiteWordsRead
from app.storage.site_words_file import WordsProblem, read_site_words
from app.storage.site_words_watch import SiteWordsWatch

CATALOGUE = """
[[unit]]
key = "water"
name = "市水务局"
matters = ["停水"]
areas = ["海淀区"]
[[street]]
name = "学院路街道"
district = "海淀区"
"""
POINT = """
[[point]]
key = "fund"
title = "公积金提取条件"
body = "……"
valid_from = "2025-01-01"
valid_until = "2027-12-31"
keywords = ["公积金"]
"""
Start = Callable[[str], "Queue[SiteWordsRead]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "knowledge" / "a.toml").write_text(POINT, encoding="utf-8")
    started: list[SiteWordsWatch] = []

    def begin(own: str) -> "Queue[SiteWordsRead]":
        told: Queue[SiteWordsRead] = Queue()
        watch = SiteWordsWatch(tmp_path / "catalogue.toml", tmp_path / "knowledge", own, told.put, look_s=0.01)
        started.append(watch)
        watch.start()
        return told

    yield begin
    for watch in started:
        watch.stop()


def test_words_come_from_the_list_the_catalogue_and_the_knowledge(start: Start, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("\ufeff翠微家园\n# 备注\n  幸福里小区  # 新\n\n海淀区\n", encoding="utf-8")

    told = start(str(tmp_path / "own.txt")).get(timeout=10)

    assert told == SiteWordsRead(
        ("翠微家园", "幸福里小区", "海淀区", "学院路街道", "市水务局", "停水", "公积金", "公积金提取条件")
    )


def test_without_a_list_there_are_the_others(start: Start) -> None:
    words = start("").get(timeout=10).words

    assert words is not None and "学院路街道" in words


def test_a_list_that_changes_is_read_again(start: Start, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("翠微家园\n", encoding="utf-8")
    told = start(str(own))
    told.get(timeout=10)

    own.write_text("翠微家园\n幸福里\n", encoding="utf-8")

    words = told.get(timeout=10).words
    assert words is not None and words[:2] == ("翠微家园", "幸福里")


def test_a_catalogue_that_changes_is_read_again(start: Start, tmp_path: Path) -> None:
    told = start("")
    told.get(timeout=10)

    (tmp_path / "catalogue.toml").write_text(CATALOGUE.replace("学院路街道", "中关村街道"), encoding="utf-8")

    words = told.get(timeout=10).words
    assert words is not None and "中关村街道" in words


@pytest.mark.expects_log("were not taken: SettingsError")
def test_a_broken_catalogue_is_told_and_its_mending_too(start: Start, tmp_path: Path) -> None:
    told = start("")
    told.get(timeout=10)
    (tmp_path / "catalogue.toml").write_text("[[unit]]\nkey =", encoding="utf-8")
    broken = told.get(timeout=10)

    (tmp_path / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")

    assert broken.words is None and broken.problem[2] == "settings"
    assert told.get(timeout=10).words


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("好\n学院路".encode("gb18030"), 1, "encoding"),
        ("学院路\n".encode() + "望京".encode("gb18030"), 2, "encoding"),
        (b"PK\x03\x04\0\0", 1, "kind"),
        (("好\n" + "字" * 41).encode(), 2, "length"),
        ("好的\n".encode() * 20_001, 20_001, "many"),
    ],
)
def test_a_bad_list_says_where_and_why(tmp_path: Path, body: bytes, line: int, reason: str) -> None:
    (tmp_path / "own.txt").write_bytes(body)

    with pytest.raises(WordsProblem) as wrong:
        read_site_words(tmp_path / "own.txt")

    assert (wrong.value.line, wrong.value.reason) == (line, reason)


@pytest.mark.expects_log("was not taken: line 0, missing")
def test_a_list_that_is_not_there_or_a_folder_is_told_and_comes_when_it_comes(start: Start, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    told = start(str(tmp_path / "own.txt"))
    missing = told.get(timeout=10)
    with pytest.raises(WordsProblem) as folder:
        read_site_words(tmp_path / "folder")

    (tmp_path / "own.txt").write_text("翠微家园", encoding="utf-8")

    words = told.get(timeout=10).words
    assert (missing.problem, folder.value.reason) == ((str(tmp_path / "own.txt"), "0", "missing"), "denied")
    assert words is not None and words[0] == "翠微家园"
