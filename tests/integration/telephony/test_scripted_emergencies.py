"""A short form of the two hundred scripted emergency calls (python -m tests.benchmarks.emergency runs them all)."""

from pathlib import Path

import pytest

from tests.benchmarks.emergency import LIMIT_MS, SCRIPTS, Outcome, run_kills, run_scripts, table


def test_no_citizen_is_dropped_whatever_the_line_does(tmp_path: Path) -> None:
    outcome = run_scripts(tmp_path, len(SCRIPTS))

    assert outcome.dropped == [], table(outcome)
    assert outcome.calls == len(SCRIPTS)


@pytest.mark.pbx
def test_with_the_exchange_killed_gateway_b_answers_in_time_and_the_citizen_meets_the_line_again(tmp_path: Path) -> None:
    outcome = Outcome()

    run_kills(tmp_path, 2, outcome)

    assert outcome.dropped == [], table(outcome)
    assert max(outcome.killed_ms) <= LIMIT_MS, table(outcome)
