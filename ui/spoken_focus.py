"""What a voice says of the control that has the keyboard: its name, what stands in it, where that came from."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

LONGEST = 160
"""Characters of a field that are read out; the rest is read by the keys of the cursor."""


def words_of(widget: QWidget) -> str:
    """Name, value and description, parted by full stops."""
    name = widget.accessibleName() or _name_above(widget)
    said = [name.replace("&", ""), _value(widget), widget.accessibleDescription()]
    return "。".join(part for part in said if part)


def text_at(widget: QWidget | None) -> str:
    """What is selected in a text field, or all of it; "" for any other control."""
    match widget:
        case QLineEdit() if widget.echoMode() is QLineEdit.EchoMode.Normal:
            return widget.selectedText() or widget.text()
        case QPlainTextEdit() | QTextEdit():
            return widget.textCursor().selectedText() or widget.toPlainText()
        case _:
            return ""


def _value(widget: QWidget) -> str:
    match widget:
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            if isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal:
                return QCoreApplication.translate("SpokenFocus", "hidden")
            text = text_at(widget)
            return text[:LONGEST] if text.strip() else QCoreApplication.translate("SpokenFocus", "empty")
        case QAbstractSpinBox():
            return widget.text()
        case QComboBox():
            return widget.currentText()
        case QCheckBox():
            return _checked(widget)
        case QAbstractButton():
            text = widget.text().replace("&", "") if widget.accessibleName() and not widget.isCheckable() else ""
            return _checked(widget) if widget.isCheckable() else text if text != widget.accessibleName() else ""
        case QAbstractItemView():
            index = widget.currentIndex()
            return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")[:LONGEST]
        case _:
            return ""


def _checked(widget: QAbstractButton) -> str:
    if widget.isChecked():
        return QCoreApplication.translate("SpokenFocus", "chosen")
    return QCoreApplication.translate("SpokenFocus", "not chosen")


def _name_above(widget: QWidget) -> str:
    """A control within another has its name: the editor of a box, the surface of a list."""
    if isinstance(widget, QAbstractButton):
        return widget.text()
    above = widget.parentWidget()
    return above.accessibleName() if above is not None else ""
