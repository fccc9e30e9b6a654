"""Limits and refusals are the city's own: Baoding's draft ordinance and Beijing's rules side by side."""

from pathlib import Path

import pytest

from app.domain.deadlines import deadline_text, next_limits
from app.domain.rulepack import RulePack
from app.domain.ticket import RequestKind, Urgency
from app.storage.rulepack_file import read_rulepack

PACKS = Path(__file__).parents[3] / "resources" / "rulepacks"


@pytest.fixture(scope="module")
def baoding() -> RulePack:
    return read_rulepack(PACKS / "baoding.toml")


@pytest.fixture(scope="module")
def beijing() -> RulePack:
    return read_rulepack(PACKS / "beijing.toml")


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (RequestKind.INQUIRY, 3),
        (RequestKind.HELP, 5),
        (RequestKind.OPINION, 5),
        (RequestKind.SUGGESTION, 5),
        (RequestKind.COMPLAINT, 7),
        (RequestKind.REPORT, 7),
    ],
)
def test_baoding_gives_each_kind_its_days_after_signing(baoding: RulePack, kind: RequestKind, days: int) -> None:
    text = deadline_text(baoding, kind, Urgency.NORMAL, "")

    assert f"签收后{days}个工作日内办结" in text
    assert "派单后1个工作日内签收" in text


def test_urgent_help_goes_on_site_at_once_and_reports_within_two_hours(baoding: RulePack) -> None:
    limits = {limit.text: limit for limit in next_limits(baoding, RequestKind.HELP, Urgency.URGENT, "", 1_000.0)}

    assert limits["立即到现场处置"].source == "第二十一条（三）"
    assert limits["派单后2小时内反馈进度"].due_at == 1_000.0 + 7_200


def test_a_limit_of_working_days_names_no_date_without_a_calendar(baoding: RulePack) -> None:
    limits = next_limits(baoding, RequestKind.COMPLAINT, Urgency.NORMAL, "", 1_000.0)

    assert [limit.due_at for limit in limits] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "urgency", "wanted"),
    [
        ("停水三天", Urgency.NORMAL, "派单后24小时内反馈"),
        ("拖欠工资", Urgency.NORMAL, "派单后7日内反馈"),
        ("停水三天", Urgency.URGENT, "派单后2小时内反馈"),
    ],
)
def test_beijing_grades_by_urgency_then_by_matter(beijing: RulePack, text: str, urgency: Urgency, wanted: str) -> None:
    assert deadline_text(beijing, None, urgency, text) == wanted


def test_what_baoding_may_decline_is_told_with_reason_and_channel(baoding: RulePack) -> None:
    refusal = baoding.refusal_for("法院已经判了能不能改判")

    assert refusal is not None
    assert "诉讼" in refusal.reason
    assert "上诉" in refusal.channel
    assert "第十二条" in refusal.source


def test_beijing_declines_nothing(beijing: RulePack) -> None:
    assert beijing.refusal_for("法院已经判了能不能改判") is None


def test_an_ordinary_matter_is_not_declined(baoding: RulePack) -> None:
    assert baoding.refusal_for("停水三天了") is None
