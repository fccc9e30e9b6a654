import pytest
from pytestqt.qtbot import QtBot

from app.settings import SETTINGS
from ui.gains_field import GainsField


@pytest.fixture
def field(qtbot: QtBot) -> GainsField:
    field = GainsField(next(setting for setting in SETTINGS if setting.key == "audio.gains"))
    qtbot.addWidget(field)
    field.show_devices("mic", "ear", {"in": 1.0, "out": 2.0})
    return field


def test_a_device_never_set_shows_the_gain_that_holds_for_all(field: GainsField) -> None:
    assert (field.sliders["in"].value(), field.sliders["out"].value()) == (0, 6)
    assert field.value() == ()


def test_a_moved_slider_is_kept_by_the_name_of_the_device(field: GainsField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.changed):
        field.sliders["in"].setValue(6)

    field.show_devices("other", "ear", {"in": 1.0, "out": 2.0})
    field.sliders["in"].setValue(-20)
    assert field.value() == ("in:mic=2", "in:other=0.1")


def test_what_was_kept_is_shown_for_its_device_only(field: GainsField) -> None:
    field.put(("in:mic=4", "out:elsewhere=0.5", "not written by us"))

    assert (field.sliders["in"].value(), field.sliders["out"].value()) == (12, 6)
    assert field.value() == ("in:mic=4", "out:elsewhere=0.5")


def test_without_a_device_there_is_nothing_to_move(field: GainsField) -> None:
    field.show_devices("", "", {"in": 1.0, "out": 1.0})

    assert not field.sliders["in"].isEnabled()
