"""The command that measures: its parts, what it prints, and that one part's failure is told and takes no other with it."""

import json
from collections.abc import Callable

import pytest

from tests.benchmarks import desk
from tests.benchmarks.report import Figure, Group, Missing


def good(is_quick: bool) -> Group:
    return Group("good", [Figure("speed", "speed", "ms", [1.0 if is_quick else 2.0])])


def lacking(_: bool) -> Group:
    raise Missing("no Xvfb")


def broken(_: bool) -> Group:
    raise TimeoutError("nothing came")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Callable[[bool], Group]] = {"good": good, "lacking": lacking, "broken": broken}
    monkeypatch.setattr(desk, "PARTS", made)


def test_the_last_line_is_one_json_object(parts: None, capsys: pytest.CaptureFixture[str]) -> None:
    code = desk.main(["--json", "--quick", "--only", "good,lacking"])

    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert code == 0
    assert told["quick"] is True
    assert told["parts"] == {"good": {"speed": {"unit": "ms", "n": 1, "p50": 1.0}}, "lacking": {"missing": "no Xvfb"}}


def test_a_part_that_fails_is_told_and_the_others_go_on(parts: None, capsys: pytest.CaptureFixture[str]) -> None:
    code = desk.main(["--only", "broken,good"])

    said = capsys.readouterr().out
    assert code == 1
    assert "not measured: failed: TimeoutError: nothing came" in said
    assert "speed" in said


def test_an_unknown_part_is_named_with_the_known_ones(parts: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        desk.main(["--only", "good,bad"])

    assert "no bad; there are good, lacking, broken" in capsys.readouterr().err
