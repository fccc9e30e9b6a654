"""Speech models in words: what each is, for the one who chooses, and what is wrong with one."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.notice import NoticeCode
from app.speech.glance import Glance, ModelState

MODEL_SENTENCES = {
    NoticeCode.MODEL_MISSING: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} is not installed: no words are written down. Everything else works. Install "
        "it: python -m app.speech models install {0}",
    ),
    NoticeCode.MODEL_CORRUPT: QT_TRANSLATE_NOOP(
        "notices",
        "The file {1} of the speech model {0} is damaged and was not used. Everything else works. Install it "
        "again: python -m app.speech models install {0}",
    ),
    NoticeCode.MODEL_LOADING: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} is still being loaded ({1} s). Calls and tickets work; what is said meanwhile is written down "
        "afterwards, as far as it is kept.",
    ),
    NoticeCode.MODEL_HANGS: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} cannot be loaded: its engine stops over it. Calls and tickets work. Choose another model in the "
        "settings (Ctrl+,), or ask IT to install it again; it is tried again at the next start of the program.",
    ),
    NoticeCode.MODEL_ENGINE_UNKNOWN: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} wants an engine that this program does not have: {1}. Everything else works. "
        "Choose another model in the settings (Ctrl+,).",
    ),
    NoticeCode.MODEL_LANGUAGE: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} is for another language ({1}, wanted: {2}) and was not used. Everything else works. Choose "
        "another model in the settings (Ctrl+,).",
    ),
    NoticeCode.MODEL_STRANGER: QT_TRANSLATE_NOOP(
        "notices",
        "The file {1} in the folder of the speech model {0} is not the model's: the model was not used. Everything else works. "
        "Remove the file; listening then begins by itself.",
    ),
    NoticeCode.MODEL_UNREADABLE: QT_TRANSLATE_NOOP(
        "notices",
        "The speech model {0} cannot be read ({1}: {2}). Everything else works. Ask IT to put the rights of its folder right; "
        "listening then begins by itself.",
    ),
}

_STATES = {
    ModelState.INSTALLED: QT_TRANSLATE_NOOP("ModelTexts", "installed"),
    ModelState.INCOMPLETE: QT_TRANSLATE_NOOP("ModelTexts", "not whole"),
    ModelState.ABSENT: QT_TRANSLATE_NOOP("ModelTexts", "not installed"),
}


def model_text(model: Glance) -> str:
    """The name, and below it state, engine, size, languages and licence."""
    state = QCoreApplication.translate("ModelTexts", str(_STATES[model.state]))
    size = f"{max(1, round(model.size / 1e6))} MB"
    about = " · ".join((state, model.engine, size, "/".join(model.languages), model.licence))
    return f"{model.name}\n{about}"
