"""Telephone and identity numbers in what is said: in breaths, with hesitation, corrected, wrong; and read back in groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.numerals import NumberKind, is_valid_id, kind_of, numbers_in
from app.speech.spoken_numbers import spoken_groups

MOBILES = some.builds("1{}{}".format, some.sampled_from("3456789"), some.text("0123456789", min_size=9, max_size=9))
SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")


@pytest.mark.parametrize(
    ("said", "digits", "kind"),
    [
        ("我的电话一三八零零一三八零零零", "13800138000", NumberKind.MOBILE),
        ("幺三八，呃，零零幺三，那个，八零零零", "13800138000", NumberKind.MOBILE),
        ("一三八零零\n一三八零零零", "13800138000", NumberKind.MOBILE),
        ("138-0013-8000", "13800138000", NumberKind.MOBILE),
        ("86 13800138000", "13800138000", NumberKind.MOBILE),
        ("座机零幺零八八八八七七七七", "01088887777", NumberKind.LANDLINE),
        ("零三幺二，五八八八六六六", "03125888666", NumberKind.LANDLINE),
        ("拨四零零六六六八八八八", "4006668888", NumberKind.SERVICE),
        ("身份证幺幺零幺零五一九四九一二三一零零二叉", "11010519491231002X", NumberKind.ID),
    ],
)
def test_a_number_is_known_however_it_is_said(said: str, digits: str, kind: NumberKind) -> None:
    assert [(one.digits, one.kind, one.is_valid) for one in numbers_in(said)] == [(digits, kind, True)]


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("幺三八零零一三八零零零，不对，是幺三九零零一三八零零零", "13900138000"),
        ("一三八，零零一二，说错了，零零一三，八零零零", "13800138000"),
        ("一三八零零一三八零零一，不对，八零零零", "13800138000"),
    ],
)
def test_a_correction_takes_the_place_of_what_it_corrects(said: str, digits: str) -> None:
    assert digits in [one.digits for one in numbers_in(said)]
    assert len(numbers_in(said)) == 1


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("电话是一三八零零一三八零零", NumberKind.MOBILE),
        ("我的手机号138001380001", NumberKind.MOBILE),
        ("身份证号110105194912310021", NumberKind.ID),
        ("身份证号110105194913310025", NumberKind.ID),
    ],
)
def test_an_announced_number_that_cannot_be_right_is_told_as_wrong(said: str, kind: NumberKind) -> None:
    assert [(one.kind, one.is_valid) for one in numbers_in(said)] == [(kind, False)]


@pytest.mark.parametrize(
    "said",
    [
        "三个人住在五楼",
        "打了12345三次",
        "十二号楼三单元四零二室",
        "2023年5月3号",
        "一共一万二千五百元",
        "工单260012345678",
        "报警110",
        "",
    ],
)
def test_other_numbers_are_nobodys(said: str) -> None:
    assert numbers_in(said) == ()


def test_a_count_behind_a_number_is_not_part_of_it() -> None:
    said = "电话一三八零零一三八零零零，两个人受伤"

    (number,) = numbers_in(said)

    assert said[number.start : number.end] == "一三八零零一三八零零零"


@given(MOBILES, some.lists(some.integers(1, 10), max_size=3))
def test_every_mobile_is_found_in_any_breaths(mobile: str, cuts: list[int]) -> None:
    spoken = mobile.translate(SPOKEN)
    for cut in sorted(set(cuts), reverse=True):
        spoken = f"{spoken[:cut]}，呃，{spoken[cut:]}"

    (number,) = numbers_in(f"我的手机号是{spoken}。")

    assert number.digits == mobile and number.is_valid


@given(some.text(max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    spans = [(one.start, one.end) for one in numbers_in(text)]

    assert spans == sorted(spans) and all(0 <= start < end <= len(text) for start, end in spans)


def test_one_wrong_sign_of_an_identity_number_is_seen() -> None:
    right = "11010519491231002X"

    wrong = [right[:at] + str((int(right[at]) + 1) % 10) + right[at + 1 :] for at in range(17)]

    assert is_valid_id(right) and not any(is_valid_id(number) for number in wrong)


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("13800138000", "幺三八，零零幺三，八零零零"),
        ("01088887777", "零幺零，八八八八，七七七七"),
        ("0312-5888666", "零三幺二，五八八，八六六六"),
        ("11010519491231002X", "幺幺零幺零五，幺九四九幺二三幺，零零二 X"),
        ("4006668888", "四零零，六六六，八八八八"),
        ("260012345678", "二六零零，幺二三四，五六七八"),
        ("12345", "幺二三四，五"),
        ("", ""),
    ],
)
def test_a_number_is_read_back_in_the_groups_people_write_it_in(number: str, spoken: str) -> None:
    assert spoken_groups(number) == spoken


@given(some.text("0123456789", min_size=1, max_size=20))
def test_reading_back_loses_no_digit(number: str) -> None:
    assert "".join(spoken_groups(number).split("，")) == number.translate(SPOKEN)
    assert kind_of(number) is None or len(number) >= 10
