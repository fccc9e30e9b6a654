"""The shield as a value: what it allows when, and how it stands after steps read again from the journal."""

from dataclasses import replace

import pytest

from app.domain.shield import AbuseRules, Shield, ShieldStep, ShieldWhy, Standing, StepKind, heard_threat

RULES = AbuseRules(("one", "two"), pause_s=10, may_end=True, threats=("打死你",))
TALKING = Standing(is_talking=True)


def after(*kinds: StepKind, at: float = 100.0) -> Shield:
    shield = Shield()
    grade = 0
    for kind in kinds:
        grade += kind is StepKind.NOTICE
        shield = shield.with_step(ShieldStep(kind, at, "8001", "words", grade if kind is StepKind.NOTICE else 0))
    return shield


TWICE = (StepKind.NOTICE, StepKind.NOTICE)


@pytest.mark.parametrize(
    ("shield", "call", "now", "why"),
    [
        (after(), TALKING, 0.0, None),
        (after(), Standing(), 0.0, ShieldWhy.NO_CALL),
        (after(), Standing(is_held=True), 0.0, ShieldWhy.HELD),
        (after(), replace(TALKING, has_emergency=True), 0.0, ShieldWhy.EMERGENCY),
        (after(), replace(TALKING, has_third_party=True), 0.0, None),
        (after(StepKind.NOTICE), TALKING, 109.0, ShieldWhy.TOO_SOON),
        (after(StepKind.NOTICE), TALKING, 110.0, None),
        (after(*TWICE), TALKING, 200.0, ShieldWhy.LAST_PLAYED),
        (after(StepKind.SUSPENDED), TALKING, 200.0, ShieldWhy.SUSPENDED),
        (after(StepKind.SUSPENDED, StepKind.RESUMED), TALKING, 200.0, None),
    ],
)
def test_when_a_notice_may_be_played(shield: Shield, call: Standing, now: float, why: ShieldWhy | None) -> None:
    assert shield.why_no_notice(RULES, call, now) is why


@pytest.mark.parametrize(
    ("shield", "call", "now", "why"),
    [
        (after(*TWICE), TALKING, 110.0, None),
        (after(*TWICE), TALKING, 109.0, ShieldWhy.TOO_SOON),
        (after(StepKind.NOTICE), TALKING, 200.0, ShieldWhy.STEPS_WANTED),
        (after(*TWICE), replace(TALKING, has_third_party=True), 200.0, ShieldWhy.THREE_WAY),
        (after(*TWICE), replace(TALKING, has_emergency=True), 200.0, ShieldWhy.EMERGENCY),
        (after(*TWICE), replace(TALKING, is_silent=True), 200.0, ShieldWhy.SILENT_CALLER),
        (after(*TWICE), Standing(is_held=True), 200.0, ShieldWhy.HELD),
        (after(*TWICE, StepKind.SUSPENDED), TALKING, 200.0, ShieldWhy.SUSPENDED),
        (after(*TWICE, StepKind.SUSPENDED, StepKind.RESUMED), TALKING, 200.0, None),
    ],
)
def test_when_a_call_may_be_ended(shield: Shield, call: Standing, now: float, why: ShieldWhy | None) -> None:
    assert shield.why_no_end(RULES, call, now) is why


def test_a_city_that_ends_no_calls_ends_none_whatever_was_played() -> None:
    assert after(*TWICE).why_no_end(replace(RULES, may_end=False), TALKING, 999.0) is ShieldWhy.MAY_NOT_END


def test_a_city_without_steps_has_no_shield_and_ends_no_call() -> None:
    bare = AbuseRules(may_end=True)

    assert Shield().why_no_notice(bare, TALKING, 0.0) is ShieldWhy.NO_RULES
    assert Shield().why_no_end(bare, TALKING, 0.0) is ShieldWhy.MAY_NOT_END


def test_danger_calls_off_an_ending_that_has_begun() -> None:
    ending = after(*TWICE, StepKind.ENDING).ending_at(210.0)

    assert ending.with_step(ShieldStep(StepKind.SUSPENDED, 205.0, "8001", "着火")).ends_at == 0.0


def test_only_what_was_done_to_the_caller_is_worth_sealing() -> None:
    assert [after(kind).is_used for kind in (StepKind.NOTICE, StepKind.QUESTION, StepKind.RESUMED, StepKind.ENDED)] == [
        True, False, False, True,
    ]  # fmt: skip


def test_a_threat_is_heard_by_its_word() -> None:
    assert (heard_threat(RULES, "小心我打死你"), heard_threat(RULES, "气死我了")) == ("打死你", "")
