"""Finding somebody in the directory."""

import time

import pytest

from app.domain.directory import Contact, Directory

CIVIL = Contact("市民政局", "010-5555 1234", "市政府", "值班 24 小时", "smzj")
WATER = Contact("市自来水集团", "96116", "市水务局", "", "szlsjt")
DIRECTORY = Directory((WATER, CIVIL, Contact("王民", "13800000001", "城管委", "", "wm")))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("民政", ["市民政局"]),
        ("SMZ", ["市民政局"]),
        ("55551234", ["市民政局"]),
        ("010-5555", ["市民政局"]),
        ("水务", ["市自来水集团"]),
        ("值班 市政府", ["市民政局"]),
        ("市", ["市自来水集团", "市民政局"]),
        ("民", ["市民政局", "王民"]),
        ("没有", []),
    ],
)
def test_a_contact_is_found_by_any_part_of_it(query: str, names: list[str]) -> None:
    assert [contact.name for contact in DIRECTORY.find(query)] == names


def test_a_name_that_begins_so_comes_before_one_that_only_holds_it() -> None:
    directory = Directory((Contact("老王", "1001"), Contact("王民", "1002")))

    assert [contact.name for contact in directory.find("王")] == ["王民", "老王"]


def test_without_words_the_first_are_shown() -> None:
    assert DIRECTORY.find("", limit=2) == DIRECTORY.contacts[:2]


def test_ten_thousand_are_searched_while_one_types() -> None:
    directory = Directory(Contact(f"单位{n}科", f"0105{n:07d}", f"局{n % 37}", "备注", f"dw{n}k") for n in range(10_000))

    begun = time.perf_counter()
    found = directory.find("局3 备注")
    took_s = time.perf_counter() - begun

    assert len(found) == 200 and took_s < 0.25  # far above what it takes: a machine may be busy
