"""What was learnt lights a button that no wording lights, takes back what a letter only tells of, and names the words."""

from pathlib import Path

import pytest

from app.speech.sound import sound_of
from app.vigilance import Vigilance
from tests.benchmarks.danger_texts import CHOSEN_BY, UNSEEN, read_labelled
from tests.train_danger import FOLDER

CALM = {"everyday": 0.035, "ordinary": 0.01, "letter": 0.005, "near": 0.08}
"""The share of each sort of calm text that may alarm, at the most."""

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
        ("60小区9号楼，快叫救护车。", "120"),
        ("我给物业打过电话了，快派救护车", "120"),
        ("师傅你快点，这里有人出电了", "120"),
        ("硬快来，顶体力又人被昆驻。", "119"),
    ],
)
def test_danger_is_heard_in_words_of_ones_own(vigilance: Vigilance, text: str, lines: str) -> None:
    danger = vigilance.hear_danger(text)

    assert danger is not None
    assert danger.line in lines.split()
    assert danger.because


@pytest.mark.parametrize(
    "text",
    [
        "投诉消防通道被私家车占了",
        "咨询火灾保险怎么理赔",
        "请问一二零急救车收费标准",
        LETTER,
        "",
        "你好我这边是幸福路的，我们",
        "你们快来",
        "师傅你快点，这里",
        "停了两天，昨天有人来修，今天才出电了",
    ],
)
def test_talk_about_danger_is_none(vigilance: Vigilance, text: str) -> None:
    assert vigilance.hear_danger(text) is None


def test_likeness_alone_lights_a_sentence_that_is_still_being_said_only_where_it_is_surer(vigilance: Vigilance) -> None:
    texts = [text.text for text in read_labelled(UNSEEN) if text.expected]
    closed = {text for text in texts if (danger := vigilance.hear_danger(text)) is not None and not danger.is_worded}
    opened = {text for text in texts if (danger := vigilance.hear_danger(text, True)) is not None and not danger.is_worded}

    assert opened < closed
    assert vigilance.hear_danger("我们楼上着火了", True) is not None


@pytest.mark.parametrize(("text", "is_worded"), [("我们楼上着火了", True), ("学校门口聚了两百多家长，跟保安推起来了", False)])
def test_it_is_told_whether_a_wording_names_the_line(vigilance: Vigilance, text: str, is_worded: bool) -> None:
    danger = vigilance.hear_danger(text)

    assert danger is not None
    assert danger.is_worded is is_worded


def test_the_words_named_stand_in_what_was_heard(vigilance: Vigilance) -> None:
    text = "不想拖累孩子了药我都攒够了今晚就走"
    danger = vigilance.hear_danger(text)

    assert danger is not None
    assert all(words in text for words in danger.because.split("、"))


@pytest.mark.parametrize("path", [UNSEEN, *CHOSEN_BY], ids=lambda path: path.stem)
def test_of_texts_that_nothing_was_learnt_from_hardly_a_danger_is_missed_and_hardly_a_message_alarms(
    vigilance: Vigilance, path: Path
) -> None:
    texts = read_labelled(path)
    missed = [text.text for text in texts if text.expected and vigilance.hear_danger(text.text) is None]

    assert len(missed) <= 0.02 * sum(text.half == "danger" for text in texts), missed
    for half in {text.half for text in texts} - {"danger"}:
        calm = [text.text for text in texts if text.half == half]
        alarmed = [text for text in calm if vigilance.hear_danger(text)]
        assert len(alarmed) <= CALM[half] * len(calm), (half, alarmed)
