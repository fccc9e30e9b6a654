"""Runs inside the virtual machine: a headset through /dev/uhid, and our keys and lamps on it through the real hidraw.

Prints one line per proof and "ALL WELL" at the end; an assertion that fails ends it with a traceback.
"""

import importlib
import os
import struct
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from app.desk.commands import AnswerCall, HangUp, MuteMicrophone, TelephonyCommand
from app.desk.events import CallAnswered, CallEnded, CallFocused, CallRang, DeskEvent, HeadsetKeysFound, MicrophoneMuted
from app.domain.call import CallId
from app.telephony.hid_keys import HeadsetKeys
from tests.hid.descriptors import ABSOLUTE, RELATIVE, Described

CALL = CallId("1" * 32)
_CREATE2, _DESTROY, _INPUT2 = 11, 1, 12
_OUTPUT, _GET_REPORT, _GET_REPLY, _SET_REPORT, _SET_REPLY = 6, 9, 10, 13, 14
_SIZE = 4096


class UhidHeadset:
    """A headset that the kernel takes for a USB one. `lamps` holds the reports written to it, with the time."""

    def __init__(self, described: Described, name: str, product: int) -> None:
        self._uhid = os.open("/dev/uhid", os.O_RDWR)
        self.lamps: list[tuple[float, bytes]] = []
        head = struct.pack("<I128s64s64sHHIIII", _CREATE2, name.encode(), b"usb-test", b"1", len(described.raw), 3, 0x291A,
                           product, 1, 0)  # fmt: skip
        os.write(self._uhid, head + described.raw + bytes(_SIZE - len(described.raw)))
        threading.Thread(target=self._serve, daemon=True).start()

    def send(self, report: bytes) -> None:
        os.write(self._uhid, struct.pack("<IH", _INPUT2, len(report)) + report + bytes(_SIZE - len(report)))

    def unplug(self) -> None:
        os.write(self._uhid, struct.pack("<I", _DESTROY) + bytes(_SIZE))

    def _serve(self) -> None:
        while True:
            event = os.read(self._uhid, _SIZE + 300)
            kind = struct.unpack("<I", event[:4])[0]
            if kind == _OUTPUT:
                size = struct.unpack("<H", event[4 + _SIZE : 6 + _SIZE])[0]
                self.lamps.append((time.perf_counter(), bytes(event[4 : 4 + size])))
            elif kind in (_GET_REPORT, _SET_REPORT):
                reply = _GET_REPLY if kind == _GET_REPORT else _SET_REPLY
                number = struct.unpack("<I", event[4:8])[0]
                os.write(self._uhid, struct.pack("<IIHH", reply, number, 0, 0) + bytes(_SIZE))


def until(fits: Callable[[], Any], what: str, patience_s: float = 20.0) -> float:
    """Seconds until it is so."""
    began = time.perf_counter()
    while not fits():
        assert time.perf_counter() - began < patience_s, what
        time.sleep(0.002)
    return time.perf_counter() - began


def prove(described: Described, name: str, product: int, lit: dict[str, int]) -> None:
    """The whole round on one kind of headset: plugged, rung, answered, muted, hung up, pulled."""
    told: list[DeskEvent] = []
    done: list[TelephonyCommand] = []
    keys = HeadsetKeys(told.append, lambda: False, done.append)
    headset = UhidHeadset(described, name, product)
    seen = until(lambda: any(isinstance(event, HeadsetKeysFound) and event.device for event in told), "not found")
    print(f"{name}: found {seen * 1000:.0f} ms after the plug")

    def shows(what: str) -> bool:
        report = bytes((described.lamp_report, lit[what]))
        return bool(headset.lamps) and headset.lamps[-1][1] == report

    keys.hear(CallRang(CALL, "", "", {}, 1.0))
    print(f"{name}: ring lamp after {until(lambda: shows('ring'), 'no ring lamp') * 1000:.1f} ms")
    headset.send(described.hook)
    print(f"{name}: answered {until(lambda: done == [AnswerCall(CALL)], str(done)) * 1000:.1f} ms after the press")
    keys.hear(CallFocused(CALL))
    keys.hear(CallAnswered(CALL, 2.0))
    until(lambda: shows("up"), "no off-hook lamp")
    base = described.hook if described is ABSOLUTE else described.idle
    headset.send(bytes(a | b for a, b in zip(base, described.mute, strict=True)))
    headset.send(base)
    until(lambda: done[1:] == [MuteMicrophone(True)], str(done))
    keys.hear(MicrophoneMuted(True))
    until(lambda: shows("muted"), "no mute lamp")
    time.sleep(0.4)
    headset.send(described.idle if described is ABSOLUTE else described.hook)
    until(lambda: done[2:] == [HangUp(CALL)], str(done))
    keys.hear(CallEnded(CALL, 200, "", "agent", 3.0))
    until(lambda: shows("over"), "lamps stay lit")
    headset.unplug()
    print(f"{name}: lost {until(lambda: told[-1] == HeadsetKeysFound(''), 'not seen to go') * 1000:.0f} ms after the pull")
    keys.close()


def main() -> int:
    hid = importlib.import_module("hidraw")
    print("before:", len(hid.enumerate()), "devices; hidapi", hid.version_str())
    prove(ABSOLUTE, "absolute", 0x3301, {"ring": 0b0100, "up": 0b0001, "muted": 0b0011, "over": 0b0010})
    prove(RELATIVE, "relative", 0x3302, {"ring": 0b0001, "up": 0b0010, "muted": 0b0110, "over": 0b0100})
    print("ALL WELL")
    return 0


if __name__ == "__main__":
    sys.exit(main())
