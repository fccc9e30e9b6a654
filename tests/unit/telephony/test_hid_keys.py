"""Headsets found, pressed, lit and lost, on a hidraw of ours."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.desk.commands import AnswerCall, HangUp, MuteMicrophone, TelephonyCommand
from app.desk.events import (
    CallAnswered,
    CallEnded,
    CallFocused,
    CallHeld,
    CallRang,
    DeskEvent,
    HeadsetKeysFound,
    HeadsetPressed,
    LegChanged,
    MicrophoneMuted,
    Noticed,
)
from app.domain.call import CallId, LegPurpose, LegStage
from app.domain.notice import NoticeCode
from app.telephony import hid_keys
from app.telephony.hid_keys import HeadsetKeys
from tests.hid.descriptors import ABSOLUTE, RELATIVE
from tests.hid.fake import FakeDevice, FakeHid

CALL, OTHER = CallId("1" * 32), CallId("2" * 32)


class Desk:
    """What the keys told and did; `is_there`: a window is attached."""

    def __init__(self, hid: FakeHid) -> None:
        self.told: list[Any] = []
        self.done: list[TelephonyCommand] = []
        self.is_there = False
        self._changed = threading.Condition()
        self.keys = HeadsetKeys(self._tell, lambda: self.is_there, self._act, hid)

    def _tell(self, event: DeskEvent) -> None:
        with self._changed:
            self.told.append(event)
            self._changed.notify_all()

    def _act(self, command: TelephonyCommand) -> None:
        with self._changed:
            self.done.append(command)
            self._changed.notify_all()

    def wait(self, fits: Callable[[], Any], patience_s: float = 5.0) -> Any:
        end = time.monotonic() + patience_s
        with self._changed:
            while not (found := fits()):
                assert self._changed.wait(max(0.0, end - time.monotonic())), (self.told, self.done)
        return found

    def pressed(self, count: int) -> list[HeadsetPressed]:
        self.wait(lambda: len([event for event in self.told if isinstance(event, HeadsetPressed)]) >= count)
        return [event for event in self.told if isinstance(event, HeadsetPressed)]

    def found(self, name: str) -> None:
        self.wait(lambda: HeadsetKeysFound(name) in self.told)


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Desk]]:
    monkeypatch.setattr(hid_keys, "_signs", lambda: None)  # no /sys: every look asks the module
    monkeypatch.setattr(hid_keys, "_LOOK_S", 0.05)
    desks: list[Desk] = []

    def one(*devices: FakeDevice) -> Desk:
        desk = Desk(FakeHid(*devices))
        desks.append(desk)
        return desk

    yield one
    for desk in desks:
        desk.keys.close()


def lamps(device: FakeDevice, wanted: bytes) -> bytes:
    """The last thing written to the headset, once it is `wanted`."""
    with device.changed:
        device.changed.wait_for(lambda: bool(device.written) and device.written[-1] == wanted, 3)
        return device.written[-1]


def rings(desk: Desk, call: CallId = CALL) -> None:
    desk.keys.hear(CallRang(call, "13800000001", "", {}, 1.0))


def talks(desk: Desk, call: CallId = CALL) -> None:
    rings(desk, call)
    desk.keys.hear(CallFocused(call))
    desk.keys.hear(CallAnswered(call, 2.0))


def test_the_lamps_go_with_the_call_without_a_window(build: Callable[..., Desk]) -> None:
    device = FakeDevice(ABSOLUTE)
    desk = build(device)
    desk.found(device.name)
    shown = []

    for event, wanted in (
        (CallRang(CALL, "", "", {}, 1.0), 0b0100),
        (CallAnswered(CALL, 2.0), 0b0001),
        (MicrophoneMuted(True), 0b0011),
        (CallHeld(CALL, True), 0b1011),
        (CallHeld(CALL, False), 0b0011),
        (MicrophoneMuted(False), 0b0001),
        (CallEnded(CALL, 200, "", "caller", 3.0), 0b0000),
    ):
        desk.keys.hear(event)
        shown.append((lamps(device, bytes((2, wanted)))[1], wanted))

    assert all(seen == wanted for seen, wanted in shown), shown


def test_with_a_window_a_press_is_told_and_nothing_done(build: Callable[..., Desk]) -> None:
    device = FakeDevice(RELATIVE)
    desk = build(device)
    desk.is_there = True
    desk.found(device.name)
    rings(desk)
    lamps(device, bytes((4, 0b0001)))

    device.send(RELATIVE.hook, RELATIVE.idle, RELATIVE.mute, RELATIVE.idle)

    assert [(press.key, press.is_done) for press in desk.pressed(2)] == [("hook", False), ("mute", False)]
    assert desk.done == []


def test_without_a_window_the_hook_answers_then_hangs_up_and_mute_toggles(build: Callable[..., Desk]) -> None:
    device = FakeDevice(ABSOLUTE)
    desk = build(device)
    desk.found(device.name)
    rings(desk)
    lamps(device, bytes((2, 0b0100)))

    device.send(ABSOLUTE.hook)
    desk.pressed(1)
    desk.keys.hear(CallFocused(CALL))
    desk.keys.hear(CallAnswered(CALL, 2.0))
    lamps(device, bytes((2, 0b0001)))
    device.send(bytes((2, 0b101)), ABSOLUTE.hook)
    desk.pressed(2)
    desk.keys.hear(MicrophoneMuted(True))
    device.send(ABSOLUTE.idle)

    assert all(press.is_done for press in desk.pressed(3))
    assert desk.done == [AnswerCall(CALL), MuteMicrophone(True), HangUp(CALL)]


def test_a_second_call_that_rings_is_answered_and_the_first_is_not_cut_off(build: Callable[..., Desk]) -> None:
    device = FakeDevice(RELATIVE)
    desk = build(device)
    desk.found(device.name)
    talks(desk)
    rings(desk, OTHER)
    lamps(device, bytes((4, 0b0011)))
    time.sleep(0.3)  # the lamp's own echo time is over

    device.send(RELATIVE.hook)

    desk.pressed(1)
    assert desk.done == [AnswerCall(OTHER)]


def test_hanging_up_on_an_emergency_line_wants_a_second_press(build: Callable[..., Desk]) -> None:
    device = FakeDevice(RELATIVE)
    desk = build(device)
    desk.found(device.name)
    talks(desk)
    leg = LegChanged(CALL, OTHER, LegPurpose.EMERGENCY, "119", "119", "pbx", LegStage.TALKING, "", 3.0)
    desk.keys.hear(leg)
    lamps(device, bytes((4, 0b0010)))
    time.sleep(0.3)

    device.send(RELATIVE.hook)
    desk.pressed(1)
    once = list(desk.done)
    device.send(RELATIVE.idle, RELATIVE.hook)
    desk.pressed(2)

    assert (once, desk.done) == ([], [HangUp(CALL)])


def test_an_absolute_hook_lifted_with_nothing_to_answer_is_put_back_in_step(build: Callable[..., Desk]) -> None:
    device = FakeDevice(ABSOLUTE)
    desk = build(device)
    desk.found(device.name)
    lamps(device, bytes((2, 0)))
    before = len(device.written)

    device.send(ABSOLUTE.hook)

    desk.pressed(1)
    with device.changed:
        assert device.changed.wait_for(lambda: len(device.written) > before, 3)
    assert device.written[-1] == bytes((2, 0))
    assert desk.done == []


def test_a_headset_that_is_pulled_and_plugged_again_is_lit_again(build: Callable[..., Desk]) -> None:
    device = FakeDevice(ABSOLUTE)
    hid = FakeHid(device)
    desk = Desk(hid)
    desk.found(device.name)
    talks(desk)
    lamps(device, bytes((2, 0b0001)))

    device.unplug()
    desk.found("")
    fresh = FakeDevice(ABSOLUTE, "H-TEL 4")
    hid.plugged.append(fresh)
    desk.found("H-TEL 4")

    assert lamps(fresh, bytes((2, 0b0001))) == bytes((2, 0b0001))
    desk.keys.close()
    assert fresh.written[-1] == bytes((2, 0))


@pytest.mark.expects_log("the keys of H-TEL 3 cannot be opened")
@pytest.mark.skipif(sys.platform != "linux", reason="only there is a rule to install")
def test_a_headset_that_may_not_be_opened_is_said_with_the_rule_to_install(build: Callable[..., Desk]) -> None:
    desk = build(FakeDevice(ABSOLUTE, may_open=False))

    said = desk.wait(lambda: [event.notice for event in desk.told if isinstance(event, Noticed)])

    assert said[0].code is NoticeCode.HEADSET_KEYS_DENIED
    assert said[0].values == ("H-TEL 3", hid_keys.UDEV_RULE)


@pytest.mark.expects_log("no headset keys")
def test_without_the_library_there_are_no_keys_and_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("app.telephony.hid_keys.importlib.import_module", lacking)
    told: list[DeskEvent] = []

    keys = HeadsetKeys(told.append, lambda: True, lambda _: None)

    keys.hear(CallRang(CALL, "", "", {}, 1.0))
    keys.tell_again()
    keys.close()
    assert told == []
