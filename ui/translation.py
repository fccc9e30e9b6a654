"""The language of the windows: our own texts and Qt's, from compiled translation files."""

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"
SOURCE_LANGUAGE = "en"


def install(app: QApplication, language: str, folder: Path = FOLDER) -> tuple[QTranslator, ...]:
    """Makes `language` (such as "zh_CN") that of all windows built from now on.

    A language without a file stays English and is said in the log: the windows work in any case. The translators belong to
    `app`; they are given back so that a test can remove them. The files are read, not mapped into memory as Qt would: one
    that an update writes anew under a running window would take the window down.
    """
    QLocale.setDefault(QLocale(language))
    if language == SOURCE_LANGUAGE:
        return ()
    qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    installed = []
    for file in (qt_folder / f"qtbase_{language}.qm", folder / f"{language}.qm"):
        translator = _Translator(app)
        if file.is_file() and translator.take(file.read_bytes()):
            app.installTranslator(translator)
            installed.append(translator)
        else:
            log.warning("no translation %s in %s: the texts stay English", file.name, file.parent)
    return tuple(installed)


class _Translator(QTranslator):
    """Qt does not copy what it is given: it is kept as long as the translator."""

    _body = b""

    def take(self, body: bytes) -> bool:
        self._body = body
        return self.load(body)


def remove(app: QApplication, translators: tuple[QTranslator, ...]) -> None:
    for translator in translators:
        app.removeTranslator(translator)
