"""What the status area says of a transcript: exported or not, with nothing to undo; and what stands where it has no words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.desk.state import DeskState
from app.desk.transcript_events import Sought
from app.domain.call import CallStage
from app.domain.notice import NoticeCode

TRANSCRIPT_SENTENCES = {
    NoticeCode.TRANSCRIPT_EXPORTED: QT_TRANSLATE_NOOP(
        "notices",
        "The transcript was written to {0}. That is in the record; the file is not enciphered.",
    ),
    NoticeCode.TRANSCRIPT_UNWRITTEN: QT_TRANSLATE_NOOP(
        "notices",
        "The transcript could not be written to {0}: {1}. Choose another place (Ctrl+Shift+T).",
    ),
    NoticeCode.NOTHING_REPAIRED: QT_TRANSLATE_NOOP(
        "notices",
        "Nothing was put right by itself here, so there is nothing to undo. Correct the sentence with Ctrl+Y.",
    ),
}

_REASONS = {
    "exists": QT_TRANSLATE_NOOP("TranscriptTexts", "there is a file of that name already, and it was left as it is"),
    "full": QT_TRANSLATE_NOOP("TranscriptTexts", "the disk is full"),
    "denied": QT_TRANSLATE_NOOP("TranscriptTexts", "you may not write there"),
    "gone": QT_TRANSLATE_NOOP("TranscriptTexts", "the folder is not there"),
    "ending": QT_TRANSLATE_NOOP("TranscriptTexts", "the name must end in .txt, .json or .vtt"),
}


def unwritten_text(reason: str) -> str:
    """The reason in the user's words; what the system said stays as it is."""
    return QCoreApplication.translate("TranscriptTexts", str(_REASONS[reason])) if reason in _REASONS else reason


_SOUGHT = {
    Sought.ASKED: QT_TRANSLATE_NOOP("TranscriptTexts", "Asking the centre for the words that were kept with this ticket…"),
    Sought.AWAY: QT_TRANSLATE_NOOP(
        "TranscriptTexts",
        "The words of this ticket are not on this computer, and the centre does not answer. They come as soon as it does.",
    ),
    Sought.NONE: QT_TRANSLATE_NOOP("TranscriptTexts", "No words were kept with this ticket."),
}
_NOT_HERE = QT_TRANSLATE_NOOP("TranscriptTexts", "The words of this ticket are not on this computer.")
_DEAF = QT_TRANSLATE_NOOP("TranscriptTexts", "Nothing listens: no words will appear here. Type what you hear into the form.")
_LISTENING = QT_TRANSLATE_NOOP("TranscriptTexts", "Listening…")
_TO_COME = QT_TRANSLATE_NOOP("TranscriptTexts", "The words of caller and agent appear here as they are spoken.")


def empty_text(state: DeskState) -> str:
    """What stands where no words are."""
    focused, draft = state.focused, state.draft
    if focused is not None and focused.stage is CallStage.ENDED and draft is not None and draft.ticket.version:
        sought = state.words_sought.get(state.focus)
        source = _SOUGHT[sought] if sought is not None else _NOT_HERE
    elif not state.speech.engine:
        source = _DEAF
    else:
        is_up = focused is not None and focused.stage in (CallStage.TALKING, CallStage.HELD)
        source = _LISTENING if is_up else _TO_COME
    return QCoreApplication.translate("TranscriptTexts", str(source))
