"""The keys and lamps of USB headsets through hidraw: found, kept in step with the calls, and lost without a stir.

Three kinds of thread: "hid" looks for headsets and writes lamps, one reader per headset waits for keys, and whoever emits
telephony's events passes them to `hear`, which returns at once. Without the hidapi package there are no keys, all else works.
"""

import importlib
import logging
import queue
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.desk.commands import AnswerCall, HangUp, MuteMicrophone, TelephonyCommand
from app.desk.events import DeskEvent, HeadsetKeysFound, HeadsetPressed, NoticeCleared, Noticed
from app.domain.notice import Notice, NoticeCode
from app.telephony.hid_descriptor import TELEPHONY, Usage, parse
from app.telephony.hid_lamps import CallsSeen
from app.telephony.hid_press import KeyReader

log = logging.getLogger(__name__)

UDEV_RULE = "resources/udev/70-jiesu-headset.rules"
_LOOK_S = 0.5 if sys.platform == "linux" else 0.9  # elsewhere every look asks the system for all devices
_READ_MS = 500
_MOST = 64
_ASKED_TWICE_S = 5.0


class HeadsetKeys:
    def __init__(
        self,
        tell: Callable[[DeskEvent], None],
        is_attended: Callable[[], bool],
        act: Callable[[TelephonyCommand], None],
        hid: Any = None,
    ) -> None:
        """`is_attended`: a window is there, so keys are the desk's; else `act` is told at once. `hid`: the hidraw module."""
        self._tell, self._is_attended, self._act, self._hid = tell, is_attended, act, hid
        self._lock = threading.Lock()
        self._calls = CallsSeen()
        self._lit: frozenset[Usage] = frozenset()
        self._headsets: dict[bytes, _OpenHeadset] = {}
        self._denied: frozenset[str] = frozenset()
        self._refused: frozenset[str] = frozenset()
        self._hang_up_asked_at = -_ASKED_TWICE_S
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._known: object = None
        self._told = ""
        self._thread = threading.Thread(target=self._run, name="hid", daemon=True)
        self._thread.start()

    # --- any thread, returns at once ---

    def hear(self, event: DeskEvent) -> None:
        """Every event of telephony: the lamps follow."""
        with self._lock:
            self._calls.hear(event)
            lit = self._calls.lit
            if lit == self._lit:
                return
            self._lit = lit
        self._asked.put(self._write)

    def tell_again(self) -> None:
        self._asked.put(self._tell_all)

    def close(self) -> None:
        self._asked.put(None)
        self._thread.join(3)

    # --- the thread "hid" ---

    def _run(self) -> None:
        if self._hid is None:
            try:
                self._hid = importlib.import_module("hidraw")
            except Exception as lacking:  # not installed, or its library is broken
                log.warning("no headset keys: %s", lacking)
                return
        work: Callable[[], None] | None = self._look
        while work is not None:
            try:
                work()
            except Exception:
                log.exception("a step with the headset's keys failed")
            try:
                work = self._asked.get(timeout=_LOOK_S)
            except queue.Empty:
                work = self._look
        with self._lock:
            self._lit = frozenset()
        self._write()
        for headset in list(self._headsets.values()):
            headset.close()

    def _look(self) -> None:
        """Headsets that came are opened, those that are gone are forgotten."""
        for path in [path for path, headset in self._headsets.items() if headset.is_gone]:
            log.info("the headset's keys are gone: %s", self._headsets.pop(path).name)
            self._known = None
        present = _signs()
        if present is None or present != self._known or self._refused:
            self._known = present
            self._open_new()
        self._say_device()

    def _open_new(self) -> None:
        denied = set()
        for found in self._hid.enumerate():
            path, name = found["path"], (found.get("product_string") or "").strip() or "HID"
            if path in self._headsets or not _may_be_headset(found):
                continue
            try:
                headset = _OpenHeadset(self._hid, path, name, self._pressed)
            except OSError as refused:
                log.warning("the keys of %s cannot be opened: %s", name, refused)
                denied.add(name)
                continue
            if headset.is_headset:
                self._headsets[path] = headset
                headset.start()
                headset.write(self._lit)
            else:
                headset.close()
        before, self._refused = self._refused, frozenset(denied)
        self._say_denied(self._refused & before)  # the system gives us the right a moment after the device has come

    def _say_denied(self, denied: frozenset[str]) -> None:
        if sys.platform == "linux" and denied != self._denied:
            self._denied = denied
            self._tell(NoticeCleared(NoticeCode.HEADSET_KEYS_DENIED))
            for name in sorted(denied):
                self._tell(Noticed(Notice(NoticeCode.HEADSET_KEYS_DENIED, (name, UDEV_RULE))))

    def _write(self) -> None:
        for headset in list(self._headsets.values()):
            headset.write(self._lit)

    def _say_device(self) -> None:
        name = next((headset.name for headset in self._headsets.values()), "")
        if name != self._told:
            self._told = name
            self._tell(HeadsetKeysFound(name))

    def _tell_all(self) -> None:
        self._tell(HeadsetKeysFound(self._told))
        denied, self._denied = self._denied, frozenset()
        self._say_denied(denied)

    # --- the readers' threads ---

    def _pressed(self, key: str, headset: "_OpenHeadset") -> None:
        log.info("pressed on the headset: %s", key)
        is_attended = self._is_attended()
        if not is_attended:
            self._do(key)
        self._tell(HeadsetPressed(key, headset.name, time.time(), not is_attended))
        if not headset.is_in_step:
            self._asked.put(lambda: headset.write(self._lit, is_again=True))

    def _do(self, key: str) -> None:
        """Nobody sits at a window: ringing → answer, in a call → hang up, mute → mute or unmute."""
        with self._lock:
            ringing, active, is_muted = self._calls.ringing, self._calls.active, self._calls.is_muted
            has_emergency = self._calls.has_emergency
        if key == "mute":
            self._act(MuteMicrophone(not is_muted))
        elif ringing is not None:
            self._act(AnswerCall(ringing))
        elif active is not None and self._may_hang_up(has_emergency):
            self._act(HangUp(active))

    def _may_hang_up(self, has_emergency: bool) -> bool:
        """Hanging up cuts a citizen off from an emergency line: so that is asked twice, here by a second press."""
        now = time.monotonic()
        was_asked = now - self._hang_up_asked_at < _ASKED_TWICE_S
        self._hang_up_asked_at = now
        return was_asked or not has_emergency


class _OpenHeadset:
    """One open device. Raises OSError where it may not be opened."""

    def __init__(self, hid: Any, path: bytes, name: str, pressed: "Callable[[str, _OpenHeadset], None]") -> None:
        self.name = name
        self._pressed = pressed
        self._device = hid.device()
        self._device.open_path(path)
        self._lock = threading.Lock()
        try:
            self._descriptor = parse(bytes(self._device.get_report_descriptor()))
        except (OSError, ValueError):
            self._descriptor = parse(b"")
        self._keys = KeyReader(self._descriptor)
        self._shown: dict[int, bytes] = {}
        self._is_ending = False
        self.is_gone = False
        self._thread: threading.Thread | None = None

    @property
    def is_headset(self) -> bool:
        return self._descriptor.is_headset

    @property
    def is_in_step(self) -> bool:
        return self._keys.is_in_step

    def start(self) -> None:
        self._thread = threading.Thread(target=self._read, name="hid-keys", daemon=True)
        self._thread.start()

    def write(self, lit: frozenset[Usage], is_again: bool = False) -> None:
        """Lights what must be lit; only reports that change are sent, all of them with `is_again`."""
        with self._lock:
            self._keys.wrote(lit, time.monotonic())
        for report in self._descriptor.reports(set(lit)):
            if is_again or self._shown.get(report[0]) != report:
                try:
                    self._device.write(report)
                except (OSError, ValueError) as wrong:
                    log.warning("a lamp of %s could not be lit: %s", self.name, wrong)
                    return
                self._shown[report[0]] = report

    def close(self) -> None:
        self._is_ending = True
        if self._thread is not None:
            self._thread.join(2)
        with suppress(OSError, ValueError):
            self._device.close()

    def _read(self) -> None:
        while not self._is_ending:
            try:
                raw = bytes(self._device.read(_MOST, _READ_MS))
            except (OSError, ValueError):
                self.is_gone = True
                with suppress(OSError, ValueError):
                    self._device.close()
                return
            if raw:
                with self._lock:
                    keys = self._keys.pressed(raw, time.monotonic())
                for key in keys:
                    self._pressed(key, self)


def _may_be_headset(found: dict[str, Any]) -> bool:
    """By the page of its collection; an old library that does not tell it says 0: then the device is looked into."""
    return int(found.get("usage_page") or 0) in (TELEPHONY, 0)


def _signs() -> object:
    """What changes when a device comes or goes, read without opening any; None where there is no such sign."""
    try:
        return frozenset(entry.name for entry in Path("/sys/class/hidraw").iterdir())
    except OSError:
        return frozenset() if sys.platform == "linux" else None
