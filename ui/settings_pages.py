"""The pages of the settings dialog: a form of labelled fields, and the map of the emergency lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.settings_fields import SettingField
from ui.settings_texts import complaint_about, label_text, meaning_text
from ui.theme import restyle

_LINES = ("110", "119", "120", "122")


class SettingsPage(QWidget):
    """Fields one below the other; under each its meaning, or what is wrong with it and what is allowed."""

    def __init__(self, fields: Sequence[SettingField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self.complaints = {field.setting.key: QLabel() for field in fields}
        self.column = QVBoxLayout(self)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.form.setVerticalSpacing(12)
        self.form.setHorizontalSpacing(14)
        self.column.setContentsMargins(16, 8, 16, 8)
        self.column.addLayout(self.form)
        self.fill()
        self.column.addStretch(1)

    def fill(self) -> None:
        for field in self.fields:
            self.add_row(field)

    def add_row(self, field: SettingField) -> None:
        setting = field.setting
        text = label_text(setting)
        label = QLabel(self.tr("{0} ↻").format(text) if setting.needs_restart else text)
        label.setBuddy(field.focusProxy() or field)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, 5, 0, 0)  # level with the text in the field
        block = QVBoxLayout()
        block.setSpacing(2)
        block.addWidget(field)
        if setting.meaning:
            meaning = QLabel(meaning_text(setting))
            meaning.setWordWrap(True)
            meaning.setProperty("role", "muted")
            block.addWidget(meaning)
        block.addWidget(self._complaint_of(field))
        self.form.addRow(label, block)

    def wrong_fields(self) -> tuple[SettingField, ...]:
        return tuple(field for field in self.fields if complaint_about(field.setting, field.value()))

    def show_complaints(self) -> None:
        for field in self.fields:
            label = self.complaints[field.setting.key]
            complaint = complaint_about(field.setting, field.value())
            label.setText(self.tr("⚠ {0}").format(complaint) if complaint else "")
            label.setVisible(bool(complaint))
            control = field.focusProxy() or field
            control.setAccessibleDescription(complaint or meaning_text(field.setting))

    def _complaint_of(self, field: SettingField) -> QLabel:
        label = self.complaints[field.setting.key]
        label.setWordWrap(True)
        label.setProperty("tone", "danger")
        return label


class EmergencyPage(SettingsPage):
    """The trunk map as a table: one line a row, once through the exchange and once through the second gateway."""

    def fill(self) -> None:
        self._of_key = {field.setting.key: field for field in self.fields}
        self.banner = QLabel()
        self.banner.setWordWrap(True)
        self.banner.setProperty("role", "banner")
        self.column.insertWidget(0, self.banner)
        self.add_row(self._of_key["emergency.is_signed_off"])
        self._add_map()
        mapped = {f"emergency.{way}_{line}" for way in ("line", "gateway") for line in _LINES}
        for key, field in self._of_key.items():
            if key not in mapped and key != "emergency.is_signed_off":
                self.add_row(field)

    def show_complaints(self) -> None:
        super().show_complaints()
        is_signed_off = bool(self._of_key["emergency.is_signed_off"].value())
        self.banner.setText(
            self.tr("SIGNED OFF: the emergency buttons call the numbers below.")
            if is_signed_off
            else self.tr(
                "NOT SIGNED OFF: every emergency button calls the trainer on this machine. No call reaches 110, 119, 120 or "
                "122, whatever stands below."
            )
        )
        restyle(self.banner, "tone", "" if is_signed_off else "warning")

    def _add_map(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.addWidget(QLabel(self.tr("Line")), 0, 0)
        grid.addWidget(QLabel(self.tr("Through the exchange")), 0, 1)
        grid.addWidget(QLabel(self.tr("Through the second gateway")), 0, 2)
        for place, line in enumerate(_LINES):
            row = 1 + 2 * place
            exchange, gateway = self._of_key[f"emergency.line_{line}"], self._of_key[f"emergency.gateway_{line}"]
            label = QLabel(label_text(exchange.setting))
            label.setBuddy(exchange.focusProxy() or exchange)
            grid.addWidget(label, row, 0)
            for column, field in ((1, exchange), (2, gateway)):
                grid.addWidget(field, row, column)
                grid.addWidget(self._complaint_of(field), row + 1, column)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.form.addRow(grid)


def page_for(group: str, fields: Sequence[SettingField]) -> SettingsPage:
    return EmergencyPage(fields) if group == "emergency" else SettingsPage(fields)
