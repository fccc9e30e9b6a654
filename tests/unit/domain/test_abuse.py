"""Abuse of the agent is heard; told abuse, anger at offices and a hard word about oneself are not."""

import pytest

from app.domain.abuse import AbuseListener
from app.speech.sound import sound_of
from app.storage.emergency_file import read_abuse_words
from tests.benchmarks.danger import DANGER
from tests.benchmarks.danger_texts import ABUSE, read_labelled

TEXTS = read_labelled(ABUSE)


@pytest.fixture(scope="module")
def listener() -> AbuseListener:
    return AbuseListener(read_abuse_words(DANGER), sound_of)


def test_the_own_set_is_large() -> None:
    assert len(TEXTS) >= 120


def test_abuse_of_the_agent_is_heard(listener: AbuseListener) -> None:
    abusive = [text for text in TEXTS if text.expected]

    missed = [text.text for text in abusive if listener.hear(text.text) is None]

    assert len(missed) <= len(abusive) // 50, missed


def test_what_others_said_is_a_complaint_and_no_abuse(listener: AbuseListener) -> None:
    calm = [text for text in TEXTS if not text.expected]

    alarmed = [text.text for text in calm if listener.hear(text.text) is not None]

    assert len(alarmed) <= len(calm) // 50, alarmed


@pytest.mark.parametrize(
    ("text", "kind"),
    [("你个王八蛋", "insult"), ("我找到你弄死你", "threat"), ("你穿什么颜色的内裤", "sexual"), ("你们都是沙比", "insult")],
)
def test_the_kind_is_named(listener: AbuseListener, text: str, kind: str) -> None:
    heard = listener.hear(text)

    assert heard is not None
    assert heard.kind == kind


def test_the_abusive_words_are_named_as_they_were_heard(listener: AbuseListener) -> None:
    heard = listener.hear("你就是个白痴")

    assert heard is not None
    assert "白痴" in heard.because
