"""The gain of the headset that is worn now, as two sliders; every device keeps its own by its name."""

import math
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from app.settings import Setting, SettingValue
from ui.elided_label import ElidedLabel
from ui.settings_fields import SettingField

_LOW_DB, _HIGH_DB = -20, 18  # 0.1 and 8 times


class GainsField(SettingField):
    """Value: ("in:name=1.2", "out:name=0.8", …), one for each device whose slider was ever moved."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._gains: dict[str, float] = {}
        self._general = {"in": 1.0, "out": 1.0}
        self._devices = {"in": "", "out": ""}
        self._is_showing = False
        self.names = {"in": ElidedLabel(8), "out": ElidedLabel(8)}
        self.values = {"in": QLabel(), "out": QLabel()}
        self.sliders = {way: self._slider(way) for way in ("in", "out")}
        grid = QGridLayout()
        for row, way in enumerate(("in", "out")):
            grid.addWidget(self.names[way], row, 0)
            grid.addWidget(self.sliders[way], row, 1)
            grid.addWidget(self.values[way], row, 2)
            self.values[way].setMinimumWidth(64)
            self.values[way].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.row.addLayout(grid, 1)
        self.setFocusProxy(self.sliders["in"])
        self._show()

    def show_devices(self, microphone: str, earpiece: str, general: Mapping[str, float]) -> None:
        """Whose gain is to be set: the devices in use; `general` ("in", "out") holds for those never set."""
        self._devices, self._general = {"in": microphone, "out": earpiece}, dict(general)
        self._show()

    def value(self) -> tuple[str, ...]:
        return tuple(f"{device}={gain:.3g}" for device, gain in self._gains.items())

    def put(self, value: SettingValue) -> None:
        assert isinstance(value, tuple)
        self._gains = {}
        for entry in value:
            device, _, gain = entry.rpartition("=")
            try:
                self._gains[device] = float(gain)
            except ValueError:
                continue  # not written by us; it would do nothing
        self._show()

    def _slider(self, way: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(_LOW_DB, _HIGH_DB)
        slider.setPageStep(3)
        slider.setAccessibleName(self.tr("Microphone gain") if way == "in" else self.tr("Earpiece gain"))
        slider.valueChanged.connect(lambda decibels: self._moved(way, decibels))
        return slider

    def _moved(self, way: str, decibels: int) -> None:
        if not self._is_showing and self._devices[way]:
            self._gains[f"{way}:{self._devices[way]}"] = round(10 ** (decibels / 20), 3)
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        self._is_showing = True
        for way, slider in self.sliders.items():
            device = self._devices[way]
            gain = self._gains.get(f"{way}:{device}", self._general[way])
            decibels = round(20 * math.log10(max(gain, 0.01)))
            slider.setEnabled(bool(device))
            slider.setValue(decibels)
            name = self.tr("Microphone: {0}") if way == "in" else self.tr("Earpiece: {0}")
            self.names[way].show_text(name.format(device or self.tr("(no device)")))
            said = self.tr("{0} dB").format(f"{decibels:+d}" if decibels else "0")
            self.values[way].setText(said)
            slider.setAccessibleDescription(said)
        self._is_showing = False
