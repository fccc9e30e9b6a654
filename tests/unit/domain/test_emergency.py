"""Danger is heard by sound as well as by spelling, and talk about danger is told apart from danger."""

import json
from pathlib import Path

import pytest

from app.domain.emergency import EmergencyListener, EmergencyWords
from app.domain.spotting import Contexts, Frame
from app.domain.wordings import segments_of
from app.speech.sound import sound_of
from app.storage.emergency_file import read_emergency_words
from app.vigilance import Vigilance
from tests.benchmarks.danger import DANGER, beginnings, made_noisy, ordinary, score
from tests.benchmarks.danger_texts import OWN, Labelled, read_labelled

TEXTS = read_labelled(OWN)


@pytest.fixture(scope="module")
def listener() -> EmergencyListener:
    return EmergencyListener(read_emergency_words(DANGER), sound_of)


@pytest.fixture(scope="module")
def vigilance() -> Vigilance:
    return Vigilance(DANGER, sound_of)


def test_the_own_set_is_large_and_spread_over_all_lines_and_matters() -> None:
    dangers = [text for text in TEXTS if text.expected]

    assert len(dangers) >= 250
    assert len(TEXTS) - len(dangers) >= 200
    for line in ("119", "120", "110", "122"):
        assert sum(line in text.lines for text in dangers) >= 30
    for matter in ("suicide", "mass", "social"):
        assert sum(text.matter == matter for text in dangers) >= 20


@pytest.mark.parametrize("half", ["dev", "test", "later"])
def test_words_of_danger_light_the_right_button(vigilance: Vigilance, half: str) -> None:
    heard = score([text for text in TEXTS if text.half == half], vigilance)

    assert heard.recall >= 0.98, heard.missed
    assert heard.right >= 0.97, heard.wrong


@pytest.mark.parametrize("half", ["dev", "test", "later"])
def test_talk_that_is_no_danger_lights_nothing(vigilance: Vigilance, half: str) -> None:
    heard = score([text for text in TEXTS if text.half == half], vigilance)

    assert len(heard.false_alarms) <= max(1, heard.calm // 50), heard.false_alarms


def test_danger_is_heard_when_every_seventh_character_has_another_spelling(vigilance: Vigilance) -> None:
    heard = score(made_noisy(TEXTS), vigilance)

    assert heard.recall >= 0.9, heard.missed


def test_danger_is_heard_before_the_sentence_is_over(vigilance: Vigilance) -> None:
    begun = beginnings([text for text in TEXTS if text.half == "dev"], vigilance)

    assert begun["first_lit_at_p50"] <= 0.75


@pytest.mark.parametrize(
    ("text", "line", "matter"),
    [
        ("我不想活了我在楼顶上", "110", "suicide"),
        ("我女儿割腕了流了好多血", "120", "suicide"),
        ("好几百人堵在政府门口拉横幅", "110", "mass"),
        ("工人讨薪爬到塔吊上去了", "110", "mass"),
        ("我要报复社会", "110", "social"),
        ("着火了", "119", ""),
    ],
)
def test_the_matter_is_named_beside_the_line(listener: EmergencyListener, text: str, line: str, matter: str) -> None:
    heard = listener.hear(text)

    assert heard is not None
    assert (heard.line, heard.matter) == (line, matter)


def test_the_words_that_light_a_button_are_named_as_they_were_heard(listener: EmergencyListener) -> None:
    heard = listener.hear("我们楼上找火了")

    assert heard is not None
    assert "找火" in heard.because


def test_two_weak_wordings_light_a_button_that_neither_lights_alone() -> None:
    frames = (_frame("119", "浓烟", 1), _frame("119", "有老人", 1))
    listener = EmergencyListener(EmergencyWords(frames), sound_of)

    assert listener.hear("浓烟") is None
    assert listener.hear("浓烟浓烟") is None
    assert listener.hear("浓烟里有老人") is not None


def test_one_weak_wording_is_enough_where_somebody_tells_what_he_sees() -> None:
    contexts = Contexts(vivid=("我看见",), topics=("请问",))
    listener = EmergencyListener(EmergencyWords((_frame("119", "浓烟", 1),), contexts), sound_of)

    assert listener.hear("我看见浓烟") is not None
    assert listener.hear("请问浓烟") is None


def test_two_characters_of_the_same_sound_need_company() -> None:
    listener = EmergencyListener(EmergencyWords((_frame("110", "救命", 2), _frame("110", "打人", 1))), sound_of)

    assert listener.hear("救命") is not None
    assert listener.hear("就命") is None
    assert listener.hear("就命打人") is not None


def test_a_spelling_that_is_an_ordinary_word_is_no_danger_by_its_sound() -> None:
    frames = (_frame("119", "着火了", 2),)

    assert EmergencyListener(EmergencyWords(frames), sound_of).hear("找货啦") is None
    assert EmergencyListener(EmergencyWords(frames), sound_of).hear("找火了") is not None
    ordinary = Contexts(ordinary=frozenset({"找火了"}))
    assert EmergencyListener(EmergencyWords(frames, ordinary), sound_of).hear("找火了") is None


def test_a_sentence_cut_in_two_utterances_is_still_one(listener: EmergencyListener) -> None:
    heard = listener.hear("我们家着\n火了")

    assert heard is not None
    assert heard.line == "119"


@pytest.mark.parametrize(
    ("text", "is_danger"),
    [
        ("我怕我女儿要跳楼", True),
        ("怕着火所以想装烟感", False),
        ("去年我家着火了", False),
        ("去年我家着过火现在又着火了", True),
        ("没有着火", False),
        ("我家昨晚让人偷了", True),
        ("我爷爷从昨天晚上开始呼吸困难现在喘不上气", True),
        ("消防演习冒烟", False),
        ("三号楼着火了", True),
    ],
)
def test_tense_and_fear_decide(listener: EmergencyListener, text: str, is_danger: bool) -> None:
    assert (listener.hear(text) is not None) is is_danger


def test_a_long_letter_is_not_one_cry(listener: EmergencyListener) -> None:
    letter = "楼下有浓烟。" + "这是一件关于绿化的小事，请有关部门看一看。" * 5 + "楼上还有老人"

    assert listener.hear(letter) is None


@pytest.mark.parametrize("text", ["", " ", "。。。", "a", "😀😀", "1" * 3000, "着" * 500])
def test_anything_can_be_heard(listener: EmergencyListener, text: str) -> None:
    listener.hear(text)


@pytest.mark.parametrize("wording", ["", "…", "(|a)"])
def test_a_wording_without_words_is_refused(wording: str) -> None:
    with pytest.raises(ValueError):
        segments_of(wording, {})


def test_choices_classes_and_gaps_are_spelt_out() -> None:
    first, second = segments_of("{who}…掉(进|到|)河", {"who": ("孩子", "人")})

    assert first.words == {"孩子", "人"}
    assert second.words == {"掉进河", "掉到河", "掉河"}
    assert not second.is_adjacent


@pytest.mark.shared
def test_the_recorded_callers_light_what_their_scripts_say(vigilance: Vigilance, shared: Path) -> None:
    scripts = [json.loads(path.read_text("utf-8")) for path in sorted((shared / "speech/calls").glob("*/script.json"))]

    lit = {script["name"]: _first_lit(vigilance, script["turns"]) for script in scripts}

    assert len(scripts) >= 14
    assert lit == {script["name"]: script["expected"]["emergency"] for script in scripts}


@pytest.mark.shared
def test_ordinary_messages_seldom_light_a_button(vigilance: Vigilance, shared: Path) -> None:
    heard = ordinary(shared / "data", 1, vigilance, every=5)

    assert heard["messages"] > 1000
    assert heard["lit"] / heard["windows"] <= 0.005, heard["listed"]


def _first_lit(vigilance: Vigilance, turns: list[dict[str, str]]) -> str | None:
    said = [turn["text"] for turn in turns if turn["speaker"] == "caller"]
    heard = (vigilance.hear_danger("\n".join(said[max(0, place - 1) : place + 1])) for place in range(len(said)))
    return next((danger.line for danger in heard if danger is not None), None)


def _frame(tag: str, wording: str, weight: int) -> Frame:
    return Frame(tag, segments_of(wording, {}), weight)


def test_a_file_of_texts_is_read_with_and_without_a_head(tmp_path: Path) -> None:
    path = tmp_path / "texts.tsv"
    path.write_text("text\texpected\n着火了\t119\n你好\t\n割腕\t120:suicide\n", "utf-8")

    texts = read_labelled(path)

    assert texts == [Labelled("着火了", "119"), Labelled("你好", ""), Labelled("割腕", "120:suicide")]
