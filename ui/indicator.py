"""One sign with a word beside it in the top line: how a part of the workplace stands."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.elided_label import ElidedLabel
from ui.theme import Theme, restyle

_INKS = {"": "muted", "ok": "ok", "warning": "warning", "danger": "danger"}


class Indicator(QWidget):
    """`tone` is "", "ok", "warning" or "danger"; what it means stands in the text too."""

    def __init__(self, name: str, theme: Theme, least: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self._shown = ("", "", "", "")
        self.sign = QLabel()
        self.text = ElidedLabel(least)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self.sign)
        row.addWidget(self.text, stretch=1)

    def show_as(self, icon: str, text: str, tone: str, tip: str) -> None:
        if (icon, text, tone, tip) == self._shown:
            return
        self._shown = (icon, text, tone, tip)
        edge = self._theme.sizes["icon"]
        self.sign.setPixmap(self._theme.icon(icon, _INKS[tone]).pixmap(edge, edge))
        self.text.show_text(text)
        restyle(self.text, "tone", tone)
        self.setAccessibleName(f"{self._name}: {text}")
        self.setToolTip(tip or text)
        self.text.setToolTip(tip or text)
