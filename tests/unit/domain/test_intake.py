"""What the caller says becomes draft fields, each with the words it came from."""

import json
from pathlib import Path

import pytest

from app.domain.intake import guess_urgency, propose
from app.domain.intake_summary import CONTENT_LENGTH
from app.domain.ticket import RequestKind, Urgency
from app.domain.transcript import Speaker, Transcript, Utterance


def said(*texts: str, speaker: Speaker = Speaker.CALLER, final: bool = True) -> Transcript:
    return Transcript(tuple(Utterance(speaker, n, text, n, n + 1.0, final) for n, text in enumerate(texts)))


def value(transcript: Transcript, field: str) -> object:
    return propose(transcript).get(field, (None, ()))[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我想问一下办理居住证需要准备哪些材料", RequestKind.INQUIRY),
        ("公司拖欠我两个月的工资", RequestKind.COMPLAINT),
        ("我要举报一个无证经营的黑中介", RequestKind.REPORT),
        ("我家停水三天了能不能快点来修", RequestKind.HELP),
        ("建议在路口增加一个红绿灯", RequestKind.SUGGESTION),
        ("我想表扬一下社区的工作人员", RequestKind.OPINION),
        ("喂你好听得见吗", None),
    ],
)
def test_the_kind_is_guessed_by_words_and_left_open_without_them(text: str, kind: RequestKind | None) -> None:
    assert value(said(text), "kind") == kind


@pytest.mark.parametrize(
    ("texts", "number"),
    [
        (("一三八零零一三八零零零",), "13800138000"),
        (("我的电话是幺三九一二三四五六七八",), "13912345678"),
        (("你记一下 138 0013 8000",), "13800138000"),
        (("一三八零零", "一三八零零零"), "13800138000"),
        (("一三八零零一三八零零零", "不对是一三九一二三四五六七八"), "13912345678"),
        (("二三八零零一三八零零零",), None),
        (("一三八零零一三",), None),
        (("三单元五零二室住了两年",), None),
    ],
)
def test_a_spoken_number_is_a_contact_only_when_it_is_a_whole_number(texts: tuple[str, ...], number: str | None) -> None:
    assert value(said(*texts), "contact") == number


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("建设路二十六号院三号楼五单元浓烟很大", "建设路二十六号院三号楼五单元"),
        ("我要投诉幸福路一百二十三号楼下的烧烤店", "幸福路一百二十三号"),
        ("和平里小区八号楼一单元你们快点派救护车", "和平里小区八号楼一单元"),
        ("我在海淀区学院路街道住了半年多了", "海淀区学院路街道"),
        ("人民路和解放街的路口后面已经堵了很长", "人民路和解放街的路口"),
        ("东风市场后面那栋红楼", "东风市场"),
        ("我们小区楼下马路上很吵", None),
        ("孩子明年上小学", None),
    ],
)
def test_a_place_is_taken_as_it_was_said(text: str, place: str | None) -> None:
    assert value(said(text), "place") == place


def test_evidence_points_at_the_words_within_their_utterance() -> None:
    transcript = said("你好", "我在海淀区学院路街道", "电话一三八零零一三八零零零")

    for _, evidence in propose(transcript).values():
        for one in evidence:
            assert transcript.utterances[one.utterance].text[one.start : one.end] == one.text
            assert one.text


def test_only_final_words_of_the_caller_propose_anything() -> None:
    assert propose(said("我要投诉噪音扰民", final=False)) == {}
    assert propose(said("我要投诉噪音扰民", speaker=Speaker.AGENT)) == {}


def test_the_content_holds_every_statement_but_not_the_bare_number() -> None:
    assert value(said("停水三天了", "一三八零零一三八零零零", "能不能快点修"), "content") == "停水三天了。能不能快点修。"


def test_the_content_of_an_endless_call_stays_a_paragraph_of_what_says_most() -> None:
    told = ["".join(chr(0x4E00 + 13 * n + 997 * m) for m in range(12)) for n in range(150)]

    content = value(said(*told, "幸福路十八号的自来水管爆了没人修"), "content")

    assert isinstance(content, str)
    assert 300 < len(content) <= CONTENT_LENGTH
    assert content.endswith("幸福路十八号的自来水管爆了没人修。")


def test_the_content_leaves_out_greetings_fillers_and_what_was_said_before() -> None:
    transcript = said("喂你好，嗯那个我们小区的井盖丢了", "你听得到吗", "就是我们小区的井盖丢了，昨天晚上丢的", "我姓刘，谢谢")

    assert value(transcript, "content") == "我们小区的井盖丢了。昨天晚上丢的。"


def test_a_name_a_time_and_urgency_are_heard() -> None:
    proposal = propose(said("井盖丢了很危险昨天晚上就没了", "我姓刘"))

    assert (proposal["requester"][0], proposal["happened"][0], proposal["urgency"][0]) == ("刘", "昨天晚上", Urgency.URGENT)
    assert guess_urgency("我想咨询公积金") is Urgency.NORMAL


@pytest.mark.shared
def test_the_recorded_callers_are_taken_down_as_their_scripts_expect(shared: Path) -> None:
    scripts = [json.loads(path.read_text("utf-8")) for path in sorted((shared / "speech/calls").glob("*/script.json"))]
    wrong = []
    for script in scripts:
        turns = [Utterance(Speaker(t["speaker"]), n, t["text"], n, n + 1.0, True) for n, t in enumerate(script["turns"])]
        proposal = propose(Transcript(tuple(turns)))
        expected = script["expected"]
        if proposal.get("kind", (None,))[0] != expected["kind"]:
            wrong.append((script["name"], "kind"))
        if expected.get("place", "") not in str(proposal.get("place", ("",))[0]):
            wrong.append((script["name"], "place"))

    assert len(scripts) >= 14
    assert wrong == []
