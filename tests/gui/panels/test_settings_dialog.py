"""The settings dialog: every setting has a field, wrong values are refused where they stand, secrets stay secret."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import SettingsError
from app.settings import SETTINGS, Settings
from app.speech.glance import Glance, ModelState
from tests import sample_state as sample
from ui.settings_dialog import SettingsDialog
from ui.settings_fields import ChoiceField, OrderField, SecretField, TextField
from ui.settings_pages import EmergencyPage
from ui.settings_texts import complaint_about, group_text

MODELS = (
    Glance("vosk-model-small-cn-0.22", "vosk", 43_898_754, ("zh",), "Apache-2.0", ModelState.ABSENT),
    Glance("whisper-base", "whisper", 148_140_241, ("zh", "en"), "MIT", ModelState.INSTALLED),
    Glance("of-the-hall", "sherpa-onnx", 74_000_000, ("zh",), "Apache-2.0", ModelState.INCOMPLETE),
)


class Saved(list[dict[str, object]]):
    def __call__(self, changes: dict[str, object]) -> None:
        self.append(changes)


def opened(qtbot: QtBot, save: Callable[[dict[str, object]], None], values: dict[str, object] | None = None) -> SettingsDialog:
    dialog = SettingsDialog(Settings().with_values(values or {}), save, MODELS)
    qtbot.addWidget(dialog)
    dialog.show_state(sample.IDLE)
    dialog.show()
    return dialog


def text_of(dialog: SettingsDialog, key: str) -> QLineEdit:
    field = dialog.fields[key]
    assert isinstance(field, TextField | SecretField)
    return field.line


def test_every_setting_has_a_field_on_the_page_of_its_group(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Saved())

    placed = {field.setting.key for page in dialog.pages.values() for field in page.fields}

    assert placed == {setting.key for setting in SETTINGS}


def test_every_group_has_a_name_of_its_own() -> None:
    assert all(group_text(setting.group) != setting.group for setting in SETTINGS)


def test_every_field_has_a_name_a_screen_reader_can_say_and_a_label(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Saved())
    labels: list[QLabel] = list(dialog.findChildren(QLabel))
    buddies = {label.buddy() for label in labels if label.buddy()}

    nameless = [key for key, field in dialog.fields.items() if not (field.focusProxy() or field).accessibleName()]
    unlabelled = [
        key
        for key, field in dialog.fields.items()
        if field.focusProxy() not in buddies and not key.startswith("emergency.gateway_")
    ]

    assert (nameless, unlabelled) == ([], [])


def test_only_what_was_changed_is_saved(qtbot: QtBot) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved)
    line = text_of(dialog, "telephony.pbx_address")

    QTest.keyClicks(line, "10.0.0.5:5060")
    dialog.accept()

    assert saved == [{"telephony.pbx_address": "10.0.0.5:5060"}]


@pytest.mark.parametrize(
    ("key", "wrong", "allowed"),
    [
        ("telephony.pbx_address", "10.0.0.5", "host:port"),
        ("telephony.gateway_address", "gateway:99999", "host:port"),
        ("centre.address", "centre", "http://host:port"),
        ("emergency.line_119", "fire", "digits"),
        ("emergency.gateway_120", "", "digits"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_with_what_is_allowed(qtbot: QtBot, key: str, wrong: str, allowed: str) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved)
    group = key.split(".")[0]
    dialog.go_to(group)

    text_of(dialog, key).setText(wrong)
    dialog.accept()

    complaint = dialog.pages[group].complaints[key]
    assert allowed in complaint.text()
    assert not complaint.isHidden()
    assert saved == []
    assert dialog.isVisible()


def test_saving_leads_to_the_first_wrong_field_on_another_page(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Saved())
    text_of(dialog, "centre.address").setText("centre")
    dialog.go_to("general")

    dialog.accept()

    assert dialog.groups[dialog.index.currentRow()] == "centre"
    assert "⚠" in dialog.index.currentItem().text()


def test_a_stored_password_is_neither_shown_nor_lost(qtbot: QtBot) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved, {"telephony.pbx_password": "geheim"})
    line = text_of(dialog, "telephony.pbx_password")

    dialog.accept()

    assert (line.text(), line.echoMode()) == ("", QLineEdit.EchoMode.Password)
    assert "geheim" not in line.placeholderText()
    assert saved == []


@pytest.mark.parametrize("key", ["telephony.pbx_password", "telephony.pbx_user", "agent.name"])
def test_enter_in_a_field_saves_and_forgets_no_password(qtbot: QtBot, key: str) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved, {"telephony.pbx_password": "geheim"})
    dialog.go_to(key.partition(".")[0])
    line = text_of(dialog, key)
    line.setText("new")

    QTest.keyClick(line, Qt.Key.Key_Return)

    assert saved == [{key: "new"}]


def test_forget_empties_a_stored_password(qtbot: QtBot) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved, {"telephony.pbx_password": "geheim"})
    field = dialog.fields["telephony.pbx_password"]
    assert isinstance(field, SecretField)
    dialog.go_to("telephony")

    QTest.mouseClick(field.forget, Qt.MouseButton.LeftButton)
    dialog.accept()

    assert saved == [{"telephony.pbx_password": ""}]


def test_until_the_trunk_map_is_signed_off_the_page_says_that_only_the_trainer_is_called(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Saved())
    page = dialog.pages["emergency"]
    assert isinstance(page, EmergencyPage)
    banner = page.banner

    before = banner.text()
    dialog.fields["emergency.is_signed_off"].put(True)

    assert before.startswith("NOT SIGNED OFF")
    assert banner.text().startswith("SIGNED OFF")


def test_the_sign_off_is_saved_only_after_a_second_press(qtbot: QtBot) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved)
    dialog.fields["emergency.is_signed_off"].put(True)

    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    after_first = list(saved)
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert after_first == []
    assert saved == [{"emergency.is_signed_off": True}]


def test_a_change_between_the_two_presses_asks_again(qtbot: QtBot) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved)
    dialog.fields["emergency.is_signed_off"].put(True)
    dialog.accept()

    dialog.fields["emergency.line_119"].put("0119")
    dialog.accept()

    assert saved == []
    assert dialog.isVisible()


def test_a_chosen_headset_that_is_pulled_out_stays_chosen(qtbot: QtBot) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved, {"audio.microphone": "Jabra Evolve2 40 单声道"})
    dialog.show_state(sample.no_headset())
    field = dialog.fields["audio.microphone"]
    assert isinstance(field, ChoiceField)

    dialog.accept()

    assert field.value() == "Jabra Evolve2 40 单声道"
    assert "not there now" in field.box.currentText()
    assert saved == []


def test_a_headset_that_is_plugged_in_while_the_dialog_is_open_can_be_chosen(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Saved())
    dialog.show_state(sample.no_headset())

    dialog.show_state(sample.IDLE)

    field = dialog.fields["audio.earpiece"]
    assert isinstance(field, ChoiceField)
    assert field.box.findData("显示器音频") > 0


def test_alt_down_moves_a_speech_model_behind_the_next(qtbot: QtBot) -> None:
    saved = Saved()
    dialog = opened(qtbot, saved)
    dialog.go_to("speech")
    field = dialog.fields["speech.models"]
    assert isinstance(field, OrderField)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)
    field.list.setFocus()

    QTest.keyClick(field.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    dialog.accept()

    assert saved == [{"speech.models": ("whisper-base", "vosk-model-small-cn-0.22")}]


def test_each_speech_model_says_what_it_is_and_whether_it_is_there(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Saved())
    field = dialog.fields["speech.models"]
    assert isinstance(field, OrderField)

    shown = [(field.list.item(row).text(), field.list.item(row).checkState()) for row in range(field.list.count())]

    assert shown == [
        ("vosk-model-small-cn-0.22\nnot installed · vosk · 44 MB · zh · Apache-2.0", Qt.CheckState.Checked),
        ("whisper-base\ninstalled · whisper · 148 MB · zh/en · MIT", Qt.CheckState.Checked),
        ("of-the-hall\nnot whole · sherpa-onnx · 74 MB · zh · Apache-2.0", Qt.CheckState.Unchecked),
    ]


def test_no_speech_model_at_all_is_refused(qtbot: QtBot) -> None:
    models = next(setting for setting in SETTINGS if setting.key == "speech.models")

    assert complaint_about(models, ())


def test_what_the_file_refuses_is_said_and_the_dialog_stays_open(qtbot: QtBot) -> None:
    def refuse(_: dict[str, object]) -> None:
        raise SettingsError("jiesu.toml", 3, "general.text_scale = 500", "80–160")

    dialog = opened(qtbot, refuse)
    dialog.fields["general.text_scale"].put(120)

    dialog.accept()

    assert "80–160" in dialog.message.text()
    assert dialog.isVisible()


def test_a_file_that_cannot_be_written_is_said_and_nothing_typed_is_lost(qtbot: QtBot) -> None:
    def fail(_: dict[str, object]) -> None:
        raise PermissionError(13, "Permission denied")

    dialog = opened(qtbot, fail)
    dialog.fields["city.name"].put("青河市")

    dialog.accept()

    assert "Permission denied" in dialog.message.text()
    assert dialog.changes() == {"city.name": "青河市"}


def test_an_order_of_other_things_offers_no_speech_models_and_says_its_entries_in_words(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Saved())
    shown = {}
    for key in ("agent.busy_reasons", "emergency.silent_channels"):
        field = dialog.fields[key]
        assert isinstance(field, OrderField)
        shown[key] = [field.list.item(place).text() for place in range(field.list.count())]

    assert shown["agent.busy_reasons"] == ["会议", "培训", "回访", "查询资料", "设备故障"]
    assert "Message to the team lead" in shown["emergency.silent_channels"]
    assert dialog.fields["emergency.silent_channels"].value() == ("call", "message", "text")
