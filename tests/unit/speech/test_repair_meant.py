"""What reads well as it stands is no mistake of the recogniser, though it sounds like a word of the site."""

import pytest

from app.domain.transcript import Repair, Speaker, Utterance, Word
from app.speech.engine import text_of
from app.speech.meant import Meaning
from app.speech.repair import Repairer
from app.speech.word_frequency import CommonWords, common_words
from app.speech.written import Writer
from tests.unit.speech.site_words import put_right, repairer_of

WORDS = (
    "工地噪音", "物业公司", "延期交房", "不作为", "进京证", "充值卡", "石景山区", "鲁谷街道", "清源街道", "迎风街道",
    "东辛房街道", "石城镇", "李桥镇", "和平里街道",
)  # fmt: skip


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return repairer_of(WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "半夜施工的噪音吵得孩子睡不着",  # 施工 reads on over the beginning
        "不作违约处理",  # 违约 reads on over the end
        "我市城镇居民都可以参加",
        "楼下贴了物业公示",  # two words
        "开发商延迟交房已经半年",
        "麓谷街道的路灯坏了",  # a sign that nobody writes by mistake
        "公交车在麓谷站停不停",
        "青园街道今年修路",  # no sign of the name is the same
        "去迎丰路打车",  # the short name of a street office is none of a road
        "我家买的10栋新房漏水",  # what a figure counts
        "他管东信访接待",  # a place that holds another word
        "普利桥镇的村民反映",  # the end of a longer name
        "金井镇的宅基地",  # one kind of place for something else
        "从制卡到发卡要几天",  # a little word, and not quite the sound
    ],
)
def test_what_reads_well_as_it_stands_stays(repairer: Repairer, text: str) -> None:
    assert put_right(repairer, text) == text


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("开发商眼期交房已经半年", "开发商延期交房已经半年"),
        ("我住在青园街道附近", "我住在清源街道附近"),  # both sides say that it is a place
        ("石景山区麓谷街道的路灯坏了", "石景山区鲁谷街道的路灯坏了"),  # so does a district that is known
        ("在路古站下车", "在鲁谷站下车"),
        ("我们李乔镇住了很多人", "我们李桥镇住了很多人"),  # 镇住 is a word, but this is a town
        ("我是和平李小区的居民", "我是和平里小区的居民"),
        ("城管不作位", "城管不作为"),
    ],
)
def test_what_does_not_is_put_right_and_so_is_a_name_that_its_place_gives_away(
    repairer: Repairer, heard: str, meant: str
) -> None:
    assert put_right(repairer, heard) == meant


def test_text_is_cut_into_its_likeliest_words() -> None:
    assert Meaning(common_words()).cut("半夜施工的噪音") == ["半夜", "施工", "的", "噪音"]


def test_a_sign_is_rare_by_the_words_it_stands_in() -> None:
    words = CommonWords({"公司": 9000, "麓": 2000, "岳麓": 400})

    assert [words.is_rare(sign) for sign in "公司麓谷"] == [False, False, True, True]
    assert not any(common_words().is_rare(sign) for sign in "鲁谷海丰台朝阳石景山区")


def test_a_repaired_name_of_a_street_is_told_and_is_taken_back_as_it_was_heard() -> None:
    writer = Writer()
    writer.learn(WORDS)
    heard = tuple(Word(sign, at / 5, (at + 1) / 5) for at, sign in enumerate("我住在青园街道附近"))
    written = writer.write(heard, is_final=True)
    said = Utterance(Speaker.CALLER, 1, text_of(written.words), 0, 2, True, written.words, repairs=written.repairs)

    undone = said.with_repair_undone(written.repairs[0].start)

    assert written.repairs == (Repair(3, 7, "青园街道"),) and said.text[3:7] == "清源街道"
    assert undone.text[3:7] == "青园街道" and undone.repairs == ()
