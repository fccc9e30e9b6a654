"""What the status area says of a list of words that could not be read."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.notice import NoticeCode

SITE_WORDS_SENTENCES = {
    NoticeCode.SITE_WORDS_WRONG: QT_TRANSLATE_NOOP(
        "notices",
        "The list of the site's words was not taken ({0}, line {1}): {2}. The words known before stay; it is read again as "
        "soon as the file changes.",
    ),
}

_REASONS = {
    "missing": QT_TRANSLATE_NOOP("SiteWords", "there is no such file"),
    "denied": QT_TRANSLATE_NOOP("SiteWords", "the file cannot be opened"),
    "encoding": QT_TRANSLATE_NOOP("SiteWords", "the file must be saved as UTF-8"),
    "length": QT_TRANSLATE_NOOP("SiteWords", "a word has more than 40 characters; one word a line is wanted"),
    "many": QT_TRANSLATE_NOOP("SiteWords", "there are more than 20,000 words"),
    "kind": QT_TRANSLATE_NOOP("SiteWords", "this is no text file"),
    "settings": QT_TRANSLATE_NOOP("SiteWords", "the dispatch catalogue or the knowledge points cannot be read"),
}


def site_words_text(reason: str) -> str:
    """The reason in the user's words; the file and the line stay as they are."""
    return QCoreApplication.translate("SiteWords", str(_REASONS[reason])) if reason in _REASONS else reason
