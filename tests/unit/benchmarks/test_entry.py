"""What typing costs, and which ticket is right: the rules that the figures of entry time rest on."""

import json
from pathlib import Path

from tests.benchmarks.entry_references import TICKETS, Wanted, reference_of
from tests.benchmarks.entry_typing import full_keys_for, keys_for


def call(folder: Path, name: str, said: str, **more: object) -> Path:
    folder.mkdir()
    script = {"name": name, "turns": [{"speaker": "caller", "text": said, "file": "0.wav"}], **more}
    (folder / "script.json").write_text(json.dumps(script, ensure_ascii=False), "utf-8")
    return folder


def test_two_keys_a_sign_and_one_for_four_of_them() -> None:
    assert (keys_for("停水"), keys_for("停水三天了"), keys_for("138"), keys_for("幸福路5号")) == (5, 12, 3, 11)


def test_whole_pinyin_costs_its_letters() -> None:
    assert full_keys_for("停水") == len("tingshui") + 1


def test_numbers_are_right_in_either_form() -> None:
    wanted = Wanted("幸福路123号", frozenset({"幸福路123号楼下"}))

    assert wanted.accepts("幸福路一百二十三号") and wanted.accepts("幸福路123号楼下")
    assert not wanted.accepts("幸福路120号") and not wanted.accepts("")


def test_a_paragraph_is_right_only_with_every_fact_and_what_lacks_is_named() -> None:
    wanted = Wanted("停水三天，物业不管", facts=("停水|没水", "3天", "物业"))

    assert wanted.accepts("家里没水，已经三天，物业不管。")
    assert wanted.missing("家里没水") == ("3天", "物业") and not wanted.accepts("家里没水") and not wanted.accepts("")


def test_a_call_of_the_same_name_with_other_words_is_not_judged_by_the_written_ticket(tmp_path: Path) -> None:
    ours = call(tmp_path / "a", "water_outage", "我家住幸福路一百二十三号三单元，停水了")
    other = call(
        tmp_path / "b", "water_outage", "我们小区没水", expected={"kind": "help", "emergency": None, "place": "和平里"}
    )

    assert reference_of(ours).is_whole and "contact" in reference_of(ours).fields
    assert not reference_of(other).is_whole and set(reference_of(other).fields) == {"kind", "place"}


def test_a_field_without_a_reference_is_unknown_unless_the_ticket_is_whole(tmp_path: Path) -> None:
    part = reference_of(call(tmp_path / "a", "x", "停水", expected={"kind": "help"}))
    whole = reference_of(call(tmp_path / "b", "x", "停水", ticket={"kind": "help"}))

    empty = whole.of("place")
    assert part.of("place") is None
    assert empty is not None and empty.accepts("") and not empty.accepts("幸福路")


def test_ten_calls_have_a_written_ticket() -> None:
    assert TICKETS.read_text("utf-8").count("\nsaid = ") >= 10
