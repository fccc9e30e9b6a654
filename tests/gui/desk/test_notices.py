"""Sentences of the status area."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from app import errors
from app.domain.notice import Notice, NoticeCode
from ui.notices import SENTENCES, notice_text


@pytest.mark.parametrize("code", list(NoticeCode))
def test_every_notice_has_a_sentence_that_needs_no_more_values_than_it_is_given(code: NoticeCode, qapp: QApplication) -> None:
    text = notice_text(Notice(code, ("one", "two", "three", "four")))

    assert len(text) > 30
    assert text.endswith((".", "{0}", "one", "。"))
    assert not re.search(r"\{\d", text)


def test_there_is_no_sentence_for_a_notice_that_does_not_exist() -> None:
    assert set(SENTENCES) == set(NoticeCode)


@pytest.mark.parametrize("code", list(NoticeCode))
def test_a_notice_that_came_without_its_values_is_still_said(code: NoticeCode, qapp: QApplication) -> None:
    text = notice_text(Notice(code))

    assert not re.search(r"\{\d", text)


def test_a_broken_rule_is_said_in_the_words_of_the_form(qapp: QApplication) -> None:
    text = notice_text(Notice(NoticeCode.RULE_BROKEN, ("dispatched", "kind, place")))

    assert "Dispatched" in text
    assert "Kind, Place" in text


def test_an_emergency_line_is_named_by_number_and_service(qapp: QApplication) -> None:
    text = notice_text(Notice(NoticeCode.EMERGENCY_FAILED, ("119", "no answer")))

    assert "119 Fire" in text


def test_a_value_with_braces_does_not_break_the_sentence(qapp: QApplication) -> None:
    text = notice_text(Notice(NoticeCode.INTERNAL, ("KeyError: '{x}'",)))

    assert "KeyError: '{x}'" in text


def test_every_error_of_the_program_has_a_sentence() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.JiesuError)]

    assert [kind.__name__ for kind in kinds if NoticeCode(kind.code) not in SENTENCES] == []
