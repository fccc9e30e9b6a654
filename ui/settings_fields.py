"""One field for each type of setting."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.settings import Setting, SettingValue
from app.speech.glance import Glance
from ui.model_texts import model_text
from ui.settings_texts import choice_text, label_text

MANY_DIGITS = 999_999


class SettingField(QWidget):
    """What all fields can: give their value, tell of a change, and take the focus. Built empty; `put` shows a value."""

    changed = Signal()

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)

    def value(self) -> SettingValue:
        raise NotImplementedError

    def put(self, value: SettingValue) -> None:
        raise NotImplementedError

    def hold(self, control: QWidget, stretch: int = 1) -> None:
        """Places the control that the label belongs to."""
        control.setAccessibleName(label_text(self.setting))
        self.row.addWidget(control, stretch)
        self.setFocusProxy(control)


class ClaimField(SettingField):
    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.box = QCheckBox(self.tr("yes"))
        self.box.toggled.connect(self.changed)
        self.hold(self.box)

    def value(self) -> bool:
        return self.box.isChecked()

    def put(self, value: SettingValue) -> None:
        self.box.setChecked(bool(value))


class NumberField(SettingField):
    """A whole or broken number; the box itself takes nothing outside the limits."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.box: QSpinBox | QDoubleSpinBox = QDoubleSpinBox() if isinstance(setting.default, float) else QSpinBox()
        low, high = setting.low or 0, setting.high if setting.high is not None else MANY_DIGITS
        if isinstance(self.box, QDoubleSpinBox):
            self.box.setRange(low, high)
            is_share = high <= 1
            self.box.setDecimals(2 if is_share else 1)  # before the value: it is rounded to them
            self.box.setSingleStep(0.05 if is_share else 0.1)
        else:
            self.box.setRange(int(low), int(high))
            self.box.setSingleStep(5 if high <= 200 else 1)
        self.box.setToolTip(setting.allowed)
        self.box.valueChanged.connect(self.changed)
        self.box.setMinimumWidth(110)
        self.hold(self.box, 0)
        self.row.addStretch(1)

    def value(self) -> SettingValue:
        return self.box.value()

    def put(self, value: SettingValue) -> None:
        assert isinstance(value, int | float)
        self.box.setValue(value)  # type: ignore[arg-type]


class TextField(SettingField):
    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.line = QLineEdit()
        self.line.textChanged.connect(self.changed)
        self.hold(self.line)

    def value(self) -> str:
        return self.line.text().strip()

    def put(self, value: SettingValue) -> None:
        self.line.setText(str(value))


class SecretField(SettingField):
    """Never shows what is stored, not even its length. Left empty it keeps what is stored; Forget empties that."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._stored = ""
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textChanged.connect(self.changed)
        self.forget = QPushButton(self.tr("Forget"))
        self.forget.setAccessibleName(self.tr("Forget: {0}").format(label_text(setting)))
        self.forget.clicked.connect(lambda: self.put(""))
        self.forget.setAutoDefault(False)  # Enter saves; it must never forget a password
        self.hold(self.line)
        self.row.addWidget(self.forget)

    def value(self) -> str:
        return self.line.text() or self._stored

    def put(self, value: SettingValue) -> None:
        self._stored = str(value)
        self.line.clear()
        self.line.setPlaceholderText(self.tr("stored; type to replace it") if value else self.tr("none stored"))
        self.forget.setEnabled(bool(value))
        self.changed.emit()


class ChoiceField(SettingField):
    """One of a fixed set, or of devices and voices that come and go: what is chosen stays chosen when it is gone."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(20)
        self.offer([(choice_text(choice), choice) for choice in setting.choices])
        self.box.currentIndexChanged.connect(self.changed)
        self.hold(self.box)

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """Replaces what can be chosen, as (text, value), without changing what is chosen."""
        if [(self.box.itemText(at), self.box.itemData(at)) for at in range(self.box.count())] == list(entries):
            return
        kept = self.box.currentData()
        self.box.blockSignals(True)
        self.box.clear()
        for text, value in entries:
            self.box.addItem(text, value)
        self.box.blockSignals(False)
        if kept is not None:
            self.put(kept)

    def value(self) -> str:
        return str(self.box.currentData() or "")

    def put(self, value: SettingValue) -> None:
        place = self.box.findData(value)
        if place < 0:
            self.box.addItem(self.tr("{0} (not there now)").format(value), value)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)


class OrderField(SettingField):
    """Names in an order that matters, each ticked or left out. Alt+Up and Alt+Down move the one under the cursor."""

    def __init__(self, setting: Setting, known: Sequence[str] = (), texts: Mapping[str, str] | None = None,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(setting, parent)
        self._known, self._texts = tuple(known), texts or {}
        self.list = QListWidget()
        self.list.setMaximumHeight(130)
        self.list.itemChanged.connect(self.changed)
        self.hold(self.list)
        buttons = QVBoxLayout()
        for text, step, key in ((self.tr("Up"), -1, "Alt+Up"), (self.tr("Down"), 1, "Alt+Down")):
            button = QPushButton(text)
            button.clicked.connect(lambda _=False, step=step: self.move_current(step))
            button.setToolTip(key)
            button.setAutoDefault(False)
            buttons.addWidget(button)
            shortcut = QShortcut(QKeySequence(key), self.list, lambda step=step: self.move_current(step))
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        buttons.addStretch(1)
        self.row.addLayout(buttons)

    def value(self) -> tuple[str, ...]:
        items = [self.list.item(place) for place in range(self.list.count())]
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked)

    def put(self, value: SettingValue) -> None:
        assert isinstance(value, tuple)
        self.list.clear()
        for name in dict.fromkeys((*value, *self._known)):
            item = QListWidgetItem(self._texts.get(name) or choice_text(name), self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in value else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.changed.emit()

    def move_current(self, step: int) -> None:
        place = self.list.currentRow()
        if 0 <= place < self.list.count() and 0 <= place + step < self.list.count():
            item = self.list.takeItem(place)
            self.list.insertItem(place + step, item)
            self.list.setCurrentRow(place + step)
            self.changed.emit()


_LISTED = ("audio.microphone", "audio.earpiece", "audio.ringer")


def field_for(setting: Setting, models: Sequence[Glance] = ()) -> SettingField:
    """The field that fits a setting; `models` are the speech models that can be put in order."""
    match setting.default:
        case bool():
            return ClaimField(setting)
        case int() | float():
            return NumberField(setting)
        case tuple() if setting.key == "audio.gains":
            from ui.gains_field import GainsField  # it is a field itself

            return GainsField(setting)
        case tuple():
            if setting.key == "speech.models":
                texts = {model.name: model_text(model) for model in models}
                return OrderField(setting, tuple(texts), texts)
            return OrderField(setting, setting.default)
        case _ if setting.is_secret:
            return SecretField(setting)
        case _ if setting.key in ("speech.voice", "speech.ear_voice"):
            from ui.voice_field import VoiceField  # it is a field itself

            return VoiceField(setting)
        case _ if setting.choices or setting.key in _LISTED:
            return ChoiceField(setting)
    return TextField(setting)
