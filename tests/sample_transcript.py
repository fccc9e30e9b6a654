"""A call whose transcript shows all it can: evidence, repairs, doubtful words, corrections, words that are missing."""

from collections.abc import Callable
from dataclasses import replace

from app.desk.state import DeskState
from app.domain.transcript import Evidence, Repair, Speaker, Transcript, Utterance, Word
from app.domain.word_search import WordSearch
from tests import sample_state as sample
from ui.desk_view import DeskView

_AGENT, _CALLER = Speaker.AGENT, Speaker.CALLER


def _worded(said: Utterance, doubtful: str = "") -> Utterance:
    """Words of two characters, evenly spread; those of `doubtful` are not sure."""
    share = (said.end_s - said.start_s) / max(1, len(said.text))
    at = said.text.find(doubtful) if doubtful else -1
    words = tuple(
        Word(
            said.text[place : place + 2],
            said.start_s + place * share,
            said.start_s + min(len(said.text), place + 2) * share,
            0.31 if at <= place < at + len(doubtful) else 0.93,
        )
        for place in range(0, len(said.text), 2)
    )
    return replace(said, words=words)


def _repaired(said: Utterance, right: str, was: str) -> Utterance:
    start = said.text.index(right)
    return replace(
        said, repairs=(*said.repairs, Repair(start, start + len(right), was)), heard_as=said.text.replace(right, was)
    )


def said() -> Transcript:
    first = _worded(Utterance(_AGENT, 0, "您好，12345 热线，请问有什么可以帮您？", 0.6, 3.4, True))
    second = _repaired(
        _worded(Utterance(_CALLER, 1, "你好，我住青河区锦绣家园 7 号楼，昨天晚上 8 点开始停水。", 4.0, 11.2, True)),
        "锦绣家园",
        "紧修家园",
    )
    third = _worded(Utterance(_AGENT, 2, "请问是整栋楼都停水吗？", 12.0, 15.5, True))
    missing = Utterance(_CALLER, 3, "", 16.1, 31.0, True, is_missing=True)
    fourth = _worded(
        Utterance(_CALLER, 4, "整栋都停，四十多户，老人要吃要，物业没人街。", 31.4, 38.8, True), "老人要吃要"
    ).corrected("整栋都停，四十多户，老人要吃药，物业没人接。")
    fifth = _worded(Utterance(_CALLER, 5, "免贵姓陈，回访就打这个电话，电梯也听了。", 40.9, 45.0, True), "电梯也听了")
    partial = Utterance(_CALLER, 6, "最好今天下午之前能", 46.0, 48.0, False)
    return Transcript((first, second, third, missing, fourth, fifth, partial))


def evidence(number: int, words: str, confidence: float = 0.9, rule: str = "place") -> tuple[Evidence, ...]:
    one = said().utterance(_CALLER, number)
    assert one is not None
    start = one.text.index(words)
    return (Evidence(_CALLER, number, start, start + len(words), words, confidence, rule),)


def with_record() -> DeskState:
    state = sample.talking()
    assert state.draft is not None
    found = {
        "place": evidence(1, "青河区锦绣家园 7 号楼"),
        "happened": evidence(1, "昨天晚上 8 点"),
        "requester": evidence(5, "姓陈"),
    }
    draft = replace(state.draft, ticket=replace(state.draft.ticket, evidence=found))
    return replace(state, transcript=said(), draft=draft)


def searched() -> DeskState:
    state = with_record()
    return replace(state, words_query="停水", words_found=WordSearch().find(state.transcript, "停水"))


def _light_up(view: DeskView, state: DeskState) -> None:
    view.transcript.light_up(state.draft.ticket.evidence["place"] if state.draft is not None else ())


def _search(view: DeskView, state: DeskState) -> None:
    view.transcript.enter_search()
    view.transcript.search.box.setText("停水")
    view.show_state(replace(state, words_found=tuple(state.words_found)))


def _edit(view: DeskView, _: DeskState) -> None:
    view.transcript.correct()


Scene = tuple[Callable[[], DeskState], Callable[[DeskView, DeskState], None]]

TRANSCRIPT_PICTURES: dict[str, Scene] = {
    "lit": (with_record, _light_up),
    "searched": (searched, _search),
    "edited": (with_record, _edit),
}
