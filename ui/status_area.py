"""The bottom of the window: what stands in the way, gravest first, and what waits to be sent."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.desk.state import DeskState
from app.domain.notice import Gravity, Notice, NoticeCode
from ui.labels import gravity_text
from ui.notices import notice_text
from ui.theme import Theme, restyle
from ui.voice_sign import VoiceSign

VISIBLE = 2
"""Notices shown at once; the others stand behind a button."""

_ORDER = {Gravity.ERROR: 0, Gravity.WARNING: 1, Gravity.INFO: 2}
_LOOKS = {Gravity.ERROR: ("error", "danger"), Gravity.WARNING: ("warning", "warning"), Gravity.INFO: ("info", "")}


class StatusArea(QFrame):
    """`dismiss(code)` is called with the code of a notice the agent has read."""

    def __init__(self, dismiss: Callable[[str], None], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dismiss, self._theme = dismiss, theme
        self._notices: tuple[Notice, ...] | None = None
        self._shows_all = False
        self.setProperty("role", "foot")
        self.setAccessibleName(self.tr("Notices"))
        self.rows: list[NoticeRow] = []
        self.quiet = QLabel(self.tr("All is well."))
        self.quiet.setProperty("role", "muted")
        self.more = QPushButton()
        self.more.setProperty("role", "flat")
        self.more.clicked.connect(lambda _=False: self.toggle_all())
        self.more.hide()
        self.voice = VoiceSign()
        self.counts = QLabel()
        self.counts.setProperty("role", "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._list.addWidget(self.quiet)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(12)
        row.addLayout(self._list, stretch=1)
        row.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.voice, alignment=Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.counts, alignment=Qt.AlignmentFlag.AlignBottom)

    def show_state(self, state: DeskState) -> None:
        self.voice.show_state(state)
        sync = state.sync
        counts = self.tr("Not sent: {0}   Numbers left: {1}").format(sync.waiting, sync.numbers_left)
        if counts != self.counts.text():
            self.counts.setText(counts)
        if state.notices is not self._notices and state.notices != self._notices:
            self._notices = state.notices
            self._show_notices()

    def toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self._show_notices()

    def enter(self) -> None:
        """Puts the keyboard onto the first notice."""
        if self._notices:
            self.rows[0].dismiss.setFocus()

    def _show_notices(self) -> None:
        ordered = _ordered(self._notices or ())
        shown = ordered if self._shows_all else ordered[:VISIBLE]
        while len(self.rows) < len(shown):
            self.rows.append(NoticeRow(self._dismiss, self._theme))
            self._list.addWidget(self.rows[-1])
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_notice(shown[place])
        self.quiet.setVisible(not shown)
        hidden = len(ordered) - VISIBLE
        self.more.setVisible(hidden > 0)
        self.more.setText(self.tr("fewer") if self._shows_all else self.tr("{0} more").format(hidden))


class NoticeRow(QFrame):
    """Sign, gravity in words, sentence, and a button that takes it away."""

    def __init__(self, dismiss: Callable[[str], None], theme: Theme) -> None:
        super().__init__()
        self._theme, self._dismiss = theme, dismiss
        self._notice: Notice | None = None
        self.setProperty("role", "notice")
        self.sign = QLabel()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.dismiss = QToolButton()
        self.dismiss.setIcon(theme.icon("close"))
        self.dismiss.setProperty("role", "flat")
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dismiss.clicked.connect(lambda _=False: self._on_dismissed())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 2, 1)
        row.setSpacing(8)
        row.addWidget(self.sign)
        row.addWidget(self.sentence, stretch=1)
        row.addWidget(self.dismiss)

    def show_notice(self, notice: Notice) -> None:
        if notice == self._notice:
            return
        self._notice = notice
        icon, tone = _LOOKS[notice.gravity]
        edge = self._theme.sizes["icon"]
        self.sign.setPixmap(self._theme.icon(icon, tone or "muted").pixmap(edge, edge))
        text = self.tr("{0}: {1}").format(gravity_text(notice.gravity), notice_text(notice))
        self.sentence.setText(text)
        self.setAccessibleName(text)
        self.dismiss.setAccessibleName(self.tr("Dismiss: {0}").format(text))
        self.dismiss.setToolTip(self.tr("Read: take it away"))
        restyle(self, "tone", tone)

    def _on_dismissed(self) -> None:
        if self._notice is not None:
            self._dismiss(self._notice.code)


def _ordered(notices: tuple[Notice, ...]) -> list[Notice]:
    """Gravest first, newest before older; but the newest that will fade has the last row that can be seen: it answers what the
    agent just did, and behind a button it would be gone before anybody saw it."""
    ordered = sorted(reversed(notices), key=_urgency)
    brief = next((notice for notice in reversed(notices) if not notice.standing), None)
    if brief is not None and brief not in ordered[:VISIBLE]:
        ordered.remove(brief)
        ordered.insert(VISIBLE - 1, brief)
    return ordered


def _urgency(notice: Notice) -> tuple[bool, int]:
    """A citizen who did not get through to an emergency line comes before everything else."""
    return notice.code is not NoticeCode.EMERGENCY_FAILED, _ORDER[notice.gravity]
