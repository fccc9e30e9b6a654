"""How often each field of a draft is filled, and filled rightly: on calls written for it, and on those that were kept apart."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.domain.gazetteer import Gazetteer
from app.domain.intake import Intake, Proposal
from app.domain.intake_contact import CALLING
from app.domain.intake_place import read_place
from app.domain.intake_sureness import DOUBTFUL, SURENESS
from app.domain.intake_told import turns_of
from app.domain.transcript import NOTHING_SAID, Speaker, Transcript, Utterance, Word
from tests.benchmarks.fields import calibration, console_intake, judged_in, measure_calls, rows_of
from tests.benchmarks.fields_data import CLOSED, Case, Judged, own_calls, transcript_of

A, C = Speaker.AGENT, Speaker.CALLER
FLOORS = {  # precision and recall on calls.toml
    "kind": (0.92, 0.9),
    "district": (0.97, 0.97),
    "street": (0.95, 0.95),
    "place": (0.92, 0.92),
    "happened": (0.9, 0.9),
    "hurt": (0.92, 0.92),
    "named_unit": (0.9, 0.85),
    "contact": (1.0, 0.95),
    "requester": (0.95, 0.95),
    "is_confidential": (1.0, 1.0),
    "urgency": (0.95, 0.85),
    "demand": (0.95, 0.95),
}
HELD_FLOORS = {  # on held_calls.toml; where it holds enough calls to say anything
    "kind": (0.7, 0.5),
    "district": (0.9, 0.8),
    "place": (0.75, 0.7),
    "happened": (0.8, 0.8),
    "contact": (1.0, 1.0),
    "demand": (0.8, 0.8),
}


@pytest.fixture(scope="module")
def dev() -> list[Judged]:
    return judged_in(own_calls("dev"))


@pytest.fixture(scope="module")
def held() -> list[Judged]:
    return judged_in(own_calls("held"))


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_keeps_its_precision_and_recall(dev: list[Judged], field: str) -> None:
    (row,) = rows_of("own", dev, [field])

    assert row.precision is not None
    assert row.recall is not None
    assert (row.precision, row.recall) >= FLOORS[field]
    assert row.precision >= FLOORS[field][0]
    assert row.recall >= FLOORS[field][1]


@pytest.mark.parametrize("field", HELD_FLOORS)
def test_a_field_keeps_its_precision_and_recall_on_calls_that_were_kept_apart(held: list[Judged], field: str) -> None:
    (row,) = rows_of("held", held, [field])

    assert row.precision is not None
    assert row.recall is not None
    assert row.precision >= HELD_FLOORS[field][0]
    assert row.recall >= HELD_FLOORS[field][1]


def test_what_counts_as_sure_is_right_in_nineteen_of_twenty(dev: list[Judged], held: list[Judged]) -> None:
    sure = [one for one in [*dev, *held] if one.confidence is not None and one.confidence >= 0.85]

    assert len(sure) > 150
    assert sum(one.is_right for one in sure) >= 0.95 * len(sure)


def test_the_surer_a_field_the_more_often_it_is_right(dev: list[Judged], held: list[Judged]) -> None:
    table = [(right / filled, filled) for _, _, filled, right in calibration([*dev, *held]) if filled >= 20]

    assert len(table) >= 3
    assert table[-1][0] >= table[0][0]


def test_there_are_enough_calls_to_say_so() -> None:
    cases = [*own_calls("dev"), *own_calls("held")]

    assert len(cases) >= 120
    assert len({case.name for case in cases}) == len(cases)


def every_proposal() -> list[tuple[Transcript, Proposal]]:
    """Of each call as it grows, and of words in no order that anybody would say them in."""
    intake, chance = console_intake(), random.Random(4)
    cases: Sequence[Case] = [*own_calls("dev"), *own_calls("held")]
    signs = [sign for case in cases for utterance in case.transcript.utterances for sign in utterance.text]
    read = []
    for case in cases:
        utterances = case.transcript.utterances
        read += [Transcript(utterances[:end]) for end in range(1, len(utterances) + 1)]
    for _ in range(150):
        texts = ["".join(chance.choices(signs, k=chance.randint(1, 40))) for _ in range(chance.randint(1, 12))]
        read.append(transcript_of([(chance.choice((A, C)), text) for text in texts]))
    return [(transcript, intake.propose(transcript)) for transcript in read]


def test_every_piece_of_evidence_is_a_slice_of_its_utterance_and_tells_its_rule() -> None:
    for transcript, proposal in every_proposal():
        texts = {(one.speaker, one.number): one.text for one in transcript.utterances}
        for name, (value, evidence) in proposal.items():
            assert evidence, (name, value)
            for part in evidence:
                assert part.text
                assert texts[part.speaker, part.utterance][part.start : part.end] == part.text
                assert part.rule in SURENESS
                assert 0 < part.confidence <= 1


def test_the_paragraph_the_title_and_the_demand_hold_nothing_that_was_not_said() -> None:
    checked = 0
    for _, proposal in every_proposal():
        for name in {"content", "matter", "demand"} & set(proposal):
            value, evidence = proposal[name]
            assert isinstance(value, str)
            assert all(part.speaker is C for part in evidence)
            rest = value
            for part in evidence:  # in order, with nothing but signs between
                head, found, rest = rest.partition(part.text)
                assert found
                assert head.strip("，。") == ""
            assert rest.strip("，。") == ""
            checked += 1
    assert checked > 500


def test_a_place_is_put_together_of_words_that_were_said() -> None:
    for _, proposal in every_proposal():
        if "place" in proposal:
            value, evidence = proposal["place"]
            assert value == "".join(part.text for part in evidence if part.rule != "affirmed")


def test_the_same_words_give_the_same_fields_and_no_words_give_none() -> None:
    case = own_calls("dev")[0]

    assert console_intake().propose(case.transcript) == console_intake().propose(case.transcript)
    assert console_intake().propose(NOTHING_SAID) == {}


def test_words_that_the_recogniser_hardly_trusts_fill_no_field_for_sure() -> None:
    text = "我叫马建国"
    sure = transcript_of([(A, "您怎么称呼？"), (C, text)])
    word = Word(text, 1.0, 2.0, confidence=0.2)
    doubtful = Transcript((sure.utterances[0], replace(sure.utterances[1], words=(word,))))

    assert Intake().propose(sure)["requester"][1][0].confidence >= 0.85
    assert Intake().propose(doubtful)["requester"][1][0].confidence <= DOUBTFUL


def test_what_the_agent_named_and_the_caller_affirmed_has_both_as_evidence() -> None:
    transcript = transcript_of([(A, "您是在幸福路18号院，对吗？"), (C, "对的。")])

    value, evidence = Intake().propose(transcript)["place"]

    assert value == "幸福路18号院"
    assert [part.speaker for part in evidence] == [A, C]
    assert evidence[1].text == "对"


def test_what_the_agent_named_and_nobody_affirmed_fills_nothing() -> None:
    transcript = transcript_of([(A, "您是在幸福路18号院，对吗？"), (C, "喂，听不清。")])

    assert "place" not in Intake().propose(transcript)


def test_a_street_brings_its_district_and_a_district_that_was_said_outweighs_it() -> None:
    intake = Intake(Gazetteer({"方庄街道": "丰台区"}, ("丰台区", "海淀区")))

    alone = intake.propose(transcript_of([(C, "我住方庄街道")]))
    against = intake.propose(transcript_of([(C, "我住海淀区，不是方庄街道")]))

    assert alone["district"][0] == "丰台区"
    assert alone["district"][1][0].rule == "district:street"
    assert against["district"][0] == "海淀区"


def test_a_district_heard_by_its_sound_alone_is_not_sure() -> None:
    proposal = console_intake().propose(transcript_of([(C, "我在海店区这边")]))

    assert proposal["district"][0] == "海淀区"
    assert proposal["district"][1][0].confidence < 0.85


def test_the_number_that_the_caller_rings_from_is_told_apart_from_digits() -> None:
    proposal = Intake().propose(transcript_of([(A, "您的电话是多少"), (C, "就我打的这个")]))

    assert proposal["contact"][0] == CALLING
    assert proposal["contact"][1][0].rule == "contact:calling"


def test_a_place_that_only_names_the_unit_complained_of_is_left_to_that_field() -> None:
    turns = turns_of(transcript_of([(C, "我要投诉市第三医院")]))

    assert read_place(turns, "市第三医院") is None


def test_partials_are_not_read() -> None:
    partial = Utterance(C, 0, "我叫马建国，电话13800138000", 0.0, 1.0, final=False)

    assert Intake().propose(Transcript((partial,))) == {}


def test_scripted_calls_tell_which_fields_have_no_reference(tmp_path: object) -> None:
    rows = {row.field: row for row in measure_calls([])}

    assert {row.note for row in rows.values()} == {"no reference"}
    assert set(CLOSED) <= set(rows)


@pytest.mark.parametrize(
    "said",
    [
        "我的身份证号是110101199003071233",
        "你们不要告诉他们是我打的电话",
        "老板姓王，电话13912345678是他的",
        "订单号13912345678",
    ],
)
def test_digits_and_telephones_that_are_not_the_callers_own_fill_no_contact(said: str) -> None:
    assert "contact" not in Intake().propose(transcript_of([(C, said)]))


def test_what_the_agent_calls_the_request_counts_once_the_caller_says_yes() -> None:
    proposal = Intake().propose(transcript_of([(A, "您是要投诉，对吧？"), (C, "是的。")]))

    assert proposal["kind"][0] == "complaint"
    assert [part.speaker for part in proposal["kind"][1]] == [A, C]
