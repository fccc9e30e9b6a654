"""The files that staff may edit: the ones that come with the program are right, and a slip is named with its line."""

import shutil
from pathlib import Path

import pytest

from app.domain.ticket import RequestKind
from app.errors import SettingsError
from app.storage.catalogue import read_catalogue
from app.storage.emergency_file import read_emergency_words
from app.storage.knowledge_files import read_knowledge
from app.storage.rulepack_file import read_rulepack
from app.storage.wanted_file import read_wanted_fields

RESOURCES = Path(__file__).parents[3] / "resources"
UNIT = '[[unit]]\nkey = "a"\nname = "甲"\nmatters = ["水"]\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "file.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_catalogue_that_comes_with_the_program_has_a_fallback_for_every_district() -> None:
    catalogue = read_catalogue(RESOURCES / "dispatch_catalogue.toml")

    fallbacks = {area for unit in catalogue.units if unit.is_fallback for area in unit.areas}
    assert len(catalogue.units) >= 25
    assert len(fallbacks) == 16
    assert set(catalogue.streets.values()) <= fallbacks


def test_every_knowledge_point_names_unit_source_and_dates() -> None:
    points = read_knowledge(RESOURCES / "knowledge")

    assert len(points) >= 40
    assert all(p.unit and p.source and p.valid_from and p.valid_until and p.keywords and len(p.body) > 60 for p in points)


def test_both_rule_packs_can_be_read() -> None:
    assert read_rulepack(RESOURCES / "rulepacks/baoding.toml").may_decline
    assert not read_rulepack(RESOURCES / "rulepacks/beijing.toml").may_decline


@pytest.mark.parametrize(
    ("text", "line", "what", "allowed"),
    [
        (UNIT + 'matterz = ["电"]\n', 5, "matterz", "matters"),
        (UNIT + "\n" + UNIT, 7, "key = 'a'", "of its own"),
        (UNIT + 'is_fallback = "yes"\n', 5, "is_fallback", "true, false"),
        ('[[unit]]\nname = "甲"\n', 1, "key is missing", "text"),
        ('[[unit]]\nkey = "a"\nname = "甲"\nmatters = "水"\n', 4, "matters", '["text"'),
        ('[[units]]\nkey = "a"\n', 1, "units", "unit, street"),
        ('[[unit]]\nkey = "a\n', 2, "", "TOML"),
        (UNIT + "is_fallback = true\n", 1, "areas", "needs areas"),
    ],
)
def test_a_slip_in_the_catalogue_is_named_with_its_line_and_what_is_allowed(
    tmp_path: Path, text: str, line: int, what: str, allowed: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        read_catalogue(written(tmp_path, text))

    file, at, wrong, wanted = raised.value.values
    assert (file, at) == ("file.toml", str(line))
    assert what in wrong
    assert allowed in wanted


def test_a_line_that_is_no_emergency_line_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "danger"
    shutil.copytree(RESOURCES / "danger", folder)
    (folder / "ours.toml").write_text('[[frames]]\nline = "911"\nweight = 2\nwords = ["火"]\n', "utf-8")

    with pytest.raises(SettingsError) as raised:
        read_emergency_words(folder)

    assert raised.value.values == ("ours.toml", "2", "line = '911'", "119, 120, 110, 122")


def test_a_kind_that_no_request_has_is_refused_in_a_rule_pack(tmp_path: Path) -> None:
    head = 'key = "a"\ncity = "b"\nversion = "1"\nsource = "s"\nmay_decline = true\n'
    limit = '[[limit]]\nstep = "办结"\namount = 3\nunit = "hours"\nstart = "signing"\nsource = "s"\nkinds = ["wish"]\n'

    with pytest.raises(SettingsError) as raised:
        read_rulepack(written(tmp_path, head + limit))

    assert raised.value.values == ("file.toml", "12", "kinds = 'wish'", ", ".join(RequestKind))


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    written(tmp_path, '[[point]]\nkey = "a"\ntitle = "t"\nbody = "b"\nvalid_until = "2026-13-01"\n')

    with pytest.raises(SettingsError) as raised:
        read_knowledge(tmp_path)

    assert raised.value.values[1] == "5"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        read_catalogue(tmp_path / "gone.toml")

    assert raised.value.values[0] == "gone.toml"


def test_the_table_of_wanted_fields_can_be_read_and_wants_a_name_in_consumer_disputes_only() -> None:
    wanted = read_wanted_fields(RESOURCES / "wanted_fields.toml")

    named = [rule for rule in wanted.rules if "requester" in rule.fields]
    assert len(wanted.rules) >= 4 and all(rule.source for rule in wanted.rules)
    assert len(named) == 1 and named[0].words and named[0].unless


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[[wanted]]\nfields = ["colour"]\nsource = "x"\n', 2, "colour"),
        ('[[wanted]]\nfields = ["place"]\nkinds = ["praise"]\nsource = "x"\n', 3, "praise"),
        ('[[wanted]]\nfields = ["place"]\nneeds = 1\nsource = "x"\n', 3, "needs"),
    ],
)
def test_a_slip_in_the_wanted_fields_is_named_with_its_line(text: str, line: int, what: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as wrong:
        read_wanted_fields(written(tmp_path, text))

    assert wrong.value.values[1] == str(line) and what in str(wrong.value.values[2])
