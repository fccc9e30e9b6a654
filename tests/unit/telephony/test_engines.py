import pytest

from app.desk.commands import AudioChoice
from app.telephony.audio import read_gains
from app.telephony.engines import order


@pytest.mark.parametrize(
    ("wanted", "platform", "tried"),
    [
        ("auto", "linux", ("pulse", "sounddevice", "qt")),
        ("auto", "win32", ("qt", "sounddevice")),
        ("auto", "darwin", ("sounddevice", "qt")),
        ("qt", "linux", ("qt", "pulse", "sounddevice")),
        ("pulse", "linux", ("pulse", "sounddevice", "qt")),
        ("sounddevice", "linux", ("sounddevice", "pulse", "qt")),
        ("pulse", "win32", ("qt", "sounddevice")),
        ("pulse", "darwin", ("sounddevice", "qt")),
        ("sounddevice", "win32", ("sounddevice", "qt")),
        ("what a newer version wrote", "linux", ("pulse", "sounddevice", "qt")),
    ],
)
def test_what_is_wanted_is_tried_first_and_the_others_step_in(wanted: str, platform: str, tried: tuple[str, ...]) -> None:
    assert order(wanted, platform) == tried


def test_gains_are_read_by_device_and_kept_within_what_an_ear_can_bear() -> None:
    entries = ("in:A=B=1.5", "out:ear=80", "in:low=0", "nonsense", "in:x=loud")

    assert read_gains(entries) == {"in:A=B": 1.5, "out:ear": 8.0, "in:low": 0.1}


def test_two_choices_that_differ_in_gain_only_are_different() -> None:
    assert AudioChoice("mic", gains=("in:mic=2",)) != AudioChoice("mic")
