"""One emergency line in the bar: its button, its three seconds of undo, or how its call stands."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.desk.state import Leg
from app.domain.call import CallId, LegStage
from ui.clock_texts import duration_text
from ui.elided_label import ElidedLabel
from ui.labels import emergency_line_text, leg_stage_text
from ui.theme import Theme, restyle

OVER = (LegStage.ENDED, LegStage.FAILED)
_HEIGHT = 46


class EmergencyCell(QStackedWidget):
    """The big button keeps the caller on the line; the narrow one beside it leaves him to the line as soon as it answers."""

    def __init__(
        self,
        line: str,
        command: str,
        press: Callable[[], None],
        undo: Callable[[], None],
        end: Callable[[CallId], None],
        hand_over: Callable[[], None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.line, self.command = line, command
        self._leg: Leg | None = None
        self._undo_key = self._hand_key = ""
        self.name = f"{line} {emergency_line_text(line)}"
        self.button = BigButton(self.name, command, theme)
        self.button.clicked.connect(lambda _=False: press())
        self.over_at_once = QPushButton()
        self.over_at_once.setProperty("role", "hand_over")
        self.over_at_once.clicked.connect(lambda _=False: hand_over())
        self.ready = QWidget()
        self.undo = QPushButton()
        self.undo.setProperty("role", "undo")
        self.undo.setIcon(theme.icon("undo", "surface"))
        self.undo.clicked.connect(lambda _=False: undo())
        self.standing = QFrame()
        self.standing.setProperty("role", "leg")
        self.who = ElidedLabel(6)
        self.who.setProperty("role", "strong")
        self.who.show_text(self.name)
        self.stage = ElidedLabel(6)
        self.over = QPushButton()
        self.over.clicked.connect(lambda _=False: hand_over())
        self.end = QPushButton(self.tr("End"))
        self.end.setAccessibleName(self.tr("End the call to {0}").format(self.name))
        self.end.clicked.connect(lambda _=False: end(self._leg.leg) if self._leg else None)
        self._lay_out(theme)

    def show_key(self, key: str, undo_key: str, hand_key: str) -> None:
        self._undo_key, self._hand_key = undo_key, hand_key
        self.button.key.setText(key)
        self.button.setToolTip(self.tr("Calls {0} at once and keeps the caller on the line ({1})").format(self.name, key))
        self.button.setAccessibleName(self.name)
        self.button.setAccessibleDescription(key)
        tip = self.tr("Calls {0} at once and leaves the caller to it as soon as it answers ({1})").format(self.name, hand_key)
        self._name(self.over_at_once, "\n".join((self.tr("Over"), hand_key.replace("Shift+", "⇧"))))
        self.over_at_once.setToolTip(tip)
        self.over_at_once.setAccessibleName(tip)

    def show_line(self, leg: Leg | None, because: str | None, undo_s: float, now: float, matter: str = "") -> None:
        """`because`: the words that suggest this line, None where nothing does; `matter`: what it is beside the line's own."""
        self._leg = leg
        if undo_s > 0:
            left = min(3, max(1, round(undo_s + 0.49)))
            text = self.tr("Come back from {0} · {1} s · {2}") if leg and leg.handed_at else self.tr("Undo {0} · {1} s · {2}")
            self._name(self.undo, text.format(self.line, left, self._undo_key))
            self._turn_to(self.undo)
        elif leg is not None and leg.stage not in OVER:
            self._show_leg(leg, now)
            self._turn_to(self.standing)
        else:
            self._show_button(leg, because, matter)
            self._turn_to(self.ready)

    def _show_leg(self, leg: Leg, now: float) -> None:
        text = self._standing_text(leg, now)
        who = self.tr("{0} · case {1}").format(self.name, leg.case_number) if leg.case_number else self.name
        self.who.show_text(f"{self.line} {leg.case_number}" if leg.case_number else self.name)
        self.who.setToolTip(who)
        self.stage.show_text(text)
        self.standing.setAccessibleName(f"{who} {text}")
        restyle(self.standing, "tone", "ok" if leg.stage is LegStage.TALKING else "")
        is_asked = leg.hands_over and not leg.handed_at
        self._name(self.over, self.tr("Come back") if leg.handed_at else self.tr("Hand over"))
        tip = self.tr("Back on the call ({0})") if leg.handed_at else self.tr("Leaves the caller to {1} ({0})")
        self.over.setToolTip(tip.format(self._hand_key, self.name))
        if self.over.isEnabled() == is_asked:
            self.over.setEnabled(not is_asked)

    def _standing_text(self, leg: Leg, now: float) -> str:
        if leg.handed_at:
            return self.tr("handed over {0}").format(duration_text(now - leg.handed_at))
        if leg.again_at > now:
            return self.tr("no answer, again in {0} s").format(max(1, round(leg.again_at - now)))
        text = f"{leg_stage_text(leg.stage)} {duration_text(now - leg.since)}"
        if leg.stage is not LegStage.TALKING and leg.round > 1:
            text = self.tr("{0}, round {1}").format(text, leg.round)
        if leg.hands_over and leg.stage is not LegStage.TALKING:
            text = self.tr("{0} → hand over").format(text)
        return text

    def _show_button(self, leg: Leg | None, because: str | None, matter: str) -> None:
        if leg is not None and leg.stage is LegStage.FAILED:
            detail = self.tr("⚠ failed: {0}. Press again").format(leg.reason or self.tr("no answer"))
        elif because is not None and matter:
            detail = self.tr("► {0}: “{1}”").format(matter, because)
        elif because is not None:
            detail = self.tr("► because “{0}”").format(because)
        else:
            detail = self.tr("✓ called, ended") if leg is not None else ""
        self.button.show_detail(detail, because is not None)

    def _turn_to(self, page: QWidget) -> None:
        """Keeps the keyboard where it was: the next page takes the focus over."""
        before = self.currentWidget()
        if before is page:
            return
        had_focus = before.isAncestorOf(self.focusWidget()) if self.focusWidget() else before.hasFocus()
        self.setCurrentWidget(page)
        if had_focus:
            {self.ready: self.button, self.standing: self.end}.get(page, page).setFocus()

    def _lay_out(self, theme: Theme) -> None:
        ready = QHBoxLayout(self.ready)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.setSpacing(2)
        ready.addWidget(self.button, stretch=1)
        ready.addWidget(self.over_at_once)
        self.over_at_once.setFixedHeight(self.button.sizeHint().height())
        self.over_at_once.setMinimumWidth(round(48 * theme.scale))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.who)
        words.addWidget(self.stage)
        row = QHBoxLayout(self.standing)
        row.setContentsMargins(10, 2, 6, 2)
        row.setSpacing(4)
        row.addLayout(words, stretch=1)
        row.addWidget(self.over)
        row.addWidget(self.end)
        for page in (self.ready, self.undo, self.standing):
            self.addWidget(page)

    @staticmethod
    def _name(button: QPushButton, text: str) -> None:
        if button.text() != text:
            button.setText(text)
            button.setAccessibleName(text)


class BigButton(QPushButton):
    """A sign, the line, why it is lit or failed, and the key."""

    def __init__(self, name: str, icon: str, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._name = name
        self._is_lit = False
        self.setProperty("role", "emergency")
        self.setProperty("lit", "false")
        edge = theme.sizes["icon"] + 10
        self._edge = edge
        self.sign = QLabel()
        self.sign.setPixmap(theme.icon(icon, "danger").pixmap(edge, edge))
        self.title = QLabel(name)
        self.title.setProperty("role", "title")
        self.detail = ElidedLabel(4)
        self.detail.setProperty("role", "strong")
        self.detail.hide()
        self.key = QLabel()
        self.key.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(10)
        row.addWidget(self.sign)
        row.addLayout(words, stretch=1)
        row.addWidget(self.key)
        for label in (self.sign, self.title, self.detail, self.key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_detail(self, detail: str, is_lit: bool) -> None:
        if detail != self.detail.text():
            self.detail.show_text(detail)
            self.detail.setVisible(bool(detail))
            self.setAccessibleName(f"{self._name}. {detail}" if detail else self._name)
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            restyle(self, "lit", "true" if is_lit else "false")
            for label in (self.title, self.detail, self.key):
                restyle(label, "lit", "true" if is_lit else "false")
            colour = "on_danger" if is_lit else "danger"
            self.sign.setPixmap(self._theme.icon(self._icon, colour).pixmap(self._edge, self._edge))

    def sizeHint(self) -> QSize:
        hint = self._row.sizeHint()
        return QSize(hint.width(), max(round(_HEIGHT * self._theme.scale), hint.height()))

    def minimumSizeHint(self) -> QSize:
        least = self._row.minimumSize()
        return QSize(least.width(), max(round(_HEIGHT * self._theme.scale), least.height()))
