"""The look of all windows: colours, sizes, fonts and icons out of one file of tokens."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
THEME_NAMES = ("light", "dark", "contrast")
_ICON_SIZES = (18, 28, 48)


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. Sizes are pixels, the text sizes among them already scaled."""

    name: str
    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    families: tuple[str, ...]
    scale: float = 1.0

    def colour(self, token: str) -> QColor:
        return QColor(self.colours[token])

    def font(self, size: str = "text", *, bold: bool = False) -> QFont:
        font = QFont()
        font.setFamilies(list(self.families))
        font.setPixelSize(self.sizes[size])
        font.setBold(bold)
        return font

    def icon(self, name: str, token: str = "text") -> QIcon:
        """The drawing resources/icons/`name`.svg in the colour `token`; paler where it is disabled."""
        return _icon(name, self.colours[token], self.colours["disabled"])


def load_theme(name: str = "light", scale: float = 1.0, folder: Path = RESOURCES) -> Theme:
    """Reads theme.toml; `scale` enlarges text and what holds it. Raises KeyError for an unknown name."""
    tokens = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    fixed = {"gap", "radius"}
    sizes = {key: size if key in fixed else round(size * scale) for key, size in tokens["sizes"].items()}
    return Theme(name, tokens[name], sizes, tuple(tokens["fonts"]["families"]), scale)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Gives every window, open or not yet built, this look."""
    app.setStyle("Fusion")
    app.setFont(theme.font())
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet_of(theme))


def palette_of(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface_alt",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "danger",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Light: "surface_alt",
        QPalette.ColorRole.Midlight: "border",
        QPalette.ColorRole.Mid: "border",
        QPalette.ColorRole.Dark: "border_strong",
        QPalette.ColorRole.Shadow: "border_strong",
    }
    palette = QPalette()
    for role, token in roles.items():
        palette.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return palette


def style_sheet_of(theme: Theme) -> str:
    rules = (RESOURCES / "theme.qss").read_text(encoding="utf-8")
    icons = RESOURCES / "icons"
    drawings = {
        "tick": (icons / f"tick_{_ink_on(theme.colour('accent'))}.svg").as_posix(),
        "arrow": (icons / f"arrow_{_ink_on(theme.colour('surface'))}.svg").as_posix(),
    }
    lengths = {f"{key}_px": f"{size}px" for key, size in theme.sizes.items()}
    return Template(rules).substitute({**theme.colours, **lengths, **drawings})


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Sets a property that theme.qss knows; costs nothing where it has that value already."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def size_letters(widget: QWidget, pixels: int, is_bold: bool) -> None:
    """Letters of a size that the window works out itself.

    By a style sheet of the widget's own: a font that was set is lost as soon as `restyle` gives it the style anew.
    """
    sheet = f"font-size: {pixels}px; font-weight: {'bold' if is_bold else 'normal'};"
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)


def _ink_on(ground: QColor) -> str:
    """The ink of the drawings that a style sheet can only take from a file."""
    return "black" if ground.lightnessF() > 0.5 else "white"


@cache
def _icon(name: str, ink: str, pale: str) -> QIcon:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    icon = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, ink), (QIcon.Mode.Disabled, pale)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
        for edge in _ICON_SIZES:
            pixmap = QPixmap(QSize(edge, edge))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter)
            painter.end()
            icon.addPixmap(pixmap, mode)
    return icon
