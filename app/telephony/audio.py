"""The headset: a thread of its own owns the sound system, carries voice to and from it, and sees devices come and go."""

import logging
import queue
import threading
import time
from collections.abc import Callable

from app.desk.commands import AudioChoice
from app.desk.events import DeskEvent, HeadsetChanged, NoticeCleared, Noticed
from app.domain.notice import Gravity, Notice, NoticeCode
from app.telephony.devices import NONE, Device, Devices, is_named, plugs
from app.telephony.engines import Engine, EngineFailed, OpenStream, Start, StreamFailed, order, starters
from app.telephony.guard import MicrophoneGuard, Sound
from app.telephony.ringer import Ringer
from app.telephony.shift_check import ShiftCheck
from app.telephony.voice_paths import EarpiecePath, MicrophonePath

log = logging.getLogger(__name__)

_LOOK_S = 0.25
_CHECK_LOOK_S = 0.1
_AGAIN_S = 2.0
_SHUN_S = 10.0
_NO_DEVICES = Devices((), -1, -1)
_SILENCES = {Sound.SILENT: NoticeCode.MICROPHONE_SILENT, Sound.CUT_OFF: NoticeCode.HEADSET_MUTED}


class Headset:
    """`microphone.pull` and `earpiece.push` serve the bridge, whether or not a device is there.

    Without a sound system or a device everything else goes on with silence, and HeadsetChanged says so. A device that dies is
    left aside for ten seconds and the default one, then any other, takes its place until the wanted one is there again.
    """

    def __init__(
        self,
        tell: Callable[[DeskEvent], None],
        is_idle: Callable[[], bool] = lambda: True,
        engines: dict[str, Start] | None = None,
    ) -> None:
        """`is_idle`: no call is up, so that what stops running streams disturbs nobody."""
        self._guard = MicrophoneGuard()
        self.microphone, self.earpiece = MicrophonePath(self._guard), EarpiecePath()
        self._tell_desk, self._is_idle = tell, is_idle
        self._starters = engines or starters()
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._choice = AudioChoice()
        self._engine: Engine | None = None
        self._devices = _NO_DEVICES
        self._mic: OpenStream | None = None
        self._ear: OpenStream | None = None
        self._ringer = Ringer(self.earpiece)
        self._shunned: dict[str, float] = {}
        self._told: HeadsetChanged | None = None
        self._plugs: frozenset[str] = frozenset()
        self._tried_at = self._looked_at = 0.0
        self._suspects: set[OpenStream] = set()
        self._floors: dict[str, float] = {}
        self._sound = Sound.HEARD
        self._check = ShiftCheck(self.microphone, self.earpiece, tell, self._set_ring)
        self._thread = threading.Thread(target=self._run, name="audio", daemon=True)
        self._thread.start()

    # --- any thread, returns at once ---

    def choose(self, choice: AudioChoice) -> None:
        """Switches to other devices, also in mid-call."""
        self._asked.put(lambda: self._switch(choice))

    def ring(self, is_ringing: bool, is_soft: bool = False) -> None:
        if is_ringing:
            self._check.interrupt()
        self._asked.put(lambda: self._set_ring(is_ringing, is_soft))

    def call_began(self) -> None:
        """A call rings or is made: the check that may run gives way at once."""
        self._check.interrupt()

    def start_check(self) -> None:
        self._asked.put(self._begin_check)

    def stop_check(self) -> None:
        self._asked.put(self._check.cancel)

    def tell_ringer_heard(self, is_heard: bool) -> None:
        self._asked.put(lambda: self._check.tell_ringer_heard(is_heard))

    def tell_again(self) -> None:
        """Says once more how everything stands: a new window wants to know."""
        self._asked.put(self._tell_again)

    def close(self) -> None:
        self._asked.put(None)
        self._thread.join(8)

    # --- the audio thread ---

    def _run(self) -> None:
        self._start_engine()
        self._plugs = plugs()
        self._open()
        while True:
            try:
                work = self._asked.get(timeout=_CHECK_LOOK_S if self._check.is_running else _LOOK_S)
            except queue.Empty:
                work = self._look
            if work is None:
                break
            try:
                work()
            except Exception:
                log.exception("a step of the audio thread failed")
        self._close_streams()
        if self._engine is not None:
            self._engine.close()

    def _start_engine(self) -> None:
        """The sound system that is wanted, or the next that starts."""
        for name in order(self._choice.engine):
            try:
                self._engine = self._starters[name](self._devices_changed)
                self._devices = self._engine.devices()
                return
            except (EngineFailed, ImportError, OSError) as wrong:
                log.warning("no sound by %s: %s", name, wrong)
        self._engine, self._devices = None, _NO_DEVICES

    def _devices_changed(self) -> None:
        """Any thread."""
        self._asked.put(self._look)

    def _switch(self, choice: AudioChoice) -> None:
        before, self._choice = self._choice, choice
        self._set_gains()
        if before.engine != choice.engine and (self._engine is None or self._engine.name != order(choice.engine)[0]):
            self._close_streams()
            if self._engine is not None:
                self._engine.close()
            self._start_engine()
        elif self._is_as_wanted and (before.microphone, before.earpiece) == (choice.microphone, choice.earpiece):
            self._tell_again()
            return
        self._shunned.clear()
        self._adopt_devices()
        self._leave_unwanted()
        self._open()

    def _adopt_devices(self) -> None:
        if self._engine is None:
            return
        known = ("", NONE, *self._devices.names_in, *self._devices.names_out)
        is_strange = any(name not in known for name in self._wanted)
        if not self._engine.sees_devices and is_strange:
            self._close_streams()
            self._engine.look_again()
        self._devices = self._engine.devices()

    def _leave_unwanted(self) -> None:
        """Closes only what is to be another device: the other side of the headset is not interrupted."""
        wanted_mic, wanted_ear = self._wanted
        ways = (self._devices.ways_in(wanted_mic, self._shunned_now()), self._devices.ways_out(wanted_ear, self._shunned_now()))
        if self._mic is not None and (not ways[0] or ways[0][0].name != self._mic.name):
            self._mic.close()
            self._mic = None
        if self._ear is not None and (not ways[1] or ways[1][0].name != self._ear.name):
            self._ear.close()
            self._ear = None

    def _open(self) -> None:
        """Opens what is not open: what is wanted, else the default, else any other; says how it stands."""
        self._tried_at = time.monotonic()
        shunned = self._shunned_now()
        if self._mic is None and self._engine is not None:
            self.microphone.ring.clear()
            ways = self._devices.ways_in(self._choice.microphone, shunned)
            self._mic = self._first(ways, lambda engine, device: engine.open_microphone(device, self.microphone.push))
        if self._ear is None and self._engine is not None:
            self.earpiece.ring.clear()
            ways = self._devices.ways_out(self._choice.earpiece, shunned)
            self._ear = self._first(ways, lambda engine, device: engine.open_earpiece(device, self.earpiece.pull))
        self._set_gains()
        self._tell()

    def _first(self, ways: list[Device], open_stream: Callable[[Engine, Device], OpenStream]) -> OpenStream | None:
        for device in ways:
            if self._engine is not None:
                try:
                    return open_stream(self._engine, device)
                except StreamFailed as wrong:
                    log.warning("a sound device could not be opened: %s", wrong)
        return None

    def _shunned_now(self) -> set[str]:
        now = time.monotonic()
        return {name for name, until in self._shunned.items() if until > now}

    # --- looks ---

    def _look(self) -> None:
        """Every quarter of a second, and when devices changed: is one gone, has one come, does the microphone give sound?"""
        self._check.look(self._is_idle())
        self._keep_floor()
        self._watch_sound()
        if self._engine is None:
            return
        if self._drop_dead():
            self._tell()
            self._open()
        if self._engine.sees_devices:
            self._follow_devices()
        else:
            self._look_for_plugs()

    def _follow_devices(self) -> None:
        """The sound system tells by itself: nothing that goes on sounding is touched."""
        assert self._engine is not None
        found = self._engine.devices()
        is_due = not self._is_working and self._has_devices and time.monotonic() - self._tried_at > _AGAIN_S
        is_over = bool(self._shunned) and not self._shunned_now()
        if found == self._devices and not is_due and not is_over:
            return
        if is_over or found.devices != self._devices.devices:
            self._shunned.clear() if is_over else self._forgive(found)
        self._devices = found
        if self._close_gone():
            self._tell()
        self._leave_unwanted()
        self._open()

    def _forgive(self, found: Devices) -> None:
        """A device that was put aside and came anew is tried again."""
        before = {device.handle for device in self._devices.devices}
        for device in found.devices:
            if device.handle not in before:
                self._shunned.pop(device.name, None)

    def _close_gone(self) -> bool:
        gone = [stream for stream, is_input in ((self._mic, True), (self._ear, False), (self._ringer.stream, False))
                if stream is not None and not self._devices.has(stream.name, is_input)]  # fmt: skip
        self._drop(gone)
        return bool(gone)

    def _look_for_plugs(self) -> None:
        assert self._engine is not None
        present = plugs()
        is_new, is_less = present != self._plugs, bool(self._plugs - present)
        is_stopgap = not self._is_as_wanted and time.monotonic() - self._tried_at > _SHUN_S and self._is_idle()
        is_due = not self._is_working and time.monotonic() - self._tried_at > _AGAIN_S
        if is_due or is_stopgap or is_less or (is_new and (self._is_idle() or not self._is_as_wanted)):
            self._plugs = present
            if is_new:
                self._shunned.clear()
            self._close_streams()
            self._engine.look_again()
            self._devices = self._engine.devices()
            self._open()

    def _drop_dead(self) -> bool:
        """Closes streams whose device is gone, seen at two looks running; True when there was one.

        Whoever comes late himself does not judge: then the whole machine is starved, not the device.
        """
        now = time.monotonic()
        if now - self._looked_at < _LOOK_S / 2:
            return False
        is_late, self._looked_at = now - self._looked_at > 3 * _LOOK_S, now
        streams = (self._mic, self._ear, self._ringer.stream)
        silent = {stream for stream in streams if stream is not None and not stream.is_alive}
        dead = set() if is_late else silent & self._suspects
        self._suspects = silent - dead
        for stream in dead:
            self._shunned[stream.name] = now + _SHUN_S
        self._drop(list(dead))
        return bool(dead)

    def _drop(self, streams: list[OpenStream]) -> None:
        if self._ringer.stream in streams:
            self._ringer.move_to_ear()
        for stream in streams:
            log.warning("a sound device is gone: %s", stream.name)
            stream.close()
        self._mic = None if self._mic in streams else self._mic
        self._ear = None if self._ear in streams else self._ear

    # --- how it stands ---

    @property
    def _names(self) -> tuple[str, str]:
        return (self._mic.name if self._mic else "", self._ear.name if self._ear else "")

    @property
    def _wanted(self) -> tuple[str, str]:
        return self._choice.microphone, self._choice.earpiece

    @property
    def _has_devices(self) -> bool:
        return bool(self._devices.devices)

    @property
    def _is_working(self) -> bool:
        """Whether what is wanted can be heard and spoken into; with no device wanted at all it does not work."""
        pairs = list(zip(self._wanted, self._names, strict=True))
        return any(wanted != NONE for wanted, _ in pairs) and all(name or wanted == NONE for wanted, name in pairs)

    @property
    def _is_as_wanted(self) -> bool:
        pairs = zip(self._wanted, self._names, strict=True)
        return self._is_working and all(wanted in ("", NONE) or is_named(name, wanted) for wanted, name in pairs)

    def _set_gains(self) -> None:
        gains = read_gains(self._choice.gains)
        microphone, earpiece = self._names
        self.microphone.gain = gains.get(f"in:{microphone}", self._choice.microphone_gain)
        self.earpiece.gain = gains.get(f"out:{earpiece}", self._choice.earpiece_gain)
        self.earpiece.limiter.set_limit(self._choice.limit_dbfs)
        self._guard.floor = self._floors.get(microphone, 0.0) * self.microphone.gain

    def _watch_sound(self) -> None:
        sound = self._guard.look() if self._choice.microphone != NONE and self._mic is not None else Sound.HEARD
        if sound is Sound.SILENT and self._is_muted_by_system:
            sound = Sound.CUT_OFF
        if sound is self._sound:
            return
        for code in _SILENCES.values():
            self._tell_desk(NoticeCleared(code))
        self._sound = sound
        self._tell_sound()

    def _tell_sound(self) -> None:
        if self._sound in _SILENCES:
            self._tell_desk(Noticed(Notice(_SILENCES[self._sound], (self._names[0],), Gravity.ERROR)))

    @property
    def _is_muted_by_system(self) -> bool:
        return any(device.is_muted and device.channels_in and device.name == self._names[0] for device in self._devices.devices)

    # --- the check ---

    def _begin_check(self) -> None:
        self._check.begin(*self._names, self._is_idle())

    def _keep_floor(self) -> None:
        found = self._check.floor
        if found is not None and self._floors.get(found[0]) != found[1]:
            self._floors[found[0]] = found[1]
            self._set_gains()

    # --- ringing ---

    def _set_ring(self, is_ringing: bool, is_soft: bool = False) -> None:
        if not is_ringing:
            self._ringer.stop()
            return
        ways = self._devices.ways_out(self._choice.ringer or self._choice.earpiece, self._shunned_now())
        self._ringer.start(self._choice, is_soft, self._engine, ways, self._names[1])

    def _close_streams(self) -> None:
        for stream in (self._mic, self._ear):
            if stream is not None:
                stream.close()
        self._mic = self._ear = None
        if self._ringer.stream is not None:
            self._ringer.move_to_ear()

    def _tell(self) -> None:
        names = self._names
        engine = self._engine.name if self._engine is not None else ""
        told = HeadsetChanged(*names, self._is_working, self._devices.names_in, self._devices.names_out, engine)
        if told != self._told:
            self._told = told
            self._tell_desk(told)

    def _tell_again(self) -> None:
        self._told = None
        self._tell()
        self._tell_sound()
        if self._check.last is not None:
            self._tell_desk(self._check.last)


def read_gains(gains: tuple[str, ...]) -> dict[str, float]:
    """ "in:name=1.2" → {"in:name": 1.2}; what is not so is left out."""
    found = {}
    for entry in gains:
        name, _, value = entry.rpartition("=")
        try:
            found[name] = min(8.0, max(0.1, float(value)))
        except ValueError:
            continue
    return found
