"""Figures are told as they were measured: percentiles, targets, the table, the JSON and the page."""

import json

import pytest

from tests.benchmarks.report import Figure, Group, Target, percentile, short, to_json, to_markdown, to_text

HUNDRED = [float(number) for number in range(1, 101)]


def group() -> Group:
    ours = Figure("save_ms", "save → durable", "ms", HUNDRED, Target("p99", 50))
    peer = Figure("plain_ms", "plain SQLite | same disk", "ms", [2.0, 4.0], is_peer=True)
    return Group("store", [ours, peer], ["all in one folder"])


@pytest.mark.parametrize(
    ("samples", "part", "wanted"),
    [([7.0], 99, 7.0), ([1.0, 3.0], 50, 2.0), ([3.0, 1.0, 2.0], 100, 3.0), (HUNDRED, 95, 95.05), ([4.0, 2.0], 0, 2.0)],
)
def test_a_percentile_lies_between_its_neighbours_in_proportion(samples: list[float], part: float, wanted: float) -> None:
    assert percentile(samples, part) == pytest.approx(wanted)


def test_without_samples_there_is_no_percentile() -> None:
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 50)


@pytest.mark.parametrize(
    ("count", "statistic", "is_told"),
    [(1, "p50", True), (1, "max", False), (19, "p95", False), (20, "p95", True), (99, "p99", False), (100, "p99", True)],
)
def test_a_statistic_with_too_few_samples_is_not_told(count: int, statistic: str, is_told: bool) -> None:
    assert (Figure("k", "n", "ms", HUNDRED[:count]).value(statistic) is not None) is is_told


@pytest.mark.parametrize(
    ("samples", "target", "is_met"),
    [
        ([5.0], Target("p50", 5), True),
        ([5.1], Target("p50", 5), False),
        ([5.1], Target("p50", 5, is_least=True), True),
        ([1.0], Target("p95", 5), None),
        ([1.0], None, None),
    ],
)
def test_a_target_is_met_missed_or_not_to_be_judged(samples: list[float], target: Target | None, is_met: bool | None) -> None:
    assert Figure("k", "n", "ms", samples, target).is_met is is_met


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (0.0, "0"), (0.07194, "0.0719"), (4.304, "4.30"), (99.96, "100.0"), (1234.5, "1234")]
)
def test_a_number_is_told_in_three_digits(value: float | None, text: str) -> None:
    assert short(value) == text


def test_the_json_holds_what_the_samples_can_bear_and_survives_a_round_trip() -> None:
    told = json.loads(json.dumps(to_json([group(), Group("call", missing="no Xvfb")])))

    ours = told["store"]["save_ms"]
    assert (ours["n"], ours["p50"], ours["max"], ours["target"], ours["met"]) == (100, 50.5, 100.0, "p99 ≤ 50", False)
    assert told["store"]["plain_ms"] == {"unit": "ms", "n": 2, "p50": 3.0, "max": 4.0}
    assert told["call"] == {"missing": "no Xvfb"}


def test_the_table_shows_a_missed_target_a_peer_below_and_why_a_part_is_not_there() -> None:
    text = to_text([group(), Group("call", missing="no Xvfb")])

    lines = text.splitlines()
    assert lines[2].startswith("save → durable") and lines[2].endswith("✗")
    assert lines[3].startswith("  ↳ plain SQLite")
    assert lines[4].startswith("call") and lines[4].endswith("not measured: no Xvfb")
    assert lines[-1] == "store: all in one folder"


def test_the_page_is_a_table_that_no_name_can_break() -> None:
    page = to_markdown([group()], "a machine", "2026-01-02", "measure --write")

    table = [line for line in page.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in table} == {table[0].count("|")}
    assert "`measure --write`" in page and "2026-01-02" in page and "a machine" in page
    assert "- **store**: all in one folder" in page
