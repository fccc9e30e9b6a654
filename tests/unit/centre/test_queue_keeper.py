"""What every extension is to be in the queue, from what the consoles said; and messages that cannot become two."""

import argparse
from pathlib import Path

import pytest

from app.centre.acd import fitting_reason, is_extension
from app.centre.ami import encoded
from app.centre.exchange_options import add_exchange_options, exchange_plan
from app.centre.figures import Seen
from app.centre.queue_keeper import LOST_S, wanted
from app.domain.agent import AgentState, QueueStanding
from app.wire import Presence

NOW = 100_000.0


def seen(
    console: str, state: AgentState, since: float = 1.0, silent_s: float = 0.0, extension: str = "1001", leaves: bool = False
) -> Seen:
    presence = Presence("林", state, since, 0, False, 0.0, 0, leaves, "", extension)
    return Seen(console, console, NOW - silent_s, presence)


def test_a_silence_of_less_than_a_minute_changes_nothing_and_a_longer_one_pauses_without_logging_in() -> None:
    short = wanted([seen("a", AgentState.READY, silent_s=LOST_S - 1)], NOW, 0.0)["1001"]
    long = wanted([seen("a", AgentState.READY, silent_s=LOST_S + 1)], NOW, 0.0)["1001"]

    assert (short.standing, long.standing, long.only_if_there) == (QueueStanding.IN, QueueStanding.PAUSED, True)


def test_a_centre_that_was_away_itself_takes_nobody_for_lost() -> None:
    assert wanted([seen("a", AgentState.READY, silent_s=500)], NOW, NOW - 5)["1001"].standing is QueueStanding.IN


def test_of_two_consoles_with_one_extension_the_agent_who_acted_last_counts_and_a_leave_of_the_other_does_not() -> None:
    both = [seen("new", AgentState.BUSY, since=9.0), seen("old", AgentState.READY, since=5.0)]
    left = [seen("new", AgentState.READY, since=5.0), seen("old", AgentState.READY, since=9.0, leaves=True)]

    assert wanted(both, NOW, 0.0)["1001"].standing is QueueStanding.PAUSED
    assert wanted(left, NOW, 0.0)["1001"].standing is QueueStanding.IN


@pytest.mark.parametrize("extension", ["", "1001,qw", "1001&PJSIP/1002", "10 01", "1001\r\nAction: Command", "../x", "x" * 41])
def test_what_is_no_extension_is_never_asked_for(extension: str) -> None:
    assert not is_extension(extension)
    assert wanted([seen("a", AgentState.READY, extension=extension)], NOW, 0.0) == {}


@pytest.mark.parametrize("value", ["x\r\nAction: Originate", "x\ny", "\0", "x\u2028y", "x\x85y"])
def test_a_value_that_could_begin_another_line_is_not_sent(value: str) -> None:
    with pytest.raises(ValueError, match="control sign"):
        encoded({"Action": "QueuePause", "Reason": value})


def test_a_reason_is_cut_between_signs_and_comes_back_as_it_was_sent() -> None:
    fitted = fitting_reason("会议\n" * 40)

    assert len(fitted.encode()) <= 75 and fitted.encode().decode() == fitted and "\n" not in fitted
    assert fitting_reason(fitted) == fitted


def plan(words: list[str], environment: dict[str, str]) -> object:
    parser = argparse.ArgumentParser()
    add_exchange_options(parser)
    return exchange_plan(parser.parse_args(words), environment)


def test_the_secret_comes_from_a_file_or_the_environment_and_is_in_no_text_of_the_plan(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden-word\n")
    by_file = plan(["--ami", "10.0.0.2:5038", "--ami-user", "u", "--ami-secret-file", str(tmp_path / "secret")], {})
    environment = {"AMI": "10.0.0.2", "AMI_USER": "u", "AMI_SECRET": "hidden-word", "QUEUES": "a, b"}
    by_environment = plan([], {f"JIESU_CENTRE_{name}": value for name, value in environment.items()})

    assert by_file.spot.secret == by_environment.spot.secret == "hidden-word"  # type: ignore[attr-defined]
    assert by_environment.queues == ("a", "b") and by_environment.spot.port == 5038  # type: ignore[attr-defined]
    assert "hidden-word" not in repr(by_file)


def test_an_exchange_without_a_secret_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="secret"):
        plan(["--ami", "10.0.0.2:5038", "--ami-user", "u"], {})
