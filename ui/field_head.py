"""The line above a field: its label, the words it came from and how sure they are, what is offered, and what it still wants."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.domain.transcript import Evidence
from ui.elided_label import ElidedLabel
from ui.rule_texts import rule_text
from ui.theme import restyle

FAIRLY = 0.6
"""Words that are not sure enough are at least fairly so from here on."""


@dataclass(frozen=True, slots=True)
class HeadCalls:
    """What the agent may do at a head, and by which key in the field."""

    confirm: Callable[[], None]
    take: Callable[[], None]
    show_words: Callable[[], None]
    confirm_key: str = ""
    take_key: str = ""
    words_key: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value comes from. `is_own`: the agent typed or confirmed it. `offered`: what was heard since."""

    evidence: tuple[Evidence, ...] = ()
    is_unsure: bool = False
    is_own: bool = False
    offered: str = ""
    is_wanted: bool = False

    @property
    def confidence(self) -> float:
        return min((part.confidence for part in self.evidence), default=1.0)

    @property
    def is_sure(self) -> bool:
        """Filled from words that are sure enough, and not looked at by the agent yet."""
        return bool(self.evidence) and not self.is_own and not self.is_unsure

    @property
    def mark(self) -> str:
        """At a glance: ✓ the agent's own, ● sure, ◑ and ◔ want a look."""
        if not self.evidence:
            return ""
        if self.is_own:
            return "✓"
        if not self.is_unsure:
            return "●"
        return "◑" if self.confidence >= FAIRLY else "◔"


def plain(label: str) -> str:
    """The label without its key: 发生时间(&W) is 发生时间."""
    return re.sub(r"\s*\(&.\)", "", label).replace("&", "")


class FieldHead(QWidget):
    """`is_narrow`: no room for words beside the marks; they stand in the tip."""

    def __init__(
        self, label: str, field: QWidget, calls: HeadCalls, is_narrow: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field, self._calls = field, calls
        self._shown: Source | None = None
        name = plain(label)
        self.label = QLabel(label)
        self.label.setProperty("role", "field")
        self.label.setBuddy(field)
        self.words = _Words(calls.show_words)
        self.unsure = self._badge("?" if is_narrow else self.tr("unsure"), calls.confirm)
        self.unsure.setToolTip(
            self.tr("Filled from the words of the call. Click, or {0} in the field: it is right.").format(calls.confirm_key)
        )
        self.unsure.setAccessibleName(self.tr("Confirm {0}").format(name))
        self.offer = self._badge("⇄" if is_narrow else f"⇄ {calls.take_key}", calls.take)
        self.offer.setAccessibleName(self.tr("Take what was heard for {0}").format(name))
        self._lay_out()

    def show_source(self, source: Source) -> None:
        if source == self._shown:
            return
        self._shown = source
        said = self.tr("“{0}”").format(" … ".join(dict.fromkeys(part.text for part in source.evidence)))
        said = said if source.evidence else ""
        if source.offered:
            self.words.show_text(f"→ {source.offered}")
        elif source.is_wanted and not said:
            self.words.show_text(self.tr("still wanted"))
        else:
            self.words.show_text(f"{source.mark} {said}".strip())
        restyle(self.words, "tone", "offer" if source.offered else "wanted" if source.is_wanted and not said else "")
        self.words.is_clickable = bool(said)
        self.words.setToolTip(self._tip(source, said))
        self.unsure.setVisible(source.is_unsure)
        self.offer.setVisible(bool(source.offered))
        self.offer.setToolTip(self.tr("Take “{0}” ({1})").format(source.offered, self._calls.take_key))
        self._field.setAccessibleDescription("; ".join(self._described(source, said)))

    def complain(self, sentence: str) -> None:
        """Says in the place of the words why an input was refused, until the words change."""
        self._shown = None
        self.words.show_text(sentence)

    def _described(self, source: Source, said: str) -> list[str]:
        """For a screen reader, which sees neither marks nor frames."""
        described = [self.tr("from the words {0}").format(said)] if said else []
        if source.is_unsure:
            described.append(self.tr("unsure: {0} confirms").format(self._calls.confirm_key))
        elif source.is_sure:
            described.append(self.tr("sure"))
        elif said:
            described.append(self.tr("confirmed"))
        if source.offered:
            described.append(self.tr("heard since: {0}, {1} takes it").format(source.offered, self._calls.take_key))
        if source.is_wanted:
            described.append(self.tr("still wanted"))
        return described

    def _tip(self, source: Source, said: str) -> str:
        lines = [self.tr("Heard since: {0}").format(source.offered)] if source.offered else []
        if said:
            rules = dict.fromkeys(rule_text(part.rule) for part in source.evidence if part.rule)
            percent = round(100 * source.confidence)
            lines.append(said)
            lines.append(self.tr("{0} % sure: {1}").format(percent, "; ".join(rules)) if rules
                         else self.tr("{0} % sure").format(percent))  # fmt: skip
            lines.append(self.tr("Click, or {0} in the field: see and hear the words").format(self._calls.words_key))
        elif source.is_wanted:
            lines.append(self.tr("This kind of request wants it. The ticket can be saved and dispatched without."))
        return "\n".join(lines)

    def _badge(self, text: str, clicked: Callable[[], None]) -> QPushButton:
        badge = QPushButton(text)
        badge.setProperty("role", "badge")
        badge.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        badge.clicked.connect(lambda _=False: clicked())
        badge.hide()
        return badge

    def _lay_out(self) -> None:
        self.label.ensurePolished()
        height = QFontMetrics(self.label.font()).height() + 1
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # marks that come never move the columns
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self.words, stretch=1)
        for badge in (self.offer, self.unsure):
            badge.setFixedHeight(height)
            row.addWidget(badge)


class _Words(ElidedLabel):
    """A click on the words lights them up in the transcript and plays them; Ctrl+Shift+J does it by keyboard."""

    def __init__(self, clicked: Callable[[], None]) -> None:
        super().__init__(2, Qt.AlignmentFlag.AlignRight)
        self._clicked = clicked
        self._is_clickable = False
        self.setProperty("role", "evidence")

    @property
    def is_clickable(self) -> bool:
        return self._is_clickable

    @is_clickable.setter
    def is_clickable(self, is_clickable: bool) -> None:
        if is_clickable != self._is_clickable:
            self._is_clickable = is_clickable
            self.setCursor(Qt.CursorShape.PointingHandCursor if is_clickable else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_clickable and event.button() == Qt.MouseButton.LeftButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_clickable and event.button() == Qt.MouseButton.LeftButton:
            if self.rect().contains(event.position().toPoint()):
                self._clicked()
        else:
            super().mouseReleaseEvent(event)
