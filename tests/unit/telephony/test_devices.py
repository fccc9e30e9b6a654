"""Which sound device is tried first."""

from app.telephony.devices import NONE, Device, Devices, is_named, read_devices

HEADSET = Device(3, "USB Headset: Audio (hw:1,0)", 1, 2, 48_000)
BOARD = Device(0, "Onboard", 2, 2, 44_100)
SPEAKER = Device(5, "Speaker", 0, 2, 48_000)
ALL = Devices((BOARD, HEADSET, SPEAKER), default_in=0, default_out=5)


def test_the_wanted_device_comes_first_then_the_default() -> None:
    assert ALL.ways_out("USB Headset: Audio (hw:1,0)") == [HEADSET, SPEAKER, BOARD]


def test_a_name_cut_short_by_the_system_is_known() -> None:
    assert ALL.ways_in("USB Headset: Audio")[0] is HEADSET
    assert is_named("USB Headset: A", "USB Headset: Audio")
    assert not is_named("", "USB")


def test_no_wish_means_the_default() -> None:
    assert ALL.ways_in("")[0] is BOARD
    assert ALL.ways_out("gone")[0] is SPEAKER


def test_none_means_none() -> None:
    assert ALL.ways_in(NONE) == []


def test_a_device_that_died_is_left_aside() -> None:
    assert HEADSET not in ALL.ways_in(HEADSET.name, {HEADSET.name})


def test_a_machine_without_any_sound_interface_has_no_devices() -> None:
    class Bare:
        @staticmethod
        def query_hostapis() -> tuple[()]:
            return ()

    assert read_devices(Bare()).devices == ()
