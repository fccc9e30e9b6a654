"""The settings, group by group, each with its meaning, checked where it is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.desk.state import DeskState
from app.desk.voice_state import VoiceChoice
from app.errors import SettingsError
from app.settings import SETTINGS, Settings
from app.speech.glance import Glance
from ui.gains_field import GainsField
from ui.settings_fields import ChoiceField, SettingField, field_for
from ui.settings_pages import SettingsPage, page_for
from ui.settings_texts import group_text
from ui.voice_field import VoiceField


class SettingsDialog(QDialog):
    """Gives `save` only what was changed. A SettingsError or OSError out of `save` is shown here and keeps the dialog open.

    Ticking the sign-off of the trunk map wants a second press: from then on the buttons call real emergency services.
    """

    def __init__(
        self,
        settings: Settings,
        save: Callable[[dict[str, object]], None],
        models: Sequence[Glance] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._save = settings, save
        self._is_asked = False
        self.setWindowTitle(self.tr("Settings"))
        self.fields: dict[str, SettingField] = {setting.key: field_for(setting, models) for setting in SETTINGS}
        self.groups = tuple(dict.fromkeys(setting.group for setting in SETTINGS))
        self.pages: dict[str, SettingsPage] = {}
        self.index = QListWidget()
        self.index.setProperty("role", "index")
        self.stack = QStackedWidget()
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setProperty("role", "banner")
        self.message.setProperty("tone", "danger")
        self.message.hide()
        self.save_button = QPushButton(self.tr("&Save"))
        self.save_button.setProperty("role", "primary")
        self._fill_pages()
        self._lay_out()
        self.save_button.setDefault(True)  # now that it stands in the dialog: else Qt takes the first button there is
        self.show_state(DeskState())
        for key, field in self.fields.items():
            field.put(settings.get(key))
            field.changed.connect(self._show_complaints)
            field.changed.connect(self._forget_question)
        self._show_complaints()
        self.resize(900, 640)

    def show_state(self, state: DeskState) -> None:
        """Offers the devices and voices there are now; what is chosen stays."""
        headset = state.headset
        self._offer("audio.microphone", self._devices(headset.devices_in, self.tr("(the system's default)")))
        self._offer("audio.earpiece", self._devices(headset.devices_out, self.tr("(the system's default)")))
        self._offer("audio.ringer", self._devices(headset.devices_out, self.tr("(the earpiece)")))
        gains = self.fields["audio.gains"]
        assert isinstance(gains, GainsField)
        general = {
            way: self._settings.number(f"audio.{name}_gain") for way, name in (("in", "microphone"), ("out", "earpiece"))
        }
        gains.show_devices(headset.microphone, headset.earpiece, general)
        for voice in self._voices():
            voice.show_voices(state.speech.voice_details)

    def try_voice(self, say: Callable[[str, VoiceChoice], None]) -> None:
        """Where a sentence goes that shows how the chosen voice sounds."""
        for voice in self._voices():
            voice.serve(say, self.fields["speech.voice_speed"], self.fields["speech.voice_volume"])

    def _voices(self) -> list[VoiceField]:
        return [field for field in self.fields.values() if isinstance(field, VoiceField)]

    def changes(self) -> dict[str, object]:
        """What differs from the settings the dialog was opened with."""
        return {key: field.value() for key, field in self.fields.items() if field.value() != self._settings.get(key)}

    def go_to(self, group: str) -> None:
        self.index.setCurrentRow(self.groups.index(group))

    def accept(self) -> None:
        wrong = self._first_wrong()
        if wrong is not None:
            self.go_to(wrong.setting.group)
            wrong.setFocus()
            return
        changes = self.changes()
        if changes.get("emergency.is_signed_off") and not self._is_asked:
            self._ask_for_sign_off()
            return
        try:
            if changes:
                self._save(changes)
        except SettingsError as refused:
            self._say(self.tr("Not saved: {0}. Allowed: {1}").format(*refused.values[2:4]))
        except OSError as failed:
            self._say(self.tr("Not saved, the file cannot be written: {0}").format(failed.strerror or type(failed).__name__))
        else:
            super().accept()

    def _offer(self, key: str, entries: list[tuple[str, str]]) -> None:
        field = self.fields[key]
        assert isinstance(field, ChoiceField)
        field.offer(entries)

    def _devices(self, names: Sequence[str], default: str) -> list[tuple[str, str]]:
        return [(default, ""), (self.tr("(no device)"), "none"), *((name, name) for name in names)]

    def _first_wrong(self) -> SettingField | None:
        return next((field for page in self.pages.values() for field in page.wrong_fields()), None)

    def _show_complaints(self) -> None:
        for row, (group, page) in enumerate(self.pages.items()):
            page.show_complaints()
            name = group_text(group)
            self.index.item(row).setText(self.tr("⚠ {0}").format(name) if page.wrong_fields() else name)

    def _ask_for_sign_off(self) -> None:
        self._is_asked = True
        self._say(
            self.tr(
                "From now on the emergency buttons call the numbers of the trunk map and no longer the trainer. "
                "Has the site signed off the trunk map?"
            )
        )
        self.save_button.setText(self.tr("Yes, signed off: &save"))

    def _forget_question(self) -> None:
        self._is_asked = False
        self.message.hide()
        self.save_button.setText(self.tr("&Save"))

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()

    def _fill_pages(self) -> None:
        for group in self.groups:
            page = page_for(group, [field for field in self.fields.values() if field.setting.group == group])
            self.pages[group] = page
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setWidget(page)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.stack.addWidget(scroll)
            self.index.addItem(group_text(group))
            self.index.item(self.index.count() - 1).setSizeHint(QSize(0, self.index.fontMetrics().height() + 14))

    def _lay_out(self) -> None:
        self.index.setAccessibleName(self.tr("Groups of settings"))
        self.index.setFixedWidth(170)
        self.index.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.index.setCurrentRow(0)
        buttons = QDialogButtonBox()
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        body = QHBoxLayout()
        body.addWidget(self.index)
        body.addWidget(self.stack, stretch=1)
        column = QVBoxLayout(self)
        column.addLayout(body, stretch=1)
        column.addWidget(self.message)
        column.addWidget(QLabel(self.tr("↻ takes effect after a restart of the console")))
        column.addWidget(buttons)
