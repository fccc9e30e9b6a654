"""The headset: a thread of its own owns PortAudio, carries voice to and from it, and sees a device that was pulled."""

import importlib
import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from app.desk.commands import AudioChoice
from app.desk.events import HeadsetChanged
from app.telephony.devices import NONE, Device, Devices, is_named, plugs, read_devices
from app.telephony.ports import FRAME_BYTES
from app.telephony.sounds import ring_tone
from app.telephony.streams import EarpieceStream, MicrophoneStream, StreamFailed, mixed
from app.telephony.voice_ring import VoiceRing

log = logging.getLogger(__name__)

_LOOK_S = 0.25
_AGAIN_S = 2.0
_SHUN_S = 10.0
_NO_DEVICES = Devices((), -1, -1)


class Headset:
    """`microphone` and `earpiece` are rings that the bridge pulls from and pushes to, whether or not a device is there.

    Without PortAudio or a device everything else goes on with silence, and HeadsetChanged says so. A device that dies is
    left aside for ten seconds and the default one, then any other, takes its place.
    """

    def __init__(self, changed: Callable[[HeadsetChanged], None], is_idle: Callable[[], bool] = lambda: True) -> None:
        """`is_idle`: no call is up, so that looking for new devices, which stops running streams, disturbs nobody."""
        self.microphone, self.earpiece = VoiceRing(), VoiceRing()
        self._changed, self._is_idle = changed, is_idle
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._choice = AudioChoice()
        self._sounddevice: Any = None
        self._devices = _NO_DEVICES
        self._mic: MicrophoneStream | None = None
        self._ear: EarpieceStream | None = None
        self._ringer: EarpieceStream | None = None
        self._tone: Callable[[], bytes] | None = None
        self._ring_loud, self._ring_soft = ring_tone(1.0), ring_tone(0.3)
        self._shunned: dict[str, float] = {}
        self._told: HeadsetChanged | None = None
        self._plugs: frozenset[str] = frozenset()
        self._tried_at = self._looked_at = 0.0
        self._suspects: set[MicrophoneStream | EarpieceStream] = set()
        self._thread = threading.Thread(target=self._run, name="audio", daemon=True)
        self._thread.start()

    # --- any thread, returns at once ---

    def choose(self, choice: AudioChoice) -> None:
        """Switches to other devices, also in mid-call."""
        self._asked.put(lambda: self._switch(choice))

    def ring(self, is_ringing: bool, is_soft: bool = False) -> None:
        self._asked.put(lambda: self._set_ring(is_ringing, is_soft))

    def tell_again(self) -> None:
        """Says HeadsetChanged once more: a new window wants to know."""
        self._asked.put(self._tell_again)

    def close(self) -> None:
        self._asked.put(None)
        self._thread.join(5)

    # --- the audio thread ---

    def _run(self) -> None:
        os.environ.setdefault("PULSE_LATENCY_MSEC", "40")  # else PulseAudio may ask for two seconds of sound at once
        try:
            self._sounddevice = importlib.import_module("sounddevice")
            self._devices = read_devices(self._sounddevice)
        except Exception as wrong:  # the library is missing or broken: calls go on without a headset
            log.warning("no sound: %s", wrong)
            self._sounddevice = None
        self._plugs = plugs()
        self._open()
        while True:
            try:
                work = self._asked.get(timeout=_LOOK_S)
            except queue.Empty:
                work = self._look
            if work is None:
                break
            try:
                work()
            except Exception:
                log.exception("a step of the audio thread failed")
        self._close_streams()

    def _switch(self, choice: AudioChoice) -> None:
        if choice == self._choice and self._is_as_wanted:
            self._tell_again()
            return
        self._choice = choice
        self._shunned.clear()
        self._close_streams()
        known = ("", NONE, *self._devices.names_in, *self._devices.names_out)
        if choice.microphone not in known or choice.earpiece not in known:
            self._start_portaudio_again()
        self._open()

    def _open(self) -> None:
        """Opens what is not open: what is wanted, else the default, else any other; says how it stands."""
        self._tried_at = now = time.monotonic()
        shunned = {name for name, until in self._shunned.items() if until > now}
        if self._mic is None:
            self.microphone.clear()
            for device in self._devices.ways_in(self._choice.microphone, shunned):
                if (mic := self._try_microphone(device)) is not None:
                    self._mic = mic
                    break
        if self._ear is None:
            self.earpiece.clear()
            for device in self._devices.ways_out(self._choice.earpiece, shunned):
                if (ear := self._try_earpiece(device)) is not None:
                    self._ear = ear
                    break
        self._tell()

    def _try_microphone(self, device: Device) -> MicrophoneStream | None:
        try:
            gain = self._choice.microphone_gain
            return MicrophoneStream(self._sounddevice, device, self._devices, gain, self.microphone.push)
        except StreamFailed as wrong:
            log.warning("a microphone could not be opened: %s", wrong)
            return None

    def _try_earpiece(self, device: Device) -> EarpieceStream | None:
        try:
            return EarpieceStream(self._sounddevice, device, self._devices, self._choice.earpiece_gain, self._pull_ear)
        except StreamFailed as wrong:
            log.warning("an earpiece could not be opened: %s", wrong)
            return None

    def _pull_ear(self, count: int) -> bytes | None:
        voice = self.earpiece.pull(count)
        tone = self._tone
        if tone is None or count != FRAME_BYTES:
            return voice
        return mixed(voice, tone()) if voice is not None else tone()

    def _look(self) -> None:
        """Every quarter of a second: is a device gone, may one have come?"""
        if self._sounddevice is None:
            return
        if self._drop_dead():
            self._tell()
            self._open()
            if self._is_working:
                return
        present = plugs()
        is_new, is_less = present != self._plugs, bool(self._plugs - present)
        is_stopgap = not self._is_as_wanted and time.monotonic() - self._tried_at > _SHUN_S and self._is_idle()
        is_due = not self._is_working and time.monotonic() - self._tried_at > _AGAIN_S
        if is_due or is_stopgap or is_less or (is_new and (self._is_idle() or not self._is_as_wanted)):
            self._plugs = present
            if is_new:
                self._shunned.clear()
            self._close_streams()
            self._start_portaudio_again()
            self._open()

    def _drop_dead(self) -> bool:
        """Closes streams whose device is gone, seen at two looks running; True when there was one.

        Whoever comes late himself does not judge: then the whole machine is starved, not the device.
        """
        now = time.monotonic()
        is_late, self._looked_at = now - self._looked_at > 3 * _LOOK_S, now
        silent = {stream for stream in (self._mic, self._ear, self._ringer) if stream is not None and not stream.is_alive}
        dead = set() if is_late else silent & self._suspects
        self._suspects = silent - dead
        for stream in dead:
            log.warning("a sound device is gone: %s", stream.name)
            self._shunned[stream.name] = time.monotonic() + _SHUN_S
            stream.close()
        self._mic = None if self._mic in dead else self._mic
        self._ear = None if self._ear in dead else self._ear
        self._ringer = None if self._ringer in dead else self._ringer
        return bool(dead)

    @property
    def _names(self) -> tuple[str, str]:
        return (self._mic.name if self._mic else "", self._ear.name if self._ear else "")

    @property
    def _wanted(self) -> tuple[str, str]:
        return self._choice.microphone, self._choice.earpiece

    @property
    def _is_working(self) -> bool:
        """Whether what is wanted can be heard and spoken into; with no device wanted at all it does not work."""
        pairs = list(zip(self._wanted, self._names, strict=True))
        return any(wanted != NONE for wanted, _ in pairs) and all(name or wanted == NONE for wanted, name in pairs)

    @property
    def _is_as_wanted(self) -> bool:
        pairs = zip(self._wanted, self._names, strict=True)
        return self._is_working and all(wanted in ("", NONE) or is_named(name, wanted) for wanted, name in pairs)

    def _start_portaudio_again(self) -> None:
        """PortAudio sees new devices only when it starts; no stream may be open."""
        if self._sounddevice is None:
            return
        try:
            self._sounddevice._terminate()
            self._sounddevice._initialize()
            self._devices = read_devices(self._sounddevice)
        except Exception as wrong:
            log.warning("PortAudio could not be started again: %s", wrong)
            self._devices = _NO_DEVICES

    def _set_ring(self, is_ringing: bool, is_soft: bool) -> None:
        if not is_ringing:
            self._tone = None
            if self._ringer is not None:
                self._ringer.close()
                self._ringer = None
            return
        if self._tone is not None or self._ringer is not None or self._choice.ringer == NONE:
            return
        ring = self._ring_soft if is_soft else self._ring_loud
        ring.restart()
        ways = self._devices.ways_out(self._choice.ringer or self._choice.earpiece, self._shunned)
        if not ways or (self._ear is not None and ways[0].name == self._ear.name):
            self._tone = ring.pull
            return
        try:
            self._ringer = EarpieceStream(self._sounddevice, ways[0], self._devices, 1.0, lambda _count: ring.pull())
        except StreamFailed as wrong:
            log.warning("the ringer could not be opened: %s", wrong)
            self._tone = ring.pull

    def _close_streams(self) -> None:
        for stream in (self._mic, self._ear, self._ringer):
            if stream is not None:
                stream.close()
        self._mic = self._ear = self._ringer = None

    def _tell(self) -> None:
        names = self._names
        told = HeadsetChanged(names[0], names[1], self._is_working, self._devices.names_in, self._devices.names_out)
        if told != self._told:
            self._told = told
            self._changed(told)

    def _tell_again(self) -> None:
        self._told = None
        self._tell()
