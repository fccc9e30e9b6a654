"""A silent alert on the wallboard: over all figures, in the largest letters, until somebody says that it was seen."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.desk.state import DeskState
from app.domain.alert import Alert
from ui.clock_texts import duration_text
from ui.labels import matter_text
from ui.theme import size_letters


class SilentAlertStrip(QFrame):
    """`seen` here only takes it off this wallboard; the others keep theirs."""

    def __init__(self, raised: Callable[[], None] = lambda: None, parent: QWidget | None = None) -> None:
        """`raised` is called with each new alert: the window comes to the front."""
        super().__init__(parent)
        self._raised = raised
        self._alerts: tuple[Alert, ...] = ()
        self._seen: set[Alert] = set()
        self._told: set[Alert] = set()
        self.setProperty("role", "alert")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.seen = QPushButton(self.tr("&Seen"))
        self.seen.clicked.connect(lambda _=False: self._see_all())
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 18, 10)
        row.addWidget(self.words, stretch=1)
        row.addWidget(self.seen)
        self.hide()

    def show_state(self, state: DeskState) -> None:
        self._alerts = state.alerts
        shown = [alert for alert in state.alerts if alert not in self._seen]
        text = "\n".join(self._line(alert, state.now) for alert in shown)
        if text != self.words.text():
            self.words.setText(text)
            self.setAccessibleName(text)
        self.setVisible(bool(shown))
        fresh = [alert for alert in shown if alert not in self._told]
        if fresh:
            self._told.update(fresh)
            QApplication.beep()
            self._raised()

    def resize_text(self, unit: float) -> None:
        size_letters(self.words, max(16, round(34 * unit)), True)
        size_letters(self.seen, max(14, round(22 * unit)), True)

    def _line(self, alert: Alert, now: float) -> str:
        what = ", ".join(part for part in (alert.place, alert.danger) if part)
        ago = duration_text(max(0.0, now - alert.at))
        if alert.is_warning:
            matter = " ".join(part for part in (matter_text(alert.matter), alert.line) if part) or self.tr("risk")
            line = self.tr("⚠ WARNING from {0}: {1}, {2} ago. Nobody was called by it.").format(alert.agent, matter, ago)
        else:
            text = self.tr("⚠ SILENT ALERT from {0}: {1} is wanted, {2} ago. Do not call the agent aloud.")
            line = text.format(alert.agent, alert.line, ago)
        return f"{line}\n{what}" if what else line

    def _see_all(self) -> None:
        self._seen.update(self._alerts)
        self.hide()
