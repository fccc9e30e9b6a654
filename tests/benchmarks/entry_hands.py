"""An agent's hands on the real form before the real desk: keys are sent as keys, texts as an input method commits them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.events import Heard
from app.desk.policy import Rules
from app.domain.ticket import RequestKind, Urgency
from app.domain.transcript import Utterance
from app.settings import Settings
from tests import fakes
from tests.benchmarks.entry_references import Reference, Wanted
from tests.benchmarks.entry_typing import full_keys_for, keys_for
from ui.main_window import MainWindow
from ui.text_fields import AreaField

NO_KEY, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@dataclass(slots=True)
class Tally:
    """`keys` with 双拼, `full_keys` with whole pinyin; the names of what was confirmed, put right and left as it was."""

    keys: int = 0
    full_keys: int = 0
    confirmed: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Hands:
    """A window in a call, to be used with `with`; `hear` before `complete`."""

    def __init__(self, propose: object = None) -> None:
        self._app = QApplication.instance() or QApplication([])
        self.around = fakes.Place()
        rules: Rules = replace(self.around.desk.rules, propose=propose or (lambda _: {}), hear_danger=lambda _, __: None)  # type: ignore[arg-type]
        self.around.desk.rules = rules
        self.window = MainWindow(self.around.desk, Settings(), lambda changes: None)
        self.around.desk._show = self.window.show_state
        self.form = self.window.view.form
        self.tally = Tally()

    def __enter__(self) -> "Hands":
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        for _ in range(200):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            if self.window.isActiveWindow():
                break
        self.around.talks()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.around.ends()
        self.window.hide()
        self.window.deleteLater()
        QApplication.processEvents()

    def hear(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            self.around.desk.handle(Heard(fakes.FIRST, utterance))

    def complete(self, reference: Reference) -> Tally:
        """Makes the ticket as the reference wants it. Raises RuntimeError where a key did not do what it should."""
        for name in self._unsure - {name for name in self.form.fields if reference.of(name)}:
            self.around.desk.confirm(name)  # nothing is known of it: on neither side is it counted
        while self._unsure:
            self._look_at_next(reference)
        for name in self.form.fields:
            wanted = reference.of(name)
            if wanted is None:
                continue
            if not wanted.accepts(self.value(name)):
                self._go_to(name)
                self._put_right(name, wanted)
            elif self.value(name) and name not in (*self.tally.confirmed, *self.tally.corrected):
                self.tally.left.append(name)
            if not wanted.accepts(self.value(name)):
                raise RuntimeError(f"{name} is {self.value(name)!r} and should be {wanted}")
        return self.tally

    def value(self, name: str) -> str:
        draft = self.around.state.draft
        if draft is None:
            return ""
        found = getattr(draft.ticket, name)
        return ("yes" if found else "no") if isinstance(found, bool) else str(found or "")

    # --- steps ---

    @property
    def _unsure(self) -> frozenset[str]:
        draft = self.around.state.draft
        return draft.unsure if draft is not None else frozenset()

    def _look_at_next(self, reference: Reference) -> None:
        """One unsure field: right → its key; wrong → put right, which is the agent's own word."""
        if self.form.focused_field not in self._unsure:
            self._press(Qt.Key.Key_J, CONTROL)
        name = self.form.focused_field
        wanted = reference.of(name)
        if wanted is None or name not in self._unsure:
            raise RuntimeError(f"the confirm key led to {name!r}, not to one of {sorted(self._unsure)}")
        if wanted.accepts(self.value(name)):
            self._press(*((Qt.Key.Key_J, CONTROL) if name in ("content", "verified", "reply") else (Qt.Key.Key_Return, NO_KEY)))
            self.tally.confirmed.append(name)
        else:
            self._put_right(name, wanted)
        if name in self._unsure:
            raise RuntimeError(f"{name} is still unsure")

    def _go_to(self, name: str) -> None:
        """By the letter that stands at the field; the tick of confidentiality is set by the same key."""
        label = self.form.confidential.text() if name == "is_confidential" else self.form.heads[name].label.text()
        sequence = QKeySequence.mnemonic(label)
        if name != "is_confidential":
            self._press(sequence[0].key(), ALT)  # type: ignore[index]  # the stubs know no index

    def _put_right(self, name: str, wanted: Wanted) -> None:
        self.tally.corrected.append(name)
        if name in ("kind", "urgency"):
            self._choose([one.value for one in (RequestKind if name == "kind" else Urgency)], self.value(name), wanted.typed)
        elif name == "is_confidential":
            self._press(Qt.Key.Key_F, ALT)
        elif isinstance(self.form.texts[name], AreaField):
            self._rewrite_area(self.value(name), wanted)
        else:
            self._rewrite_line(self.value(name), wanted)

    def _choose(self, options: list[str], now: str, wanted: str) -> None:
        if now not in options:
            self._press(Qt.Key.Key_Space)
            now = options[0]
        steps = options.index(wanted) - options.index(now)
        for _ in range(abs(steps)):
            self._press(Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left)

    def _rewrite_area(self, now: str, wanted: Wanted) -> None:
        if not now:
            self._write(wanted.typed)
        elif wanted.typed:
            self._press(Qt.Key.Key_End, CONTROL)
            self._write("，".join(("", *wanted.missing(now))))
        else:
            self._press(Qt.Key.Key_A, CONTROL)
            self._press(Qt.Key.Key_Delete)

    def _rewrite_line(self, now: str, wanted: Wanted) -> None:
        """The whole line is marked on arrival: what is typed takes its place; or only its end is put right."""
        if not wanted.typed:
            self._press(Qt.Key.Key_Delete)
            return
        same = next(
            (n for n, (a, b) in enumerate(zip(now, wanted.typed, strict=False)) if a != b), min(len(now), len(wanted.typed))
        )
        if now and 1 + len(now) - same + keys_for(wanted.typed[same:]) < keys_for(wanted.typed):
            self._press(Qt.Key.Key_End)
            for _ in range(len(now) - same):
                self._press(Qt.Key.Key_Backspace)
            self._write(wanted.typed[same:])
        else:
            self._write(wanted.typed)

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(self._focus(), key, modifiers)
        self.tally.keys += 1
        self.tally.full_keys += 1

    def _write(self, text: str) -> None:
        committed = QInputMethodEvent("", [])
        committed.setCommitString(text)
        if text:
            QApplication.sendEvent(self._focus(), committed)
        self.tally.keys += keys_for(text)
        self.tally.full_keys += full_keys_for(text)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window
