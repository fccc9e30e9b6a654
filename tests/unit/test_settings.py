"""Settings: each declared once; a typo is named with its line and what is allowed, and costs nothing else."""

from pathlib import Path

import pytest

from app.errors import SettingsError
from app.settings import SETTINGS, Settings, load, save


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path / "settings.toml")

    assert settings.problems == () and settings.text("general.language") == "zh_CN"


def test_a_misspelt_entry_is_named_with_its_line_and_the_right_name(tmp_path: Path) -> None:
    path = written(tmp_path, '[general]\nlanguage = "en"\n\n[telephony]\npbx_adress = "10.0.0.1:5060"\n')

    settings = load(path)

    (problem,) = settings.problems
    assert problem.values[:3] == ("settings.toml", "5", "telephony.pbx_adress")
    assert "telephony.pbx_address" in problem.values[3] and settings.text("general.language") == "en"


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ('theme = "drak"', "light, dark, contrast"),
        ("text_scale = 400", "80–160"),
        ("text_scale = true", "80–160"),
        ('full_numbers = "yes"', "true, false"),
    ],
)
def test_a_value_that_is_not_allowed_names_what_is(tmp_path: Path, line: str, allowed: str) -> None:
    settings = load(written(tmp_path, f"# mine\n[general]\n{line}\n"))

    (problem,) = settings.problems
    assert (problem.values[1], problem.values[3]) == ("3", allowed)


def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path) -> None:
    settings = load(written(tmp_path, '[general]\nlanguage = zh_CN"\n'))

    assert settings.problems[0].values[1] == "2"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('number = "1007', "agent.number = …"),
        ('number = 1007"', "agent.number = …"),
        ("number : 1007", "number : 1007"),
        ('number = ["1007",', "agent.number = …"),
        ('number = """1007', "agent.number = …"),
        ("[agnet", "[agnet"),
    ],
)
def test_a_line_that_is_no_toml_costs_no_other_line(tmp_path: Path, line: str, what: str) -> None:
    path = written(tmp_path, f'[general]\nlanguage = "en"\n[agent]\n{line}\nname = "王"\n\n[emergency]\nis_signed_off = true\n')

    settings = load(path)

    (problem,) = settings.problems
    assert problem.values[:3] == ("settings.toml", "4", what)
    assert settings.claim("emergency.is_signed_off") and settings.text("agent.name") == "王"


def test_two_lines_that_are_no_toml_are_both_named(tmp_path: Path) -> None:
    settings = load(written(tmp_path, '[general]\nlanguage = en\ntheme = "dark\ntext_scale = 120\n'))

    assert [problem.values[1] for problem in settings.problems] == ["2", "3"]
    assert settings.number("general.text_scale") == 120


def test_a_line_in_another_encoding_is_named_and_a_byte_order_mark_is_none(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b'\xef\xbb\xbf[general]\ntheme = "dark"\n[agent]\n' + 'name = "王芳"\n'.encode("gb18030"))

    settings = load(path)

    assert [problem.values[1:] for problem in settings.problems] == [("4", "agent.name = …", "UTF-8")]
    assert settings.text("general.theme") == "dark"


def test_a_wrong_password_is_never_shown(tmp_path: Path) -> None:
    settings = load(written(tmp_path, "[telephony]\npbx_password = 4711\n"))

    assert "4711" not in str(settings.problems[0])


def test_an_unknown_table_is_named(tmp_path: Path) -> None:
    settings = load(written(tmp_path, "[telefony]\nx = 1\n"))

    assert settings.problems[0].values[1] in ("1", "2") and "telefony" in settings.problems[0].values[2]


def test_saving_keeps_comments_and_the_other_entries(tmp_path: Path) -> None:
    path = written(tmp_path, '# our hall\n[general]\nlanguage = "en"  # for guests\n')

    settings = save(path, {"general.theme": "dark", "speech.models": ("whisper-base",)})

    text = path.read_text(encoding="utf-8")
    assert "# our hall" in text and "# for guests" in text
    assert settings.text("general.theme") == "dark" and settings.words("speech.models") == ("whisper-base",)


def test_a_value_that_is_not_allowed_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"

    with pytest.raises(SettingsError):
        save(path, {"general.theme": "pink"})

    assert not path.exists()


def test_an_unreadable_file_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = written(tmp_path, "[[[")

    save(path, {"general.theme": "dark"})

    assert (tmp_path / "settings.unreadable.toml").read_text(encoding="utf-8") == "[[["


def test_saving_into_a_file_with_a_wrong_line_keeps_the_lines_that_are_right(tmp_path: Path) -> None:
    path = written(tmp_path, '[agent]\nnumber = "1007\nname = "王"  # of the night\n')

    settings = save(path, {"general.theme": "dark"})

    assert (settings.text("agent.name"), settings.problems) == ("王", ())
    assert "# of the night" in path.read_text(encoding="utf-8")


def test_the_file_is_for_the_users_eyes_only(tmp_path: Path) -> None:
    save(tmp_path / "settings.toml", {"telephony.pbx_password": "secret"})

    assert (tmp_path / "settings.toml").stat().st_mode & 0o077 == 0


def test_every_default_is_allowed_by_its_own_setting() -> None:
    assert [setting.key for setting in SETTINGS if setting.checked(setting.default) != setting.default] == []


def test_asking_for_a_setting_nobody_declared_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        Settings().get("general.languge")
