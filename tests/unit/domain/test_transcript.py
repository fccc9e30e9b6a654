"""Corrections of a transcript: the original stays, words keep their times, spans stay inside and say what stands there."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alignment import moved, steps_between
from app.domain.transcript import (
    SENTENCE_LIMIT,
    Evidence,
    Repair,
    Speaker,
    Transcript,
    Utterance,
    Word,
    moved_evidence,
    transcript_of,
)
from app.errors import RuleBroken

TEXTS = st.text(alphabet="青河区锦绣家园七号楼停水了，。" + string.digits, max_size=30)
LONG = st.text(alphabet="青河区锦绣", min_size=1, max_size=12)


def worded(text: str, start_s: float = 10.0, confidence: float = 0.9) -> tuple[Word, ...]:
    """Two characters a word, half a second each."""
    return tuple(Word(text[at : at + 2], start_s + at / 4, start_s + (at + 2) / 4, confidence) for at in range(0, len(text), 2))


def said(text: str, *repairs: Repair, number: int = 0, final: bool = True) -> Utterance:
    end_s = 10.0 + (len(text) + 1) // 2 / 2
    return Utterance(Speaker.CALLER, number, text, 10.0, end_s, final, worded(text), 0.9, repairs=repairs)


def joined(utterance: Utterance) -> str:
    return "".join(word.text for word in utterance.words)


@given(TEXTS, TEXTS)
def test_the_steps_between_two_texts_cover_both_and_turn_one_into_the_other(before: str, after: str) -> None:
    steps = steps_between(before, after)

    assert "".join(before[step.start : step.end] for step in steps) == before
    assert "".join(after[step.new_start : step.new_end] for step in steps) == after
    assert all(before[s.start : s.end] == after[s.new_start : s.new_end] for s in steps if s.is_same)


@given(TEXTS, TEXTS, st.data())
def test_a_span_that_moved_whole_says_the_same_words(before: str, after: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))

    at = moved(steps_between(before, after), start, end)

    if at is not None:
        assert 0 <= at.start < at.end <= len(after)
        assert not at.is_whole or after[at.start : at.end] == before[start:end]


@given(LONG, TEXTS.map(str.strip))
def test_the_words_of_a_correction_are_its_text_and_stay_in_the_utterances_time(before: str, after: str) -> None:
    corrected = said(before).corrected(after)

    assert joined(corrected) == corrected.text == after
    times = [time for word in corrected.words for time in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert not times or (times[0] >= 10.0 and times[-1] <= said(before).end_s + 1e-9)


@given(LONG, TEXTS, st.data())
def test_repairs_and_evidence_of_a_correction_stay_inside_it_and_evidence_is_a_slice(
    before: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    original = said(before, Repair(start, end, "?"))
    evidence = {"place": (Evidence(Speaker.CALLER, 0, start, end, before[start:end]),)}

    corrected = original.corrected(after)
    kept, changed = moved_evidence(evidence, original, corrected)

    assert all(corrected.text[r.start : r.end] == before[start:end] for r in corrected.repairs)
    for part in kept.get("place", ()):
        assert part.text == corrected.text[part.start : part.end] != ""
        assert part.text == before[start:end] or "place" in changed
    assert "place" in kept or "place" in changed


@given(LONG, TEXTS, TEXTS)
def test_however_often_it_is_corrected_the_first_state_comes_back_whole(before: str, once: str, again: str) -> None:
    first = said(before, Repair(0, 1, "?"))

    assert first.corrected(once).corrected(again).restored() == first


def test_words_that_stay_keep_their_times_and_new_ones_have_the_time_of_those_they_replace() -> None:
    before = said("我住紧修家园")

    after = before.corrected("我住锦绣家园")

    assert [(word.text, word.start_s, word.end_s) for word in after.words] == [
        ("我住", 10.0, 10.5),
        ("锦绣", 10.5, 11.0),
        ("家园", 11.0, 11.5),
    ]
    assert (after.original, after.first) == ("我住紧修家园", before)


def test_the_words_of_the_first_state_typed_again_are_no_correction_any_more() -> None:
    before = said("我住紧修家园")

    assert before.corrected("我住锦绣家园").corrected("我住紧修家园") is not None
    assert before.corrected("我住锦绣家园").corrected("我住紧修家园") == before


def test_a_correction_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(RuleBroken):
        said("停水").corrected("长" * (SENTENCE_LIMIT + 1))


def test_what_is_still_being_heard_cannot_be_corrected() -> None:
    partial = said("停水", final=False)

    assert partial.corrected("停电") is partial


def test_a_line_break_that_was_pasted_becomes_a_blank() -> None:
    assert said("停水").corrected("停水\n三天").text == "停水 三天"


def test_undoing_a_repair_brings_back_what_was_heard_and_moves_the_others() -> None:
    repaired = said("在青河区锦绣园七号楼", Repair(1, 4, "清河"), Repair(4, 7, "紧修圆"))

    undone = repaired.with_repair_undone(1)

    assert undone.text == "在清河锦绣园七号楼"
    assert undone.repairs == (Repair(3, 6, "紧修圆"),)
    assert undone.text[3:6] == "锦绣园"
    assert undone.original == repaired.text
    assert joined(undone) == undone.text


def test_undoing_a_repair_that_is_not_there_changes_nothing() -> None:
    repaired = said("青河区", Repair(0, 3, "清河"))

    assert repaired.with_repair_undone(1) is repaired


def test_words_heard_later_never_take_the_place_of_a_correction() -> None:
    transcript = Transcript((said("停水"),)).corrected(Speaker.CALLER, 0, "停电")

    later = transcript.with_heard(said("听水")).with_heard(replace(said(""), words=()))

    assert [one.text for one in later.utterances] == ["停电"]


def test_words_the_agent_wrote_for_a_stretch_that_nothing_listened_to_are_a_correction() -> None:
    missing = Utterance(Speaker.CALLER, 3, "", 5.0, 9.0, True, is_missing=True)
    transcript = Transcript((missing,)).corrected(Speaker.CALLER, 3, "家里着火了")

    later = transcript.with_heard(missing)

    assert (later.utterances[0].text, later.utterances[0].is_missing, later.utterances[0].first) == (
        "家里着火了",
        False,
        missing,
    )
    assert later.with_original_restored(Speaker.CALLER, 3).utterances == (missing,)


def test_evidence_goes_where_its_words_went_and_is_dropped_with_them() -> None:
    before = said("我住紧修家园姓陈")
    evidence = {
        "place": (Evidence(Speaker.CALLER, 0, 4, 6, "家园"),),
        "requester": (Evidence(Speaker.CALLER, 0, 6, 8, "姓陈"),),
        "happened": (Evidence(Speaker.CALLER, 7, 0, 2, "昨天"),),
    }

    kept, changed = moved_evidence(evidence, before, before.corrected("我就住在锦绣家园"))

    assert kept["place"] == (Evidence(Speaker.CALLER, 0, 6, 8, "家园"),)
    assert "requester" not in kept
    assert kept["happened"] == evidence["happened"]
    assert changed == {"requester"}


def test_evidence_of_which_a_part_was_put_right_is_kept_and_its_field_named() -> None:
    before = said("我住紧修家园七号楼")
    evidence = {"place": (Evidence(Speaker.CALLER, 0, 2, 9, "紧修家园七号楼"),)}

    kept, changed = moved_evidence(evidence, before, before.corrected("我住锦绣家园七号楼"))

    assert kept["place"][0].text == "锦绣家园七号楼"
    assert changed == {"place"}


def test_the_time_of_some_characters_is_that_of_the_words_they_lie_in() -> None:
    assert said("我住锦绣家园").times_of(3, 5) == (10.5, 11.5)


def test_without_words_time_is_spread_evenly() -> None:
    plain = replace(said("我住锦绣家园"), words=(), end_s=16.0)

    assert plain.times_of(2, 4) == (12.0, 14.0)


def test_doubtful_words_are_named_with_how_sure_they_are() -> None:
    words = (Word("我住", 0, 1, 0.9), Word("锦绣", 1, 2, 0.3), Word("，", 2, 2, 0.1))

    assert replace(said("我住锦绣，"), words=words).doubtful_spans() == ((2, 4, 0.3),)


def test_an_engine_that_is_sure_of_whole_utterances_only_makes_the_whole_doubtful() -> None:
    unsure = replace(said("我住锦绣"), words=worded("我住锦绣", confidence=1.0), confidence=0.4)

    assert unsure.doubtful_spans() == ((0, 4, 0.4),)
    assert unsure.corrected("我住紧修").doubtful_spans() == ()


def test_a_transcript_of_utterances_in_any_order_is_in_the_order_they_began() -> None:
    late, early = replace(said("后"), start_s=9.0), replace(said("先", number=1), start_s=2.0)

    assert [one.text for one in transcript_of([late, early]).utterances] == ["先", "后"]
