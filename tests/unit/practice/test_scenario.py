"""Scenario files: ours are all right, and a wrong one is named with its field and what is allowed."""

import json
from pathlib import Path

import pytest

from app.domain.call import clean_number
from app.domain.ticket import RequestKind
from app.errors import SettingsError
from app.practice.pack import load_pack
from app.practice.scenario import VOICES, Ending, Scenario, load_scenario, load_scenarios
from app.practice.sounds import tone, write_wav

OURS = Path(__file__).parents[3] / "resources" / "practice"
GOOD = """key = "leak"
title = "漏水"
description = "楼上漏水"
number = "13900000001"
voice = "zf_xiaoni"

[headers]
X-Call-ID = "{call}"

[expected]
kind = "help"

[[turns]]
text = "楼上漏水了"

[[turns]]
text = "快来"
patience_s = 5
"""


def ours() -> tuple[Scenario, ...]:
    scenarios, wrong = load_scenarios(OURS)
    assert wrong == ()
    return scenarios


def refused(folder: Path, old: str, new: str) -> tuple[str, ...]:
    assert old in GOOD
    path = folder / "leak.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load_scenario(path)
    return error.value.values


def test_every_scenario_of_ours_can_be_played() -> None:
    scenarios = ours()

    assert len(scenarios) >= 8
    assert all(len(scenario.turns) >= 4 for scenario in scenarios)
    assert {scenario.voice for scenario in scenarios} == set(VOICES)


def test_ours_cover_the_four_emergency_lines_and_the_kinds_of_request() -> None:
    expected = [scenario.expected for scenario in ours()]

    assert {one.emergency for one in expected} >= {"110", "119", "120", "122"}
    assert {one.kind for one in expected} >= {
        RequestKind.HELP,
        RequestKind.COMPLAINT,
        RequestKind.INQUIRY,
        RequestKind.SUGGESTION,
    }


def test_a_citizen_in_danger_stays_on_the_line() -> None:
    assert all(scenario.ending is Ending.STAYS for scenario in ours() if scenario.expected.emergency)


def test_ours_have_one_withheld_number_one_odd_number_and_otherwise_numbers_of_nobody() -> None:
    numbers = [scenario.number for scenario in ours()]

    assert numbers.count("") == 1
    odd = [number for number in numbers if number and not clean_number(number)]
    assert len(odd) == 1 and "/" in odd[0]
    assert all(number.startswith("139000000") for number in numbers if number)


def test_a_good_file_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "leak.toml"
    path.write_text(GOOD, encoding="utf-8")

    scenario = load_scenario(path)

    assert (scenario.title, scenario.number, scenario.headers) == ("漏水", "13900000001", {"X-Call-ID": "{call}"})
    assert [turn.patience_s for turn in scenario.turns] == [8.0, 5.0]
    assert scenario.expected.kind is RequestKind.HELP


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "allowed"),
    [
        ('voice = "zf_xiaoni"', 'voice = "zf_nobody"', "5", "voice = zf_nobody", "zf_xiaobei"),
        ('voice = "zf_xiaoni"\n', "", "?", "voice = missing", "zm_yunyang"),
        ('kind = "help"', 'kind = "helpp"', "11", "expected.kind = helpp", "complaint"),
        ('kind = "help"', 'emergency = "911"', "11", "expected.emergency = 911", "119"),
        ("patience_s = 5", "patience_s = -1", "18", "turns[2].patience_s = -1", "0 to 120"),
        ("patience_s = 5", "patients_s = 5", "18", "turns[2].patients_s", "patience_s"),
        ('text = "快来"', 'text = " "', "17", "turns[2].text = empty", "what is said"),
        ('number = "13900000001"', 'number = "1 39\\r\\nVia: x"', "4", "number = ", "up to 32"),
        ('key = "leak"', 'key = "fire"', "1", "key = fire", "leak"),
        ('X-Call-ID = "{call}"', '"X Call" = "1"', "8", "headers.X Call", "letters, digits"),
        ('X-Call-ID = "{call}"', 'X-Call-ID = "a\\nb"', "8", "headers.X-Call-ID", "one line"),
        ('title = "漏水"', "titel = 1", "2", "titel", "title"),
    ],
)
def test_a_wrong_field_is_named_with_its_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, line: str, field: str, allowed: str
) -> None:
    values = refused(tmp_path, old, new)

    assert values[0] == "leak.toml"
    assert values[1] == line
    assert field in values[2]
    assert allowed in values[3]


def test_a_file_that_is_not_toml_is_named_with_the_line(tmp_path: Path) -> None:
    values = refused(tmp_path, 'title = "漏水"', "title = = 1")

    assert values[:2] == ("leak.toml", "2")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "leak.toml").write_bytes(b"\xff\xfe\x00")

    scenarios, wrong = load_scenarios(tmp_path)

    assert scenarios == ()
    assert wrong[0].values[0] == "leak.toml"


def test_one_wrong_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "leak.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "wrong.toml").write_text("key = 1", encoding="utf-8")

    scenarios, wrong = load_scenarios(tmp_path)

    assert [scenario.key for scenario in scenarios] == ["leak"]
    assert len(wrong) == 1


def pack(folder: Path, script: object) -> None:
    call = folder / "fire"
    call.mkdir()
    (call / "script.json").write_text(json.dumps(script), encoding="utf-8")
    write_wav(call / "01.wav", tone(300, 0.1))


def test_of_a_pack_only_the_callers_turns_are_spoken(tmp_path: Path) -> None:
    turns = [
        {"speaker": "agent", "text": "您好", "file": "00.wav"},
        {"speaker": "caller", "text": "着火了", "file": "01.wav"},
    ]
    pack(tmp_path, {"name": "fire", "expected": {"kind": "help", "emergency": "119", "place": "三楼"}, "turns": turns})

    (scenario,), wrong = load_pack(tmp_path)

    assert wrong == ()
    assert scenario.key == "pack/fire"
    assert [turn.recording for turn in scenario.turns] == [tmp_path / "fire" / "01.wav"]
    assert scenario.expected.emergency == "119"


@pytest.mark.parametrize(
    ("turns", "named"),
    [
        ([], "turns"),
        ([{"speaker": "caller", "text": "喂", "file": "02.wav"}], "02.wav"),
        ([{"speaker": "caller", "text": "喂", "file": "../fire/01.wav"}], "../fire/01.wav"),
        ("none", "turns"),
    ],
)
def test_a_pack_without_its_recordings_is_refused_by_name(tmp_path: Path, turns: object, named: str) -> None:
    pack(tmp_path, {"name": "fire", "turns": turns})

    scenarios, (wrong,) = load_pack(tmp_path)

    assert scenarios == ()
    assert wrong.values[0] == "fire/script.json"
    assert named in wrong.values[2]
