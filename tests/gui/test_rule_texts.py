"""Every rule that fills a field is told in a sentence that an agent understands."""

import re

import pytest
from pytestqt.qtbot import QtBot

from app.domain.intake_sureness import SURENESS
from tests.benchmarks.fields import console_intake
from tests.benchmarks.fields_data import own_calls
from ui.rule_texts import RULE_TEXTS, rule_text


def test_every_rule_has_its_sentence_and_every_sentence_its_rule(qtbot: QtBot) -> None:
    assert set(RULE_TEXTS) == set(SURENESS)


def test_every_rule_that_calls_bring_forth_has_its_sentence(qtbot: QtBot) -> None:
    intake = console_intake()
    rules = {
        part.rule
        for case in [*own_calls("dev"), *own_calls("held")]
        for _, evidence in intake.propose(case.transcript).values()
        for part in evidence
    }

    assert len(rules) > 30
    assert rules <= set(RULE_TEXTS)


@pytest.mark.parametrize("rule", RULE_TEXTS)
def test_a_sentence_shows_no_identifier(qtbot: QtBot, rule: str) -> None:
    assert not re.search(r"[a-z]:[a-z]|[_+]|\w-words", rule_text(rule))
    assert rule not in rule_text(rule)


def test_a_rule_of_a_newer_version_stays_as_it_is(qtbot: QtBot) -> None:
    assert rule_text("kind:new") == "kind:new"
