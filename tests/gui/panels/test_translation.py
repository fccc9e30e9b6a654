"""The Chinese of the windows: complete, current, and installed."""

import ast
import re
from pathlib import Path
from typing import TypeGuard

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import translate
from ui import translation
from ui.keys_help import KeysHelp


def test_every_text_of_the_program_has_a_finished_translation_and_the_compiled_file_is_current() -> None:
    assert translate.shortcomings() == []


def test_every_text_can_be_found_by_the_translators() -> None:
    hidden = []
    for path in translate.sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):  # lupdate does not look into f-strings
                hidden += [f"{path.name}: {ast.unparse(call)}" for call in ast.walk(node) if _is_translation(call)]
            if _is_translation(node) and len(node.args) > 1:  # nor takes a text whose context it has to work out
                context, text = node.args[:2]
                if isinstance(text, ast.Constant) and not isinstance(context, ast.Constant):
                    hidden.append(f"{path.name}: {ast.unparse(node)}")

    assert hidden == []


def _is_translation(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("tr", "translate")


def test_every_translation_keeps_the_places_of_its_source() -> None:
    for (context, source), text in translate.texts(translate.FOLDER / "zh_CN.ts").items():
        assert sorted(re.findall(r"\{\d\}", source)) == sorted(re.findall(r"\{\d\}", text)), f"{context}: {source}"


def test_every_translation_keeps_its_access_key() -> None:
    for (context, source), text in translate.texts(translate.FOLDER / "zh_CN.ts").items():
        letters = [re.findall(r"&(\w)", words.casefold()) for words in (source, text)]
        assert letters[0] == letters[1], f"{context}: {source}"


def test_the_windows_speak_chinese_once_it_is_installed(qtbot: QtBot, qapp: QApplication) -> None:
    before = QLocale()
    translators = translation.install(qapp, "zh_CN")
    try:
        sheet = KeysHelp()
        qtbot.addWidget(sheet)
        assert sheet.windowTitle() == "快捷键"
        assert QCoreApplication.translate("labels", "Wrap-up") == "话后处理"
        assert len(translators) == 2
    finally:
        translation.remove(qapp, translators)
        QLocale.setDefault(before)


@pytest.mark.expects_log(r"no translation eo\.qm", r"no translation qtbase_eo\.qm")
def test_a_language_without_a_file_is_said_in_the_log_and_stays_english(qapp: QApplication) -> None:
    before = QLocale()

    translators = translation.install(qapp, "eo")

    QLocale.setDefault(before)
    assert translators == ()
    assert QCoreApplication.translate("labels", "Wrap-up") == "Wrap-up"


def test_a_translation_file_that_an_update_writes_anew_changes_nothing_in_a_running_window(
    qapp: QApplication, tmp_path: Path
) -> None:
    file = tmp_path / "zh_CN.qm"
    file.write_bytes((translate.FOLDER / "zh_CN.qm").read_bytes())
    installed = translation.install(qapp, "zh_CN", tmp_path)
    try:
        file.write_bytes(b"")
        said = QCoreApplication.translate("labels", "Police")
    finally:
        translation.remove(qapp, installed)
        QLocale.setDefault(QLocale.c())

    assert said == "公安"
