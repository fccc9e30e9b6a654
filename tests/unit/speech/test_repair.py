"""Words of the site that were heard with the wrong signs are put right; what may well be meant stays as it is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.speech.context_words import context_changes
from app.speech.lexicon import Lexicon
from app.speech.repair import Repairer
from app.speech.sound import readings_of, sound_of
from app.speech.word_frequency import CommonWords
from tests.unit.speech.site_words import put_right, repairer_of

WORDS = (
    "公积金", "居住证", "海淀区", "朝阳区", "学院路街道", "和平里街道", "望京街道", "兴华街道", "市水务局", "异地报销",
    "加装电梯", "不发工资", "维修基金", "煤气味", "园林绿化局",
)  # fmt: skip
UNTOUCHED = """昨天下午我去菜市场买菜，回来的时候发现门锁被人换了。
我们单位三个月没有补发工资，老板的电话也打不通。
新华街道的卫生一直是居民自己打扫。
孩子在学校被同学欺负，老师说是小孩子闹着玩。
机动车道上的井盖松了，晚上过车声音特别大。
我想问一下养老金什么时候发放，卡里还没有到账。
市税务局的服务态度很好，特意打电话来表扬。
楼下的理发店充了两千块钱的卡，人就不见了。
公交车在站台外面就停车了，老人根本追不上。
医生开的药医保不给报，说要先备案。
小区南门的垃圾桶满了好几天，苍蝇到处飞。
快递放在驿站里丢了，客服让我自己去找。
他在攻击别人之前已经喝了很多酒。
这边的居民住的都是老房子，冬天暖气不热。
请给我找个地方停车，转了三圈都没有位置。"""


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return repairer_of(WORDS)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("攻击金多久能到账", "公积金多久能到账"),
        ("请问办理机注证要什么材料", "请问办理居住证要什么材料"),
        ("我在海电区住了半年", "我在海淀区住了半年"),
        ("许愿路街道的路灯不亮", "学院路街道的路灯不亮"),
        ("和平李小区八号楼", "和平里小区八号楼"),
        ("住在忘经那边", "住在望京那边"),
        ("医保益地爆销的比例", "医保异地报销的比例"),
        ("老旧小区家庄电梯", "老旧小区加装电梯"),
        ("楼道里有没气位", "楼道里有煤气味"),
    ],
)
def test_a_word_of_the_site_is_put_right(repairer: Repairer, heard: str, meant: str) -> None:
    assert put_right(repairer, heard) == meant


@pytest.mark.parametrize("text", UNTOUCHED.splitlines())
def test_correct_text_is_left_as_it_is(repairer: Repairer, text: str) -> None:
    assert repairer.repairs(text) == ()


@pytest.mark.parametrize(
    "text",
    ["补发工资", "市税务局", "新华街道", "园林绿化区", "楼道里没气味", "忘经了", "公积金和居住证", "海淀区学院路街道"],
)
def test_what_is_a_word_a_denial_or_another_office_stays(repairer: Repairer, text: str) -> None:
    assert repairer.repairs(text) == ()


def test_a_partial_is_repaired_by_equal_sounds_only(repairer: Repairer) -> None:
    assert repairer.repairs("办理机注证", is_final=False) == ()
    assert [change.text for change in repairer.repairs("提取攻击金", is_final=False)] == ["公积金"]


def test_a_word_that_general_language_knows_better_is_no_mistake() -> None:
    """The guard is the list of common words: with another list the same stretch is a word."""
    words = {"公积金": 100, "攻击金": 100}
    lexicon = Lexicon(("公积金",), readings_of)

    assert Repairer(lexicon, CommonWords(words), sound_of).repairs("提取攻击金") == ()
    assert Repairer(lexicon, CommonWords({"公积金": 100, "提取": 500}), sound_of).repairs("提取攻击金") != ()


@given(some.text("攻击金公积海电区淀机注证居住望忘京经我在,。12a街道学院路许愿", max_size=40))
def test_repairs_are_in_order_apart_as_long_as_what_they_replace_and_done_once(repairer: Repairer, text: str) -> None:
    changes = repairer.repairs(text)

    assert all(left.end <= right.start for left, right in pairwise(changes))
    assert all(
        len(change.text) == change.end - change.start and text[change.start : change.end] != change.text for change in changes
    )


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("八号楼3单远", "八号楼3单元"),
        ("五号楼二单圆502市停水", "五号楼二单元502市停水"),
        ("3单元502市停水", "3单元502室停水"),
        ("幸福录123号", "幸福路123号"),
        ("找火了，找火了", "着火了，着火了"),
        ("我们楼上找火了", "我们楼上着火了"),
    ],
)
def test_an_address_and_a_fire_are_given_away_by_what_stands_beside_them(heard: str, meant: str) -> None:
    text = heard
    for change in context_changes(heard, sound_of(heard)):
        text = text[: change.start] + change.text + text[change.end :]

    assert text == meant


@pytest.mark.parametrize("text", ["3号楼402是我家", "有3单据没报", "回忆录上说的", "我在找火锅店", "找火了吗", "5号楼101室"])
def test_real_words_in_these_places_stay(text: str) -> None:
    assert context_changes(text, sound_of(text)) == ()
