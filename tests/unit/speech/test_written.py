"""The written form: numbers in digits, idioms in words, marks at pauses, times kept, nothing lost."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from app.domain.numerals import SPOKEN_DIGITS
from app.domain.transcript import Word
from app.speech.engine import text_of
from app.speech.word_frequency import CommonWords, common_words
from app.speech.written import Writer

SITE = ("公积金", "学院路街道", "海淀区", "十八里店街道", "三里屯街道", "居住证")


@pytest.fixture(scope="module")
def writer() -> Writer:
    writer = Writer()
    writer.learn(SITE)
    return writer


def spoken(text: str, pauses: dict[int, float] | None = None) -> tuple[Word, ...]:
    """One word a sign, 0.2 s each; `pauses`: seconds of silence before a sign."""
    words, at = [], 0.0
    for number, sign in enumerate(text):
        at += (pauses or {}).get(number, 0.0)
        words.append(Word(sign, round(at, 2), round(at + 0.2, 2), 0.9))
        at += 0.2
    return tuple(words)


def partial(writer: Writer, text: str) -> str:
    return text_of(writer.write(spoken(text), is_final=False).words)


NUMBERS = """下午三点半家里停水了	下午3点半家里停水了
早上八点二十五分	早上8点25分
二零二三年五月三号	2023年5月3号
一三八零零一三八零零零	13800138000
零幺零八八八八七七七七	01088887777
一共三千二百块钱	一共3200元
三万五千六百元	35600元
十二号楼三单元四零二室	12号楼3单元402室
建国路八十八号院六号楼二单元一六零一	建国路88号院6号楼2单元1601
百分之三十的业主	30%的业主
百分之三点五	3.5%
二十多个人	20多个人
十八层	18层
一百二十平米	120平米
晚上十一点四十	晚上11点40
零点五吨	0.5吨
晚上十点到凌晨两点	晚上10点到凌晨2点
一二三四五热线	12345热线
打幺二零	打120
五块五一斤	5.5元一斤
一点五公里	1.5公里
等了四十分钟	等了40分钟
三千万元	3000万元
二十一世纪	21世纪
第十二条	第12条
一百零八路公交	108路公交
身份证幺幺零幺零五一九四九一二三一零零二叉	身份证11010519491231002X"""
STAY = """两个人受伤
第三次打电话了
三里屯那边
四惠地铁站
五道口
七七八八了
一下子
万一出事
十分着急
五六个人
二三十个人
两三天了
一个月
三个半小时
差一刻九点
有一个多月了
五六七个人
千万别挂
十一期间
十块砖
我有三点意见
快一点
十字路口
十八里店的路
三分之一
几十个人
上百人
一层灰
老百姓
正月十五
三室一厅
百分之百满意
一起去
统一安排"""


@pytest.mark.parametrize("line", NUMBERS.splitlines())
def test_numbers_are_written_as_on_a_ticket(writer: Writer, line: str) -> None:
    said, wanted = line.split("\t")

    assert partial(writer, said) == wanted


@pytest.mark.parametrize("said", STAY.splitlines())
def test_idioms_names_and_small_counts_stay_words(writer: Writer, said: str) -> None:
    assert partial(writer, said) == said


def test_a_number_is_one_word_from_its_first_sign_to_its_last(writer: Writer) -> None:
    written = writer.write(spoken("住十二号楼"), is_final=False).words

    assert written[1] == Word("12", 0.2, 0.6, 0.9)
    assert [word.text for word in written] == ["住", "12", "号", "楼"]


def test_a_repair_is_told_where_it_stands_in_the_written_text(writer: Writer) -> None:
    words = spoken("下午三点半在海电区查攻击金", {5: 0.5})

    written = writer.write(words, is_final=True)

    text = text_of(written.words)
    assert text == "下午3点半，在海淀区查公积金。"
    assert [(text[one.start : one.end], one.was) for one in written.repairs] == [("海淀区", "海电区"), ("公积金", "攻击金")]
    assert written.heard_as == "下午三点半在海电区查攻击金"


def test_what_the_engine_wrote_so_already_is_not_told_twice(writer: Writer) -> None:
    assert writer.write(spoken("我想问一下。"), is_final=True).heard_as == ""


def test_another_list_takes_the_place_of_the_one_before() -> None:
    writer = Writer()
    writer.learn(("公积金",))
    writer.learn(("居住证",))

    assert partial(writer, "提取攻击金") == "提取攻击金"
    assert partial(writer, "办理居主证") == "办理居住证"


def test_without_site_words_text_is_written_all_the_same() -> None:
    assert text_of(Writer().write(spoken("十二号楼停水了"), is_final=True).words) == "12号楼停水了。"


def test_without_a_list_of_common_words_nothing_is_repaired() -> None:
    writer = Writer(lambda: CommonWords({}))

    writer.learn(("公积金",))

    assert partial(writer, "提取攻击金") == "提取攻击金"


def test_the_list_of_common_words_is_installed() -> None:
    assert len(common_words()) > 300_000


@pytest.mark.parametrize(
    ("said", "pauses", "written"),
    [
        ("你好我要投诉", {}, "你好，我要投诉。"),
        ("你们什么时候来修", {}, "你们什么时候来修？"),
        ("我不知道是谁弄的", {}, "我不知道是谁弄的。"),
        ("停水三天了没有人管", {5: 0.4}, "停水三天了，没有人管。"),
        ("停水三天了没有人管", {5: 1.2}, "停水三天了。没有人管。"),
        ("有人吗快来", {3: 0.4}, "有人吗？快来。"),
        ("法院判了但是我不服", {}, "法院判了，但是我不服。"),
        ("好", {}, "好。"),
    ],
)
def test_marks_stand_at_pauses_and_where_words_ask(writer: Writer, said: str, pauses: dict[int, float], written: str) -> None:
    assert text_of(writer.write(spoken(said, pauses), is_final=True).words) == written


def test_a_partial_gets_no_marks_of_its_own(writer: Writer) -> None:
    assert partial(writer, "你好我要投诉") == "你好我要投诉"


def test_marks_of_the_engine_are_made_chinese(writer: Writer) -> None:
    assert text_of(writer.write((Word("你好,", 0, 1), Word("停水了?", 1, 2)), is_final=True).words) == "你好，停水了？"


def test_traditional_signs_are_simplified_in_whatever_an_engine_writes(writer: Writer) -> None:
    assert partial(writer, "醫院門口的電動車亂停") == "医院门口的电动车乱停"


SIGNS = "零一二三四五六七八九十百千万两幺点号楼单元室年月日块元分之半个人我在海电淀区公积攻击金，。 ,?ab12找火了吗呢着但是路录"


@example(["一块零", "1"], True)
@example(["一块零", "日"], True)
@given(some.lists(some.text(SIGNS.replace(" ", ""), min_size=1, max_size=5), max_size=12), some.booleans())
def test_words_put_together_are_the_text_and_writing_again_changes_nothing(
    writer: Writer, texts: list[str], is_final: bool
) -> None:
    words = tuple(Word(text, at * 1.0, at + 0.6) for at, text in enumerate(texts))

    once = writer.write(words, is_final)
    again = writer.write(once.words, is_final)

    assert text_of(again.words) == text_of(once.words)
    assert all(left.start_s <= right.start_s for left, right in zip(once.words, once.words[1:], strict=False))
    assert all(word.start_s <= word.end_s for word in once.words)
    assert once.words == () or (once.words[0].start_s >= 0 and once.words[-1].end_s <= len(texts))
    assert all(text_of(once.words)[one.start : one.end] for one in once.repairs)


@given(some.lists(some.text("我在小区东门口看见有人打架了你们快来", min_size=1, max_size=5), min_size=1, max_size=12))
def test_words_without_numbers_lose_no_sign(writer: Writer, texts: list[str]) -> None:
    words = tuple(Word(text, at * 1.0, at + 0.6) for at, text in enumerate(texts))

    written = text_of(writer.write(words, is_final=True).words)

    assert re.sub("[，。？]", "", written) == "".join(texts)


@example("013000000000")
@given(some.text("0123456789", min_size=4, max_size=18))
def test_a_number_said_sign_by_sign_keeps_every_digit(writer: Writer, digits: str) -> None:
    said = digits.translate(str.maketrans("0123456789", "零一二三四五六七八九"))

    written = partial(writer, f"编号{said}")

    assert "".join(SPOKEN_DIGITS.get(sign, sign) for sign in written[2:]) == digits
