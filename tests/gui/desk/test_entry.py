"""The hands of the entry benchmark: what they count is what was pressed, and the ticket is right at the end."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.transcript import Speaker, Transcript, Utterance
from tests.benchmarks.entry import measure, measure_call, scripted, total_share
from tests.benchmarks.entry_references import Reference, Wanted, reference_of

TICKET = {
    "kind": "complaint",
    "place": ["解放街36号"],
    "contact": "13811112222",
    "matter": {"text": "工地夜间施工", "facts": ["工地|施工"]},
    "content": {"text": "解放街36号旁边工地夜里施工，睡不着。", "facts": ["工地", "施工", "睡不着"]},
    "urgency": ["", "urgent"],
    "happened": ["", "每天夜里", "夜里"],
    "demand": {"text": "", "facts": ["停|管"]},
    "named_unit": ["", "工地"],
    "hurt": ["", "无人受伤"],
}
TURNS = (
    ("caller", "我要投诉解放街三十六号旁边的工地每天夜里施工吵得睡不着"),
    ("agent", "请留一下您的电话"),
    ("caller", "一三八一一一一二二二二"),
)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    turns = [{"speaker": speaker, "text": text, "file": "0.wav"} for speaker, text in TURNS]
    script = {"name": "site", "turns": turns, "ticket": TICKET}
    (folder / "script.json").write_text(json.dumps(script, ensure_ascii=False), "utf-8")
    return tmp_path


def test_words_save_keys_and_both_tickets_are_right_at_the_end(calls: Path, qtbot: QtBot) -> None:
    entries = measure(calls)

    assert [entry.call for entry in entries] == ["site"]
    assert 0 < entries[0].with_words < entries[0].without
    assert total_share(entries) == entries[0].with_words / entries[0].without


def test_without_any_words_heard_the_keys_are_those_of_typing(calls: Path, qtbot: QtBot) -> None:
    entry = measure(calls, {"site": Transcript()})[0]

    assert entry.with_words == entry.without and not entry.confirmed


def test_wrong_words_cost_the_keys_that_put_them_right(calls: Path, qtbot: QtBot) -> None:
    reference = reference_of(calls / "site")
    right = measure_call("site", reference, scripted(calls / "site"))
    wrong = Transcript(
        tuple(
            Utterance(
                said.speaker, said.number, said.text.replace("36", "26").replace("施工", "时工"), said.start_s, said.end_s, True
            )
            for said in scripted(calls / "site").utterances
        )
    )

    misheard = measure_call("site", reference, wrong)

    assert misheard.with_words > right.with_words
    assert {"place", "content"} <= set(misheard.corrected) and misheard.without == right.without


def test_a_line_is_counted_key_by_key(qtbot: QtBot) -> None:
    reference = Reference({"place": Wanted("幸福路5号")}, False)
    said = Transcript((Utterance(Speaker.CALLER, 0, "嗯", 0.0, 1.0, True),))

    entry = measure_call("one", reference, said)

    assert entry.without == 1 + 11  # Alt+P, and the text
