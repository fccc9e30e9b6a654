"""Eyes-free work: follows the keyboard's focus and what is new on the desk, and has it said in the agent's ear."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.eyes_free import Rank
from app.desk.state import DeskState
from app.domain.notice import Gravity, Notice, NoticeCode
from ui.labels import emergency_line_text
from ui.notices import notice_text
from ui.spoken_focus import words_of

SETTLE_MS = 60
"""A focus that goes on at once is not read: Tab held down reads the field it stops at."""


_READ_TOO = (NoticeCode.TICKET_SAVED, NoticeCode.RULE_BROKEN, NoticeCode.VOICE_WAITED, NoticeCode.VOICE_CUT)
"""Notices that answer what the agent just did; any other that is no error is found with Ctrl+I."""


class EyesFreeReader(QObject):
    """`read_out(text, rank)` says it. Does nothing while eyes-free is off."""

    def __init__(self, read_out: Callable[[str, Rank], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_out = read_out
        self._is_on = False
        self._suggested = self._title = ""
        self._notices: tuple[Notice, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self.read_focus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def show_state(self, state: DeskState) -> None:
        was_on, self._is_on = self._is_on, state.voice.is_eyes_free
        emergency = state.emergency
        line = f"{emergency.suggested} {emergency.because}" if emergency.suggested else ""
        notices = state.notices
        if self._is_on and not was_on:
            self._read_out(self.tr("Eyes-free is on."), Rank.NEWS)
        if self._is_on and line and line != self._suggested:
            spoken = self.tr("{0} suggested: {1}").format(emergency_line_text(emergency.suggested), emergency.because)
            self._read_out(spoken, Rank.DANGER)
        if self._is_on and notices is not self._notices:
            for notice in notices:
                if notice not in self._notices:
                    self._read_notice(notice)
        self._suggested, self._notices = line, notices

    def read_focus(self) -> None:
        """Reads the control that has the keyboard now."""
        widget = QApplication.focusWidget()
        if widget is None or not self._is_on:
            return
        title = widget.window().windowTitle()
        opened = f"{title}。" if title != self._title else ""
        self._title = title
        self._read_out(opened + words_of(widget), Rank.FIELD)

    def _read_notice(self, notice: Notice) -> None:
        if notice.gravity is Gravity.ERROR or notice.code in _READ_TOO:
            self._read_out(notice_text(notice), Rank.NEWS)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._is_on and now is not None:
            self._timer.start()
