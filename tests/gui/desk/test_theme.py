"""The tokens: readable, complete, and every drawing there."""

import re
import tomllib

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui.commands import COMMANDS
from ui.theme import RESOURCES, THEME_NAMES, load_theme, style_sheet_of

TEXT_ON_GROUND = (
    ("text", "ground"),
    ("text", "surface"),
    ("text", "surface_alt"),
    ("text", "accent_soft"),
    ("muted", "ground"),
    ("muted", "surface"),
    ("muted", "surface_alt"),
    ("muted", "agent_ground"),
    ("on_accent", "accent"),
    ("accent", "surface"),
    ("on_danger", "danger"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
    ("text", "danger_soft"),
    ("warning", "surface"),
    ("warning", "warning_soft"),
    ("text", "warning_soft"),
    ("ok", "surface"),
    ("ok", "ok_soft"),
    ("text", "ok_soft"),
    ("surface", "ok"),
    ("surface", "text"),
    ("caller", "surface"),
    ("agent", "agent_ground"),
    ("evidence", "surface"),
    ("caller", "evidence_ground"),
    ("agent", "evidence_ground"),
)
EDGES = (("border_strong", "surface"), ("border_strong", "ground"), ("accent", "surface"), ("danger", "surface"))


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    """As WCAG 2 counts it: 1 … 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_text_can_be_read_on_its_ground(name: str) -> None:
    theme = load_theme(name)

    faint = {pair: contrast(theme.colour(pair[0]), theme.colour(pair[1])) for pair in TEXT_ON_GROUND}

    assert {pair: round(ratio, 2) for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", THEME_NAMES)
def test_edges_of_inputs_and_the_focus_can_be_seen(name: str) -> None:
    theme = load_theme(name)

    faint = {pair: contrast(theme.colour(pair[0]), theme.colour(pair[1])) for pair in EDGES}

    assert {pair: round(ratio, 2) for pair, ratio in faint.items() if ratio < 3.0} == {}


def test_all_looks_have_the_same_tokens() -> None:
    looks = [set(load_theme(name).colours) for name in THEME_NAMES]

    assert looks[0] == looks[1] == looks[2]


def test_the_style_sheet_names_no_token_that_is_not_there(qapp: QApplication) -> None:
    rules = style_sheet_of(load_theme("dark"))

    assert "$" not in rules
    assert all(RESOURCES.joinpath(found).is_file() for found in re.findall(r"url\((.*?)\)", rules))


def test_no_colour_is_written_in_the_style_sheet_itself() -> None:
    rules = (RESOURCES / "theme.qss").read_text(encoding="utf-8")

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_every_command_that_names_a_drawing_has_it(qapp: QApplication) -> None:
    theme = load_theme("light")

    empty = [command.icon for command in COMMANDS if command.icon and theme.icon(command.icon).pixmap(24, 24).isNull()]

    assert empty == []


def test_text_scale_enlarges_text_and_what_holds_it() -> None:
    tokens = tomllib.loads((RESOURCES / "theme.toml").read_text(encoding="utf-8"))["sizes"]

    theme = load_theme("light", 1.5)

    assert theme.sizes["text"] == round(tokens["text"] * 1.5)
    assert theme.sizes["line"] == round(tokens["line"] * 1.5)
    assert theme.font().pixelSize() == theme.sizes["text"]
