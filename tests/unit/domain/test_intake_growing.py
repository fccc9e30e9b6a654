"""A call that grows, is corrected and put back is read piece by piece, and always says what reading it anew says."""

import random
import time
from dataclasses import replace

import pytest

from app.domain.intake import Intake
from app.domain.intake_told import Turns, turns_of
from app.domain.transcript import NOTHING_SAID, Speaker, Transcript, Utterance
from tests.benchmarks.fields import console_intake
from tests.benchmarks.fields_data import Case, own_calls, transcript_of

CALLS = [*own_calls("dev"), *own_calls("held")]
LONG = 3000


def long_call(count: int) -> Transcript:
    """As many utterances as a call of two hours holds, of all sorts of calls."""
    said = [utterance for case in CALLS for utterance in case.transcript.utterances]
    said = (said * (count // len(said) + 1))[:count]
    return Transcript(tuple(replace(one, number=n, start_s=float(n)) for n, one in enumerate(said)))


def states_of(case: Case, chance: random.Random) -> list[Transcript]:
    """The transcript as it comes: partials, finals, some of them late; words that are put right and back again, and dropped."""
    states, heard = [], NOTHING_SAID
    for place, one in enumerate(case.transcript.utterances):
        heard = heard.with_heard(replace(one, text=one.text[: len(one.text) // 2], final=False))
        states.append(heard)
        heard = heard.with_heard(one)
        states.append(heard)
        late = replace(one, number=1000 + place, start_s=one.start_s - 0.5 - chance.randint(0, 3), text=chance.choice(LATE))
        if chance.random() < 0.3:
            heard = heard.with_heard(late)
            states.append(heard)
        if chance.random() < 0.4:
            other = chance.choice(heard.utterances)
            corrected = heard.corrected(other.speaker, other.number, other.text[:-2] + chance.choice(LATE))
            states += [corrected, corrected.with_original_restored(other.speaker, other.number)]
            heard = corrected if chance.random() < 0.5 else heard
    return states


LATE = (
    "嗯",
    "不对，是后四位八八八九",
    "电话一三八零零一三八零零零",
    "在海淀区学院路街道",
    "对",
    "您的电话是多少",
    "没有人受伤",
)


@pytest.mark.parametrize("seed", range(3))
def test_reading_piece_by_piece_says_what_reading_anew_says(seed: int) -> None:
    chance = random.Random(seed)
    grown, compared = console_intake(), 0
    for case in chance.sample(CALLS, 25):
        for transcript in states_of(case, chance):
            assert grown.propose(transcript) == console_intake().propose(transcript), case.name
            compared += 1

    assert compared > 100


def test_two_calls_in_turn_are_kept_apart() -> None:
    intake, (one, other) = console_intake(), CALLS[:2]
    expected = [console_intake().propose(case.transcript) for case in (one, other)]

    for _ in range(3):
        assert [intake.propose(case.transcript) for case in (one, other)] == expected


def test_the_turns_of_a_corrected_call_are_those_of_a_call_that_was_said_so() -> None:
    turns, call = Turns(), long_call(300)
    turns.of(call)

    for number in (0, 7, 150, 299):
        said = call.utterances[number]
        changed = call.corrected(said.speaker, number, said.text + "，您的电话是多少？")
        grown = turns.of(changed)
        assert grown is not None
        assert grown.turns == turns_of(changed).turns
        assert [turn for block in grown.blocks for turn in block.turns] == list(grown.turns)


def test_a_long_call_is_read_in_steps_and_then_says_the_same() -> None:
    call, intake = long_call(600), console_intake()

    steps = 1
    while not intake.read_ahead(call, 0.004):
        steps += 1
        assert steps < 600

    assert steps > 1
    assert intake.propose(call) == console_intake().propose(call)


def test_what_was_said_first_is_in_the_summary_of_a_call_of_two_hours() -> None:
    talk = [(Speaker.CALLER, "嗯我跟您说啊"), (Speaker.AGENT, "您请讲")] * 600
    call = transcript_of([(Speaker.CALLER, "幸福路十八号的自来水管爆了没人修"), *talk])

    proposal = Intake().propose(call)

    assert "幸福路十八号的自来水管爆了没人修" in str(proposal["content"][0])
    assert proposal["place"][0] == "幸福路十八号"


@pytest.mark.parametrize(("count", "most_ms"), [(200, 8.0), (LONG, 25.0)])
def test_a_word_more_costs_a_moment_however_long_the_call_is(count: int, most_ms: float) -> None:
    """Of the processor and in the middle, so that a busy machine says nothing against it; see docs/BENCHMARKS.md."""
    call, intake = long_call(count + 40), console_intake()
    intake.read_ahead(call)
    taken = []
    for end in range(count, count + 40):
        said = replace(call.utterances[end], text=f"{call.utterances[end].text}，{end}号楼")
        began = time.thread_time()
        intake.propose(Transcript((*call.utterances[:end], said)))
        taken.append((time.thread_time() - began) * 1e3)

    assert sorted(taken)[len(taken) // 2] < most_ms


def test_an_utterance_as_long_as_may_be_is_read_in_a_moment() -> None:
    text = "".join(one.text for one in long_call(300).utterances)[:1000]
    call = Transcript((Utterance(Speaker.CALLER, 0, text, 0.0, 60.0, True),))
    began = time.thread_time()

    Intake().propose(call)

    assert time.thread_time() - began < 0.25
