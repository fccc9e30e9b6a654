"""Draws every window in its states into PNG files: python -m tests.gallery [--out DIR] [--only WORD].

Each picture is a name, a way to build the window, and the sizes, looks and languages it is drawn in. No screen is needed.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.state import DeskState
from app.settings import Settings
from app.speech.glance import Glance, ModelState
from tests import sample_help as help_states
from tests import sample_recovery as recovery
from tests import sample_state as sample
from tests import sample_voice
from tests.sample_danger import DANGER_SCENES, warned_wallboard
from tests.sample_form import FORM_SCENES
from tests.sample_lines import LINE_SCENES
from tests.sample_quality import line_bad
from tests.sample_shield import SHIELD_SCENES
from tests.sample_transcript import TRANSCRIPT_PICTURES
from ui import translation
from ui.desk_calls import DeskCalls
from ui.desk_view import DeskView
from ui.dial_dialog import DialDialog, DialPurpose
from ui.directory_dialog import CONSULT, DIAL, THREE_WAY, TRANSFER, DirectoryDialog
from ui.evidence_dialog import EvidenceDialog, MarkDialog
from ui.handoff_card import HandOffCardWindow
from ui.keys_help import KeysHelp
from ui.main_window import MainWindow
from ui.missed_calls import MissedCallsDialog
from ui.practice_dialog import PracticeDialog
from ui.quality_dialog import QualityDialog
from ui.reason_dialog import ReasonDialog
from ui.say_dialog import SayDialog
from ui.settings_dialog import SettingsDialog
from ui.shift_check_dialog import ShiftCheckDialog
from ui.theme import THEME_NAMES, Theme, apply_theme, load_theme
from ui.ticket_table import TicketTable
from ui.wallboard import WallboardWindow

SIZES = ((1366, 768), (1920, 1080))
MODELS = (
    Glance("vosk-model-small-cn-0.22", "vosk", 43_898_754, ("zh",), "Apache-2.0", ModelState.ABSENT),
    Glance("whisper-base", "whisper", 148_140_241, ("zh", "en"), "MIT", ModelState.INSTALLED),
    Glance("hall-zipformer-zh", "sherpa-onnx", 74_000_000, ("zh",), "Apache-2.0", ModelState.INCOMPLETE),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """`sizes` empty: the size the window gives itself."""

    name: str
    build: Callable[[Theme], QWidget]
    sizes: tuple[tuple[int, int], ...] = ()
    themes: tuple[str, ...] = ("light", "dark")
    languages: tuple[str, ...] = ("zh_CN",)


def _nothing(*_: object) -> None:
    """The gallery's desk: nothing is done, only drawn."""


def _table(_: Theme) -> QWidget:
    window = TicketTable(_nothing, _nothing)
    window.show_state(sample.ticket_table())
    window.table.selectRow(2)
    return window


def _board(state: DeskState, age_s: float) -> Callable[[Theme], QWidget]:
    def build(_: Theme) -> QWidget:
        times = iter([0.0])
        window = WallboardWindow(_nothing, lambda: next(times, age_s))
        window.show_state(state)
        return window

    return build


def _empty_board(_: Theme) -> QWidget:
    return WallboardWindow(_nothing)


def _evidence(_: Theme) -> QWidget:
    dialog = EvidenceDialog(_nothing, _nothing)
    dialog.show_state(SHIELD_SCENES["sealed"]())
    return dialog


def _mark(_: Theme) -> QWidget:
    return MarkDialog("13810245600", 30, _nothing)


def _card_window(_: Theme) -> QWidget:
    window = HandOffCardWindow(_nothing, _nothing)
    window.show_state(help_states.with_card())
    return window


def _missed(_: Theme) -> QWidget:
    dialog = MissedCallsDialog(_nothing, _nothing)
    dialog.show_state(recovery.lost())
    return dialog


def _directory(_: Theme) -> QWidget:
    dialog = DirectoryDialog(_nothing, dict.fromkeys((DIAL, CONSULT, TRANSFER, THREE_WAY), _nothing))
    dialog.show_state(recovery.found())
    return dialog


def _quality(theme: Theme) -> QWidget:
    dialog = QualityDialog(theme)
    dialog.show_state(line_bad())
    return dialog


def _reasons(_: Theme) -> QWidget:
    return ReasonDialog(recovery.busy().queue.policy.busy_reasons, _nothing)


def _shift_check(step: str) -> Callable[[Theme], QWidget]:
    def build(_: Theme) -> QWidget:
        dialog = ShiftCheckDialog(_nothing, _nothing, _nothing)
        dialog.begin()
        dialog.show_state(recovery.checking(step))
        return dialog

    return build


def _settings(group: str, **typed: str) -> Callable[[Theme], QWidget]:
    def build(_: Theme) -> QWidget:
        known = Settings({"telephony.pbx_password": "stored", "telephony.pbx_address": "10.20.0.5:5060"})
        dialog = SettingsDialog(known, _nothing, MODELS)
        dialog.show_state(sample_voice.voices())
        for key, value in typed.items():
            dialog.fields[key.replace("__", ".")].put(value)
        dialog.go_to(group)
        return dialog

    return build


def _say(_: Theme) -> QWidget:
    dialog = SayDialog(_nothing)
    dialog.show_state(sample_voice.waiting())
    dialog.saved.setCurrentRow(2)
    return dialog


def _practice(_: Theme) -> QWidget:
    dialog = PracticeDialog(_nothing, _nothing)
    dialog.show_state(sample.practising())
    dialog.list.setCurrentIndex(dialog.rows.index(1, 0))
    return dialog


def _dial(purpose: DialPurpose, number: str = "") -> Callable[[Theme], QWidget]:
    return lambda _: DialDialog(purpose, _nothing, number)


def _keys(_: Theme) -> QWidget:
    return KeysHelp()


class _Desk:
    """A desk that only stands there: every method of DeskCalls does nothing."""

    def __getattr__(self, _: str) -> Callable[..., None]:
        return _nothing


def _main(state: DeskState, **settings: object) -> Callable[[Theme], QWidget]:
    def build(theme: Theme) -> QWidget:
        known = Settings().with_values({"general.theme": theme.name, **settings})
        window = MainWindow(cast(DeskCalls, _Desk()), known, _nothing, lambda: MODELS)
        window.show_state(state)
        return window

    return build


def _transcript(scene: Callable[[], DeskState], act: Callable[[DeskView, DeskState], None]) -> Callable[[Theme], QWidget]:
    """The window after `act` was done in it, as a key does it."""

    def build(theme: Theme) -> QWidget:
        window = cast(MainWindow, _main(scene())(theme))
        window.resize(*SIZES[0])
        window.show()
        _settle()
        act(window.view, scene())
        return window

    return build


def _voice_pictures() -> Iterator[Picture]:
    for name, state in (("voice_waiting", sample_voice.waiting()), ("words_refused", sample_voice.refused())):
        yield Picture(f"desk_{name}", _main(state), SIZES)
    yield Picture("say", _say, languages=("zh_CN", "en"))
    yield Picture("settings_voice", _settings("speech", speech__voice="kokoro:zm_yunxi"))


def pictures() -> Iterator[Picture]:
    both = ("zh_CN", "en")
    for name, scene in {**sample.DESK_SCENES, **LINE_SCENES}.items():
        languages = both if name in ("talking", "emergency_pressed") else ("zh_CN",)
        yield Picture(f"desk_{name}", _main(scene()), SIZES, THEME_NAMES, languages)
    for name, scene in SHIELD_SCENES.items():
        yield Picture(f"desk_shield_{name}", _main(scene()), SIZES[:1], THEME_NAMES, both if name == "ending" else ("zh_CN",))
    yield from (Picture(f"desk_danger_{name}", _main(scene()), SIZES, THEME_NAMES) for name, scene in DANGER_SCENES.items())
    yield Picture("evidence", _evidence, languages=both)
    yield Picture("mark", _mark)
    for name, (scene, act) in TRANSCRIPT_PICTURES.items():
        yield Picture(f"desk_transcript_{name}", _transcript(scene, act), SIZES, THEME_NAMES)
    for name, scene in FORM_SCENES.items():
        yield Picture(f"desk_{name}", _main(scene()), SIZES, THEME_NAMES, both if name == "heard" else ("zh_CN",))
    yield from _voice_pictures()
    yield Picture("desk_line_bad", _main(line_bad()), SIZES, THEME_NAMES)
    yield Picture("wallboard_fresh", _board(sample.wallboard(), 3), SIZES, languages=both)
    yield Picture("wallboard_well", _board(sample.wallboard_well(), 1), SIZES[:1])
    yield Picture("wallboard_stale", _board(sample.wallboard(), 95), SIZES, ("light", "dark", "contrast"))
    good = recovery.recorded()
    on_119 = replace(help_states.with_card(), qualities=good.qualities, recordings=good.recordings)
    for name, state in (("handed_over", help_states.handed_over()), ("with_card", on_119)):
        yield Picture(f"desk_{name}", _main(state), SIZES[:1])
    for name, state in (("recorded", recovery.recorded()), ("lost", recovery.lost()), ("busy", recovery.busy())):
        yield Picture(f"desk_{name}", _main(state), SIZES[:1], THEME_NAMES)
    for name, build in (("missed", _missed), ("directory", _directory), ("quality", _quality), ("reasons", _reasons)):
        yield Picture(name, build)
    for step in ("sentence", "ringer", "done"):
        yield Picture(f"shift_check_{step}", _shift_check(step))
    yield Picture("wallboard_queue", _board(recovery.queue_board(), 2), SIZES, THEME_NAMES)
    yield Picture("handoff_card", _card_window, ((1100, 700), SIZES[0]), THEME_NAMES, both)
    yield Picture("wallboard_alert", _board(help_states.alerted_wallboard(), 2), SIZES[:1])
    yield Picture("wallboard_warning", _board(warned_wallboard(), 2), SIZES[:1])
    yield Picture("wallboard_empty", _empty_board, SIZES[:1], ("light",))
    yield Picture("ticket_table", _table, SIZES, languages=both)
    for group in ("general", "agent", "telephony", "emergency", "audio", "speech", "centre", "recording", "practice", "city"):
        yield Picture(f"settings_{group}", _settings(group), languages=both if group == "emergency" else ("zh_CN",))
    wrong = _settings("telephony", telephony__pbx_address="10.20.0.5", telephony__gateway_address="gateway:99999")
    yield Picture("settings_wrong", wrong)
    yield Picture("practice", _practice, languages=both)
    yield Picture("dial", _dial(DialPurpose.DIAL, "01065120000"))
    yield Picture("transfer", _dial(DialPurpose.TRANSFER))
    yield Picture("consult", _dial(DialPurpose.CONSULT), themes=("light",))
    yield Picture("three_way", _dial(DialPurpose.THREE_WAY), themes=("light",))
    yield Picture("tones", _dial(DialPurpose.DIGITS, "1024#"), themes=("light",))
    yield Picture("keys", _keys, languages=both)


def draw(app: QApplication, picture: Picture, folder: Path) -> list[Path]:
    """Draws one picture in all its forms and names the files."""
    files = []
    for language in picture.languages:
        translators = translation.install(app, language)
        for name in picture.themes:
            theme = load_theme(name)
            apply_theme(app, theme)
            for size in picture.sizes or ((0, 0),):
                window = picture.build(theme)
                if size[0]:
                    window.resize(*size)
                window.show()
                _settle()
                form = f"{size[0]}x{size[1]}" if size[0] else "own"
                files.append(folder / f"{picture.name}-{language}-{name}-{form}.png")
                window.grab().save(str(files[-1]))
                window.close()
                _delete(window)
        translation.remove(app, translators)
    return files


def _settle() -> None:
    for _ in range(3):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _delete(window: QWidget) -> None:
    """At once: without a running event loop a later deletion never comes, and every new look is given to all old windows."""
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    parser.add_argument("--only", default="", help="only pictures whose name holds this")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for picture in pictures():
        if chosen.only in picture.name:
            for file in draw(app, picture, chosen.out):
                print(file)


if __name__ == "__main__":
    main()
