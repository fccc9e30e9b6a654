"""The names of voices and of their languages, as an agent chooses between them."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from app.desk.speech_events import VoiceDetail
from app.domain.notice import NoticeCode

_LANGUAGES = {
    "zh-CN": QT_TRANSLATE_NOOP("VoiceTexts", "Mandarin"),
    "zh-TW": QT_TRANSLATE_NOOP("VoiceTexts", "Mandarin (Taiwan)"),
    "zh-HK": QT_TRANSLATE_NOOP("VoiceTexts", "Cantonese (Hong Kong)"),
    "yue": QT_TRANSLATE_NOOP("VoiceTexts", "Cantonese"),
    "hak": QT_TRANSLATE_NOOP("VoiceTexts", "Hakka"),
    "nan": QT_TRANSLATE_NOOP("VoiceTexts", "Min Nan"),
}
_GENDERS = {
    "female": QT_TRANSLATE_NOOP("VoiceTexts", "woman"),
    "male": QT_TRANSLATE_NOOP("VoiceTexts", "man"),
}
_ENGINES = {
    "kokoro": QT_TRANSLATE_NOOP("VoiceTexts", "natural"),
    "pyttsx3": QT_TRANSLATE_NOOP("VoiceTexts", "the system's, fast"),
}

VOICE_SENTENCES = {
    NoticeCode.VOICE_WAITED: QT_TRANSLATE_NOOP(
        "notices",
        "Not said, the caller left no pause: “{0}”. Ctrl+Shift+A says it in the next one.",
    ),
    NoticeCode.VOICE_CUT: QT_TRANSLATE_NOOP(
        "notices",
        "Stopped, the caller began to speak: “{0}”. Ctrl+Shift+A says it again.",
    ),
    NoticeCode.VOICE_MODEL_WRONG: QT_TRANSLATE_NOOP(
        "notices",
        "The natural voices are not used: a file of {0} is not as it should be ({1}). The system's voice speaks instead. "
        "Install them again: python -m app.speech models install {0}",
    ),
    NoticeCode.RECOGNITION_UNTOLD: QT_TRANSLATE_NOOP(
        "notices",
        "The caller has not heard the notice to its end, so nothing is written down. Ctrl+Shift+Z plays it again when nobody "
        "else is on the line; once the caller has heard it, writing begins.",
    ),
    NoticeCode.RECOGNITION_NOT_ALLOWED: QT_TRANSLATE_NOOP(
        "notices",
        "Calls are not written down here: the site has switched recognition off (settings, Ctrl+,).",
    ),
}
"""Sentences of the status area that are about the voice and about writing down."""


def _words(source: object) -> str:
    return QCoreApplication.translate("VoiceTexts", str(source))


def language_text(tag: str) -> str:
    """A language in the words of the window, or its own name for itself; the bare tag where nobody knows it."""
    if tag in _LANGUAGES:
        return _words(_LANGUAGES[tag])
    locale = QLocale(tag)
    known = locale.nativeLanguageName() if locale.language() is not QLocale.Language.C else ""
    return f"{known} ({tag})" if known else tag


def voice_text(detail: VoiceDetail) -> str:
    """The maker's name, man or woman, and which kind of voice."""
    said = [_words(_GENDERS[detail.gender])] if detail.gender in _GENDERS else []
    said.append(_words(_ENGINES.get(detail.engine, detail.engine)))
    return f"{detail.name or detail.voice.partition(':')[2]} · {' · '.join(said)}"
