"""What the status area says of a transcript that was exported, or could not be."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

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
