"""Answers are found by spelling and by sound, the current before the expired; the adviser answers the newest question."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.events import AdviceFound, AnswersFound, DeskEvent, Noticed
from app.domain.dispatch import DispatchCatalogue, Unit
from app.domain.knowledge import KnowledgePoint
from app.domain.notice import NoticeCode
from app.errors import SettingsError
from app.speech.sound import sound_of
from app.storage.adviser import AdviserThread
from app.storage.knowledge import SNIPPET, KnowledgeBase
from app.storage.knowledge_files import read_knowledge
from tests.waiting import wait_for

POINTS = read_knowledge(Path(__file__).parents[3] / "resources" / "knowledge")
CATALOGUE = DispatchCatalogue((Unit("water", "水务", ("停水",)),))


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return KnowledgeBase(POINTS, sound_of)


@pytest.mark.parametrize(
    ("query", "is_spoken", "key"),
    [
        ("我想问一下办理居住证需要准备哪些材料", True, "residence_permit"),
        ("另外居住证丢了怎么补办", True, "residence_permit_lost"),
        ("医保异地报销的比例是多少", True, "medical_remote"),
        ("一保一地报消的比里", True, "medical_remote"),
        ("孩子上学的学区划分我想咨询一下", True, "school_enrol"),
        ("公积金提取多久能到账", False, "fund_withdraw"),
        ("公基金题取多久能到张", True, "fund_withdraw"),
        ("公司拖欠我两个月的工资", True, "wage_arrears"),
        ("法院已经判了可是我觉得判得不公平能不能改判", True, "litigation_channel"),
        ("老旧小区加装电梯怎么申请补贴", True, "lift_install"),
        ("物业公司乱收停车费还不给开发票", True, "property_fee"),
        ("隔壁工地夜间施工影响我们休息", True, "noise_construction"),
        ("我想投诉一家健身房关门跑路不退钱", True, "prepaid_card"),
        ("已经停水三天了", True, "water_outage"),
        ("暖气不热", False, "heating"),
        ("怎么办狗证", False, "dog_licence"),
    ],
)
def test_the_right_answer_comes_first(base: KnowledgeBase, query: str, is_spoken: bool, key: str) -> None:
    assert base.search(query, is_spoken)[0].point.key == key


def test_half_a_sentence_finds_it_already(base: KnowledgeBase) -> None:
    assert "residence_permit" in [answer.point.key for answer in base.search("我想问一下办理居住", True)[:3]]


@pytest.mark.parametrize("query", ["", "   ", "？！", "*", "title:水 AND"])
def test_odd_queries_do_no_harm(base: KnowledgeBase, query: str) -> None:
    assert isinstance(base.search(query, False), tuple)


def test_a_query_of_one_character_looks_in_the_titles(base: KnowledgeBase) -> None:
    assert {answer.point.key for answer in base.search("狗", False)} >= {"dog_licence"}


def test_an_expired_point_is_marked_and_stands_behind_its_successor() -> None:
    old = KnowledgePoint("old", "取暖补贴标准", "去年的标准是这样的", valid_until="2026-03-01")
    new = KnowledgePoint("new", "取暖补贴标准", "今年的标准是那样的", valid_until="2027-03-01")
    later = KnowledgePoint("later", "取暖补贴标准", "明年的标准", valid_from="2027-03-02")
    base = KnowledgeBase((old, later, new), sound_of, lambda: "2026-11-01")

    found = base.search("取暖补贴标准", False)

    assert [(answer.point.key, answer.is_expired) for answer in found] == [("new", False), ("old", True)]


def test_the_snippet_shows_the_words_that_were_asked_for(base: KnowledgeBase) -> None:
    snippet = base.search("水管爆裂", False)[0].snippet

    assert "水管爆裂" in snippet
    assert len(snippet) <= SNIPPET + 2


class SlowBase(KnowledgeBase):
    """Stands still in the first search until it is let go, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(POINTS[:3], sound_of)
        self.asked: list[str] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def search(self, query: str, is_spoken: bool, limit: int = 8) -> tuple:  # type: ignore[type-arg]
        self.asked.append(query)
        self.begun.set()
        self.go_on.wait(5)
        return ()


@pytest.fixture
def told() -> list[DeskEvent]:
    return []


@pytest.fixture
def slow(told: list[DeskEvent]) -> Iterator[tuple[SlowBase, AdviserThread]]:
    base = SlowBase()
    adviser = AdviserThread(base, CATALOGUE, told.append)
    adviser.start()
    yield base, adviser
    base.go_on.set()
    adviser.stop()


def test_a_newer_question_takes_the_place_of_one_not_yet_begun(
    slow: tuple[SlowBase, AdviserThread], told: list[DeskEvent]
) -> None:
    base, adviser = slow
    adviser.find_answers("first", True)
    base.begun.wait(5)

    for query in ("second", "third", "fourth"):
        adviser.find_answers(query, True)
    base.go_on.set()

    wait_for(lambda: len(told) == 2, "two answers")
    assert base.asked == ["first", "fourth"]


def test_advice_comes_with_the_limit_in_words(told: list[DeskEvent]) -> None:
    adviser = AdviserThread(lambda: KnowledgeBase((), sound_of), CATALOGUE, told.append, lambda text: f"{text}：24小时")
    adviser.start()

    adviser.find_units("停水", "")

    (event,) = wait_for(lambda: [one for one in told if isinstance(one, AdviceFound)], "advice")
    adviser.stop()
    assert (event.text, event.units[0].unit.key, event.units[0].deadline) == ("停水", "water", "停水：24小时")


def test_a_broken_knowledge_file_is_said_and_dispatch_advice_goes_on(told: list[DeskEvent]) -> None:
    def broken() -> KnowledgeBase:
        raise SettingsError("work.toml", 7, "titel", "title")

    adviser = AdviserThread(broken, CATALOGUE, told.append)
    adviser.start()
    adviser.find_answers("工资", True)
    adviser.find_units("停水", "")

    wait_for(lambda: any(isinstance(one, AdviceFound) for one in told), "advice")
    adviser.stop()
    notices = [one.notice for one in told if isinstance(one, Noticed)]
    assert [(notice.code, notice.values[1]) for notice in notices] == [(NoticeCode.SETTINGS_WRONG, "7")]
    assert [one.answers for one in told if isinstance(one, AnswersFound)] == [()]
