"""The line above a field: its label, the words it came from, and whether it is unsure."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.domain.transcript import Evidence
from ui.elided_label import ElidedLabel


class FieldHead(QWidget):
    """`confirm` is called when the unsure mark is clicked; `key` is what confirms by keyboard."""

    def __init__(
        self, label: str, field: QWidget, confirm: Callable[[], None], key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._key = key
        self._shown: tuple[tuple[Evidence, ...], bool] = ((), False)
        self.label = QLabel(label)
        self.label.setProperty("role", "field")
        self.label.setBuddy(field)
        self.words = ElidedLabel(4, Qt.AlignmentFlag.AlignRight)
        self.words.setProperty("role", "evidence")
        self.unsure = QPushButton(self.tr("unsure: {0}").format(key))
        self.unsure.setProperty("role", "badge")
        self.unsure.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unsure.setToolTip(
            self.tr("Filled from the words of the call. Click, or {0} in the field: it is right.").format(key)
        )
        self.unsure.setAccessibleName(self.tr("Confirm {0}").format(label.replace("&", "")))
        self.unsure.clicked.connect(lambda _=False: confirm())
        self.unsure.hide()
        self.label.ensurePolished()
        height = QFontMetrics(self.label.font()).height() + 1
        self.unsure.setFixedHeight(height)
        self.setFixedHeight(height)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.label)
        row.addWidget(self.words, stretch=1)
        row.addWidget(self.unsure)

    def show_source(self, evidence: Sequence[Evidence], is_unsure: bool) -> None:
        shown = (tuple(evidence), is_unsure)
        if shown == self._shown:
            return
        self._shown = shown
        said = self.tr("“{0}”").format(" … ".join(dict.fromkeys(part.text for part in evidence))) if evidence else ""
        self.words.show_text(said)
        self.unsure.setVisible(is_unsure)
        described = [self.tr("from the words {0}").format(said)] if said else []
        if is_unsure:
            described.append(self.tr("unsure: {0} confirms").format(self._key))
        self._field.setAccessibleDescription("; ".join(described))

    def complain(self, sentence: str) -> None:
        """Says in the place of the words why an input was refused, until the words change."""
        self._shown = ((), False)
        self.words.show_text(sentence)
