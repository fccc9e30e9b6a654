"""Where the transcript with its ticket is written to: asked for without stopping the desk."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.state import DeskState

_FORMS = {
    ".txt": QT_TRANSLATE_NOOP("TranscriptExport", "Text to read (*.txt)"),
    ".json": QT_TRANSLATE_NOOP("TranscriptExport", "Everything, for programs (*.json)"),
    ".vtt": QT_TRANSLATE_NOOP("TranscriptExport", "Subtitles for the recording (*.vtt)"),
}

Export = Callable[[str, bool], None]


def export_dialog(state: DeskState, export: Export, window: QWidget) -> QFileDialog:
    """`export` gets the file and whether one that is there may be replaced: the dialog asks that itself."""
    filters = {_tr(text): ending for ending, text in _FORMS.items()}
    dialog = QFileDialog(window, _tr(_TITLE), str(Path.home() / f"{_name(state)}.txt"), ";;".join(filters))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix("txt")

    def choose(filter_: str) -> None:
        ending = filters.get(filter_, ".txt")
        dialog.setDefaultSuffix(ending[1:])
        chosen = dialog.selectedFiles()
        if chosen and Path(chosen[0]).suffix in _FORMS:
            dialog.selectFile(str(Path(chosen[0]).with_suffix(ending)))

    dialog.filterSelected.connect(choose)
    dialog.fileSelected.connect(lambda target: export(target, Path(target).exists()))
    return dialog


def _name(state: DeskState) -> str:
    """The ticket's number; before it has one, when it was: the caller's own number has no place in the name of a file."""
    number = state.draft.ticket.number if state.draft is not None else None
    return number or _tr(_UNNUMBERED).format(datetime.fromtimestamp(state.now).strftime("%Y-%m-%d %H%M"))


_UNNUMBERED = QT_TRANSLATE_NOOP("TranscriptExport", "Transcript {0}")
_TITLE = QT_TRANSLATE_NOOP("TranscriptExport", "Export the transcript with its ticket")


def _tr(source: object) -> str:
    return QCoreApplication.translate("TranscriptExport", str(source))
