"""The site's file of names and numbers: what is wrong is named by its line, the rest is used."""

from pathlib import Path

import pytest

from app.domain.directory import Contact, ContactProblem
from app.domain.dispatch import DispatchCatalogue, Unit
from app.storage.directory import directory_of, read_directory

CATALOGUE = DispatchCatalogue((Unit("a", "市水务局", phone="010-12345678", areas=("全市",)), Unit("b", "没有电话")))


def initials(name: str) -> str:
    return name[:1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_as_the_sites_tools_write_it(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "directory.csv"
    file.write_bytes("姓名,号码,单位,备注\r\n王民,138 0000 0001,城管委,白班\r\n总机,10\r\n".encode(encoding))

    contacts, problems = read_directory(file, initials)

    assert contacts == [Contact("王民", "13800000001", "城管委", "白班", "王"), Contact("总机", "10", "", "", "总")]
    assert problems == []


def test_lines_that_are_wrong_are_named_and_the_rest_is_used(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text('# 通讯录\n王民,138/0013\n,10086\n\n只有名字\n多,1001,2,3,4,5\n"引,号",1001\n')

    contacts, problems = read_directory(file, initials)

    assert [contact.name for contact in contacts] == ["引,号"]
    assert problems == [
        ContactProblem(2, "number"), ContactProblem(3, "name"), ContactProblem(5, "columns"), ContactProblem(6, "columns")
    ]  # fmt: skip


def test_the_catalogues_units_are_there_with_their_first_letters(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text("王民,1001\n王民,1001\n")

    read = directory_of(CATALOGUE, str(file), lambda text: tuple(text))

    assert [(contact.name, contact.number) for contact in read.contacts] == [("王民", "1001"), ("市水务局", "01012345678")]
    assert read.contacts[1].initials == "市水务局"


def test_a_file_that_cannot_be_read_is_named_and_the_units_stay(tmp_path: Path) -> None:
    read = directory_of(CATALOGUE, str(tmp_path / "none.csv"), lambda text: ())

    assert read.problems == (ContactProblem(0, "file"),) and len(read.contacts) == 1
