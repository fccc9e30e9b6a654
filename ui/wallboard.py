"""The wallboard (大屏): the figures of the hall, and how old they are."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.agent import SupervisionMode
from app.domain.figures import Figures
from ui.agents_board import AgentsBoard
from ui.clock_texts import duration_text
from ui.figure_tile import FigureTile
from ui.queue_text import queue_text
from ui.silent_alert_strip import SilentAlertStrip
from ui.theme import restyle, size_letters

TARGET_PERCENT = 95.0
WAIT_LIMIT_S = 15.0
STALE_S = 10.0
_COLUMNS = 3


class WallboardWindow(QWidget):
    """Asks for figures while it is to be seen. Alt+Enter is the whole screen, Esc leaves it or closes the window.

    The age counts from the arrival of newer figures by this machine's `clock`: the centre's clock may go wrong.
    """

    def __init__(
        self,
        want_figures: Callable[[bool], None],
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
        supervise: Callable[[str, SupervisionMode], None] = lambda _console, _mode: None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._want_figures, self._clock = want_figures, clock
        self._figures: Figures | None = None
        self._arrived_at = 0.0
        self._is_wanted = False
        self.setWindowTitle(self.tr("Wallboard"))
        self.title = QLabel(self.tr("12345 hotline, today"))
        self.age = QLabel()
        self.age.setProperty("role", "age")
        self.age.setAccessibleName(self.tr("Age of the figures"))
        self.tiles = {key: FigureTile(caption) for key, caption in self._captions().items()}
        self.alert = SilentAlertStrip(self._come_forward)
        self.agents = AgentsBoard(supervise)
        self.queue = QLabel()
        self.queue.setWordWrap(True)
        self.queue.setAccessibleName(self.tr("The exchange's queue"))
        self.queue.hide()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._show_age)
        self._lay_out()
        self._show_age()
        self.resize(1366, 768)

    def show_state(self, state: DeskState) -> None:
        self.agents.show_queue(state.queue)
        self.agents.show_told(state.shield.told, state.now)
        self.alert.show_state(state)
        figures = state.figures
        if figures is None or figures is self._figures:
            return
        if self._figures is None or figures.at > self._figures.at:
            self._arrived_at = self._clock()
        self._figures = figures
        self._show_figures(figures)
        self._show_age()

    def showEvent(self, event: QShowEvent) -> None:
        self._ask(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._ask(False)
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._ask(False)
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        unit = min(self.width() / 1366, self.height() / 768)
        for tile in self.tiles.values():
            tile.resize_text(round(66 * unit), round(23 * unit))
        for label, size in ((self.title, 30), (self.age, 30), (self.queue, 22)):
            size_letters(label, max(14, round(size * unit)), False)
        self.agents.resize_text(unit)
        self.alert.resize_text(unit)
        super().resizeEvent(event)

    def _come_forward(self) -> None:
        """Somebody's life may hang on it: the wallboard is not to lie behind another window."""
        if self.isVisible():
            self.raise_()
            QApplication.alert(self)

    def _captions(self) -> dict[str, str]:
        return {
            "level": self.tr("Answered within 15 s"),
            "waiting": self.tr("Waiting now"),
            "longest": self.tr("Longest wait"),
            "offered": self.tr("Calls offered"),
            "answered": self.tr("Calls answered"),
            "abandoned": self.tr("Calls abandoned"),
            "talking": self.tr("Talking now"),
            "tickets": self.tr("Tickets"),
            "emergencies": self.tr("Emergency transfers"),
        }

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.age)
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        for line in range(_COLUMNS):
            grid.setColumnStretch(line, 1)
            grid.setRowStretch(line, 1)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addLayout(grid, stretch=68)
        body.addWidget(self.agents, stretch=32)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addLayout(top)
        column.addWidget(self.queue)
        column.addWidget(self.alert)
        column.addLayout(body, stretch=1)

    def _show_figures(self, figures: Figures) -> None:
        self._show_level(figures)
        waiting, longest_s, remark = self._waiting(figures)
        is_long = longest_s > WAIT_LIMIT_S
        self.tiles["waiting"].show_figure(str(waiting), remark)
        self.tiles["longest"].show_figure(
            duration_text(longest_s),
            self.tr("▲ longer than 15 s") if is_long else self.tr("within 15 s"),
            "danger" if is_long else "",
        )
        self.tiles["offered"].show_figure(str(figures.offered), self.tr("since midnight"))
        self.tiles["answered"].show_figure(str(figures.answered), self._share(figures.answered, figures))
        self.tiles["abandoned"].show_figure(str(figures.abandoned), self._share(figures.abandoned, figures))
        self.tiles["talking"].show_figure(str(figures.talking), self.tr("calls connected"))
        self.tiles["tickets"].show_figure(
            str(figures.tickets),
            self.tr("{0} open · {1} on call").format(figures.tickets_open, figures.answered_on_call),
        )
        self.tiles["emergencies"].show_figure(str(figures.emergencies), self.tr("to 110, 119, 120, 122"))
        text, tone = queue_text(figures)
        self.queue.setText(text)
        self.queue.setVisible(bool(text))
        restyle(self.queue, "tone", tone)
        self.agents.show_agents(figures.agents, figures.at, figures.unsynced)

    def _waiting(self, figures: Figures) -> tuple[int, float, str]:
        """Who waits, and for how long: in the exchange's queue where that is known, else at the agents' phones alone."""
        if figures.queue_link != "up" or not figures.queues:
            return figures.waiting, figures.longest_wait_s, self.tr("calls ringing")
        waiting = sum(queue.waiting for queue in figures.queues)
        longest_s = max(figures.longest_wait_s, *(queue.longest_wait_s for queue in figures.queues))
        return waiting, longest_s, self.tr("in the queue, {0} ringing").format(figures.waiting)

    def _show_level(self, figures: Figures) -> None:
        if not figures.offered:
            self.tiles["level"].show_figure("–", self.tr("no call yet today"))
            return
        percent = 100 * figures.answered_within_15_s / figures.offered
        is_met = percent >= TARGET_PERCENT
        remark = self.tr("✓ target {0} % met") if is_met else self.tr("▼ below target {0} %")
        # cut, not rounded: 94.96 % is not 95.0 %
        shown = f"{int(percent * 10) / 10:.1f} %"
        self.tiles["level"].show_figure(shown, remark.format(f"{TARGET_PERCENT:g}"), "ok" if is_met else "danger")

    def _show_age(self) -> None:
        if self._figures is None:
            self.age.setText(self.tr("No figures yet: the centre has not answered"))
            restyle(self.age, "tone", "danger")
            return
        age_s = max(0.0, self._clock() - self._arrived_at)
        is_stale = age_s > STALE_S
        text = self.tr("⚠ OLD FIGURES, {0} old: the centre does not answer") if is_stale else self.tr("Figures {0} old")
        self.age.setText(text.format(self._span(age_s)))
        restyle(self.age, "tone", "danger" if is_stale else "")

    def _span(self, age_s: float) -> str:
        if age_s < 60:
            return self.tr("{0} s").format(int(age_s))
        return self.tr("{0} min").format(int(age_s // 60))

    def _ask(self, is_wanted: bool) -> None:
        if is_wanted != self._is_wanted:
            self._is_wanted = is_wanted
            self._second.start() if is_wanted else self._second.stop()
            self._show_age()
            self._want_figures(is_wanted)

    def _share(self, part: int, figures: Figures) -> str:
        return self.tr("{0} % of all calls").format(f"{100 * part / figures.offered:.1f}") if figures.offered else ""
