"""Why a sentence cannot be played, and why nothing is recorded, in words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_REASONS = {
    "no words": QT_TRANSLATE_NOOP("RecordingTexts", "no words of the call stand behind this field"),
    "other words": QT_TRANSLATE_NOOP("RecordingTexts", "the words of this field were not said in the call on the screen"),
    "paused": QT_TRANSLATE_NOOP("RecordingTexts", "there is no sound here: the recording was paused, or nothing was recorded"),
    "none": QT_TRANSLATE_NOOP("RecordingTexts", "it was not recorded"),
    "destroyed": QT_TRANSLATE_NOOP("RecordingTexts", "the recording was destroyed, its days are over"),
    "key": QT_TRANSLATE_NOOP("RecordingTexts", "the recording was sealed by another console"),
    "changed": QT_TRANSLATE_NOOP("RecordingTexts", "the recording was changed or damaged"),
    "not a recording": QT_TRANSLATE_NOOP("RecordingTexts", "the recording was changed or damaged"),
}


def reason_text(reason: str) -> str:
    """The reason in the user's words; what the system said stays as it is."""
    return QCoreApplication.translate("RecordingTexts", str(_REASONS[reason])) if reason in _REASONS else reason
