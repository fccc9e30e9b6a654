"""What was learnt lights a button that no wording lights, takes back what a letter only tells of, and names the words."""

import time

import pytest

from app.speech.sound import sound_of
from app.vigilance import Vigilance
from tests.train_danger import FOLDER

LETTER = (
    "尊敬的领导，您好。我是某小区的业主，现反映小区物业管理混乱的问题。去年十二月地下车库起火，消防车因通道被占无法进入，事后物业拒不整改，"
    "业主多次投诉无果。此外物业还擅自提高停车费，绿化无人养护，电梯经常停运维修，公共收益从未公示，业主委员会至今没有成立。"
    "恳请有关部门督促物业公司尽快整改，并给予书面答复，谢谢。"
)


@pytest.fixture(scope="module")
def vigilance() -> Vigilance:
    return Vigilance(FOLDER, sound_of)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("不想拖累孩子了药我都攒够了今晚就走", "110 120"),
        ("路边那个井盖没了一个小孩掉下去了在底下哭", "119 120"),
        ("他现在砸门要进来打我我躲在卫生间小声说话", "110"),
        ("我妈手抬不起来嘴也歪了说话不清楚", "120"),
        ("两辆车撞了人卡在驾驶室里出不来", "119 120 122"),
    ],
)
def test_danger_is_heard_in_words_of_ones_own(vigilance: Vigilance, text: str, lines: str) -> None:
    danger = vigilance.hear_danger(text)

    assert danger is not None
    assert danger.line in lines.split()
    assert danger.because


@pytest.mark.parametrize("text", ["投诉消防通道被私家车占了", "咨询火灾保险怎么理赔", "请问一二零急救车收费标准", LETTER, ""])
def test_talk_about_danger_is_none(vigilance: Vigilance, text: str) -> None:
    assert vigilance.hear_danger(text) is None


def test_the_words_named_stand_in_what_was_heard(vigilance: Vigilance) -> None:
    text = "不想拖累孩子了药我都攒够了今晚就走"
    danger = vigilance.hear_danger(text)

    assert danger is not None
    assert all(words in text for words in danger.because.split("、"))


def test_two_utterances_are_heard_within_milliseconds(vigilance: Vigilance) -> None:
    vigilance.prepare()
    text = "喂你好我是阳光小区三号楼的住户我想跟你们反映一个事情\n就是我们楼上的邻居家里好像有烟从门缝里冒出来"
    took = []
    for _ in range(20):
        begun = time.perf_counter()
        vigilance.hear_danger(text)
        took.append(time.perf_counter() - begun)

    assert sorted(took)[10] < 0.02
