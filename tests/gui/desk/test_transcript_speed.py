"""A call of two hours must not hold up the window: 3,000 utterances, CPU time of the Qt thread for each event."""

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.state import DeskState
from app.domain.transcript import Evidence, Repair, Speaker, Transcript, Utterance, Word
from app.domain.word_search import WordSearch
from tests import sample_state as sample
from ui.theme import Theme
from ui.transcript_view import TranscriptView

COUNT, LIMIT_MS = 3_000, 50.0
TEXT = "我是青河区锦绣家园七号楼的，我们楼从昨天晚上八点开始停水，到现在也没来，四十多户人呢。"


def said(number: int, text: str = TEXT, final: bool = True) -> Utterance:
    start_s = number * 2.4
    words = tuple(
        Word(text[at : at + 2], start_s, start_s + 0.2, 0.4 if at % 10 == 0 else 0.9) for at in range(0, len(text), 2)
    )
    speaker = Speaker.CALLER if number % 2 else Speaker.AGENT
    return Utterance(speaker, number, text, start_s, start_s + 2, final, words, repairs=(Repair(4, 6, "紧修"),))


@pytest.fixture(scope="module")
def long_call() -> DeskState:
    return replace(sample.talking(), transcript=Transcript(tuple(said(number) for number in range(COUNT))))


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """The whole test run's garbage is looked through at a moment of its own: that is no cost of the transcript."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, long_call: DeskState) -> TranscriptView:
    made = TranscriptView(theme)
    qtbot.addWidget(made)
    made.resize(530, 300)
    made.show()
    QApplication.processEvents()
    return made


def cost_ms(act: Callable[[], object]) -> float:
    """CPU time of this thread, painting and laying out included."""
    began = time.thread_time()
    act()
    QApplication.processEvents()
    return (time.thread_time() - began) * 1000


def fill(view: TranscriptView, state: DeskState) -> list[float]:
    """What each event cost until all words are there."""
    costs = [cost_ms(lambda: view.show_state(state))]
    while view.document().blockCount() < len(state.transcript.utterances):
        costs.append(cost_ms(lambda: None))
    return costs


def typical(costs: list[float]) -> float:
    """All but the worst in twenty: a busy machine throws out caches."""
    return sorted(costs)[max(0, len(costs) - 1 - len(costs) // 20)]


def test_no_event_of_showing_a_long_call_takes_long(view: TranscriptView, long_call: DeskState) -> None:
    assert typical(fill(view, long_call)) < LIMIT_MS


def test_partials_of_a_long_call_cost_little(view: TranscriptView, long_call: DeskState) -> None:
    fill(view, long_call)

    costs, state = [], long_call
    for length in range(1, 30):
        state = replace(state, transcript=state.transcript.with_heard(said(COUNT, TEXT[:length], final=False)))
        costs.append(cost_ms(partial(view.show_state, state)))

    assert typical(costs) < LIMIT_MS / 2


def test_a_correction_and_new_evidence_in_the_midst_of_a_long_call_cost_little(
    view: TranscriptView, long_call: DeskState
) -> None:
    fill(view, long_call)
    assert long_call.draft is not None

    costs, state = [], long_call
    for number in range(301, 2901, 200):
        draft = long_call.draft
        evidence = {"place": (Evidence(Speaker.CALLER, number, 3, 10, TEXT[3:10]),)}
        state = replace(
            state,
            transcript=state.transcript.corrected(Speaker.CALLER, number, TEXT + "啊"),
            draft=replace(draft, ticket=replace(draft.ticket, evidence=evidence)),
        )
        costs.append(cost_ms(partial(view.show_state, state)))

    assert typical(costs) < LIMIT_MS


def test_a_search_with_thousands_of_places_costs_little(view: TranscriptView, long_call: DeskState) -> None:
    fill(view, long_call)
    search = WordSearch(lambda text: tuple(text))
    search.find(long_call.transcript, "锦绣")

    found = []
    costs = [cost_ms(lambda: found.append(search.find(long_call.transcript, "晚上八点"))) for _ in range(3)]
    costs.append(cost_ms(lambda: view.show_state(replace(long_call, words_query="x", words_found=found[-1]))))

    assert len(found[-1]) == COUNT
    assert max(costs[1:]) < LIMIT_MS


def test_turning_to_another_case_and_back_costs_little(view: TranscriptView, long_call: DeskState) -> None:
    fill(view, long_call)

    away = cost_ms(lambda: view.show_state(sample.talking()))
    back = cost_ms(lambda: view.show_state(long_call))

    assert max(away, back) < LIMIT_MS
