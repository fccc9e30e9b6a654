"""The check before the shift: what to do now, how loud it comes in, and in the end what is well and what is not."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.desk.events import ShiftCheckChanged, ShiftFinding
from app.desk.headset import CHECK_RUNS
from app.desk.state import DeskState
from ui.shift_check_texts import NAMES, SENTENCE, TONES, finding_text, name_text, step_text, tone_of, verdict_text, words
from ui.theme import restyle

_QUIETEST = -60
_SIGNS = {"good": "✓", "fair": "⚠", "bad": "✗", "unknown": "–"}


class ShiftCheckDialog(QDialog):
    """Enter starts and answers "heard", Esc cancels and closes. Holds no truth: the desk tells how far the check is."""

    def __init__(
        self,
        start: Callable[[], None],
        stop: Callable[[], None],
        tell_heard: Callable[[bool], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._start, self._stop, self._tell_heard = start, stop, tell_heard
        self._shown: ShiftCheckChanged | None = None
        self._is_ours = False
        self.setWindowTitle(self.tr("Headset check"))
        self.devices = QLabel()
        self.devices.setProperty("role", "muted")
        self.step = QLabel(self.tr("Twenty seconds: silence, one sentence, three tones, the ringing. Put the headset on."))
        self.step.setWordWrap(True)
        self.step.setProperty("role", "banner")
        self.sentence = QLabel(words(SENTENCE))
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "large")
        self.progress = _bar(self.tr("Progress"), 0, 100)
        self.level = _bar(self.tr("Microphone level"), _QUIETEST, 0)
        self.rows = {what: (QLabel(name_text(what)), QLabel("–")) for what in NAMES}
        self.start_button = QPushButton(self.tr("&Start (Enter)"))
        self.heard_button = QPushButton(self.tr("&Heard (Enter)"))
        self.unheard_button = QPushButton(self.tr("&Nothing to hear"))
        self.close_button = QPushButton(self.tr("Close"))
        self._connect()
        self._lay_out()
        self._show_buttons("")

    def show_state(self, state: DeskState) -> None:
        headset = state.headset
        self.devices.setText(f"{headset.microphone or '–'} / {headset.earpiece or '–'}")
        check = headset.check if self._is_ours else headset.last_check
        if check is None or check == self._shown:
            return
        self._shown = check
        self.step.setText(step_text(check.step))
        is_done = check.step == "done"
        restyle(self.step, "tone", {"done": tone_of(check), "failed": "danger", "interrupted": "warning"}.get(check.step, ""))
        if is_done:
            self.step.setText(verdict_text(check))
        self.progress.setValue(round(check.progress * 100))
        self.level.setValue(max(_QUIETEST, round(check.level_dbfs)) if check.step in CHECK_RUNS else _QUIETEST)
        self._show_findings(check.findings)
        self._show_buttons(check.step)

    def begin(self) -> None:
        self._is_ours = True
        self._show_findings(())
        self._start()

    def reject(self) -> None:
        """Esc: a check that runs is cancelled first."""
        self._stop()
        super().reject()

    def _show_findings(self, findings: tuple[ShiftFinding, ...]) -> None:
        found = {finding.what: finding for finding in findings}
        for what, (_, verdict) in self.rows.items():
            finding = found.get(what)
            verdict.setText(f"{_SIGNS[finding.verdict]} {finding_text(finding)}" if finding is not None else "–")
            restyle(verdict, "tone", TONES[finding.verdict] if finding is not None else "")

    def _show_buttons(self, step: str) -> None:
        is_running, asks = step in CHECK_RUNS, step == "ringer"
        self.sentence.setEnabled(step == "sentence")
        for button, is_shown in (
            (self.start_button, not is_running),
            (self.heard_button, asks),
            (self.unheard_button, asks),
        ):
            button.setVisible(is_shown)
        self.close_button.setText(self.tr("Cancel (Esc)") if is_running else self.tr("Close (Esc)"))
        default = self.heard_button if asks else self.start_button
        default.setDefault(True)
        if (asks or not is_running) and not default.hasFocus():
            default.setFocus()

    def _connect(self) -> None:
        for button in (self.start_button, self.heard_button):
            button.setProperty("role", "primary")
        self.start_button.clicked.connect(lambda _=False: self.begin())
        self.heard_button.clicked.connect(lambda _=False: self._tell_heard(True))
        self.unheard_button.clicked.connect(lambda _=False: self._tell_heard(False))
        self.unheard_button.setAutoDefault(False)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(lambda _=False: self.reject())

    def _lay_out(self) -> None:
        meters = QGridLayout()
        for row, (text, bar) in enumerate(((self.tr("Progress"), self.progress), (self.tr("Microphone level"), self.level))):
            meters.addWidget(QLabel(text), row, 0)
            meters.addWidget(bar, row, 1)
        meters.setColumnStretch(1, 1)
        verdicts = QGridLayout()
        verdicts.setVerticalSpacing(8)
        for row, (name, verdict) in enumerate(self.rows.values()):
            name.setProperty("role", "strong")
            name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            verdict.setWordWrap(True)
            verdicts.addWidget(name, row, 0)
            verdicts.addWidget(verdict, row, 1)
        verdicts.setColumnMinimumWidth(0, 130)
        verdicts.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        for button in (self.unheard_button, self.heard_button, self.start_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self.devices)
        column.addWidget(self.step)
        column.addWidget(self.sentence)
        column.addLayout(meters)
        column.addLayout(verdicts)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(640, 520)


def _bar(name: str, low: int, high: int) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(low, high)
    bar.setValue(low)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar
