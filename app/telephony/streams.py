"""Sound through PortAudio (the sounddevice module): 16 kHz mono of ours against whatever the device can do.

On PulseAudio, PortAudio itself sees one device only, "pulse". Which of the server's devices that is, is said to the client
library in its environment when a stream is opened; what there is tells the server's own list, so PortAudio need not start anew.
"""

import importlib
import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import numpy as np
import soxr

from app.telephony.devices import RATE, Device, Devices, pulse_devices, read_devices
from app.telephony.engines import EngineFailed, Pull, Push, StreamFailed
from app.telephony.pulse import PulseWatch

log = logging.getLogger(__name__)

_LATENCY = "PULSE_LATENCY_MSEC"
_LATENCY_S = 0.04
_BLOCK_MS = 20
_SILENT_S = 1.2
_FIRST_SIGN_S = 1.5
_PATIENCE_S = 2.5

_stuck: list[Any] = []
"""Streams in whose middle PortAudio waits for ever: touching them, or PortAudio as a whole, would hang whoever does."""


class SoundDeviceEngine:
    name = "sounddevice"

    def __init__(self, changed: Callable[[], None]) -> None:
        """Raises EngineFailed where PortAudio is missing or broken."""
        self._is_latency_ours = _LATENCY not in os.environ
        os.environ.setdefault(_LATENCY, "40")  # else PulseAudio may ask for two seconds of sound at once
        try:
            self._sounddevice = importlib.import_module("sounddevice")
            self._devices = read_devices(self._sounddevice)
        except Exception as wrong:
            raise EngineFailed(str(wrong)) from None
        self._changed = changed
        self._pulse: Device | None = None
        self._watch: PulseWatch | None = None
        self._find_server()

    @property
    def sees_devices(self) -> bool:
        return self._watch is not None and not self._watch.is_lost

    def devices(self) -> Devices:
        if self._watch is not None and self._pulse is not None:
            return pulse_devices(self._watch, self._pulse.index)
        return self._devices

    def look_again(self) -> None:
        """PortAudio sees new devices only when it starts; no stream may be open."""
        if self._watch is not None and self._watch.is_lost:
            self._watch.close()
            self._watch = None
        try:
            if not _stuck:
                self._sounddevice._terminate()
                self._sounddevice._initialize()
            self._devices = read_devices(self._sounddevice)
        except Exception as wrong:
            log.warning("PortAudio could not be started again: %s", wrong)
            self._devices = Devices((), -1, -1)
        if self._watch is None:
            self._find_server()

    def open_microphone(self, device: Device, push: Push) -> "MicrophoneStream":
        with _Addressed("PULSE_SOURCE", device.handle):
            return MicrophoneStream(self._sounddevice, device, self._devices, push)

    def open_earpiece(self, device: Device, pull: Pull) -> "EarpieceStream":
        with _Addressed("PULSE_SINK", device.handle):
            return EarpieceStream(self._sounddevice, device, self._devices, pull)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
        if self._is_latency_ours:
            os.environ.pop(_LATENCY, None)  # it would hold for the streams of another engine

    def _find_server(self) -> None:
        """The sound server may come later than we do, and be started again: only it knows devices by their names."""
        self._pulse = self._find_pulse()
        if self._pulse is not None:
            with suppress(OSError):
                self._watch = PulseWatch(self._changed)

    def _find_pulse(self) -> Device | None:
        """PortAudio's device that stands for the whole sound server."""
        able = [device for device in self._devices.devices if device.channels_in and device.channels_out]
        return next((device for device in able if device.name == "pulse"), None)


class _Addressed:
    """Says to PulseAudio's client library which device the next stream is for."""

    def __init__(self, variable: str, handle: str) -> None:
        self._variable, self._handle = variable, handle

    def __enter__(self) -> None:
        if self._handle:
            os.environ[self._variable] = self._handle

    def __exit__(self, *_: object) -> None:
        if self._handle:
            os.environ.pop(self._variable, None)


class _Stream:
    """`is_alive` is False once the device gave no sign for a second: a pulled device goes silent without an error."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._stream: Any = None
        self._last = time.monotonic()
        self._has_begun = threading.Event()

    @property
    def is_alive(self) -> bool:
        return time.monotonic() - self._last < _SILENT_S and bool(self._stream.active)

    def _sign(self) -> None:
        self._last = time.monotonic()
        if not self._has_begun.is_set():
            self._has_begun.set()

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            _in_time(stream, lambda: (stream.abort(ignore_errors=True), stream.close(ignore_errors=True)))

    def _open(self, kind: Any, sounddevice: Any, device: Device, devices: Devices, callback: Callable[..., None]) -> int:
        """Opens at our rate, else at the device's own; gives the rate that was had."""
        extra = sounddevice.WasapiSettings(auto_convert=True) if devices.is_wasapi else None
        wrong: Exception | None = None
        for rate in dict.fromkeys((RATE, device.rate)):
            try:
                self._stream = kind(
                    samplerate=rate,
                    blocksize=rate * _BLOCK_MS // 1000,
                    device=device.index,
                    channels=1,
                    dtype="int16",
                    latency=_LATENCY_S,
                    callback=callback,
                    extra_settings=extra,
                )
                if not _in_time(self._stream, self._stream.start):
                    self._stream = None
                    raise StreamFailed(f"{device.name}: it does not answer")
                if not self._has_begun.wait(_FIRST_SIGN_S):
                    raise OSError("it gives no sign")
                return rate
            except (sounddevice.PortAudioError, ValueError, OSError) as refused:
                self.close()
                wrong = refused
        raise StreamFailed(f"{device.name}: {wrong}")


def _in_time(stream: Any, work: Callable[[], object]) -> bool:
    """False when PortAudio does not come back: so it waits for a sound server that dies meanwhile. Raises what `work` does."""
    done: Future[object] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception as wrong:
            done.set_exception(wrong)

    threading.Thread(target=run, name="portaudio", daemon=True).start()
    try:
        done.result(_PATIENCE_S)
    except TimeoutError:
        log.warning("PortAudio hangs; this stream is left alone")
        _stuck.append(stream)
        return False
    return True


class MicrophoneStream(_Stream):
    def __init__(self, sounddevice: Any, device: Device, devices: Devices, push: Push) -> None:
        """`push` is called on PortAudio's own thread. Raises StreamFailed."""
        super().__init__(device.name)
        self._push = push
        self._to_ours: Any = None
        rate = self._open(sounddevice.RawInputStream, sounddevice, device, devices, self._came)
        if rate != RATE:
            self._to_ours = soxr.ResampleStream(rate, RATE, 1, dtype="int16")

    def _came(self, data: Any, count: int, at: Any, status: Any) -> None:  # noqa: ARG002
        self._sign()
        samples = bytes(data)
        if self._to_ours is not None:
            samples = self._to_ours.resample_chunk(np.frombuffer(samples, "<i2")).tobytes()
        self._push(samples)


class EarpieceStream(_Stream):
    def __init__(self, sounddevice: Any, device: Device, devices: Devices, pull: Pull) -> None:
        """`pull(bytes wanted)` is called on PortAudio's own thread. Raises StreamFailed."""
        super().__init__(device.name)
        self._pull = pull
        self._rate = RATE
        self._to_device: Any = None
        self._rest = b""
        self._rate = self._open(sounddevice.RawOutputStream, sounddevice, device, devices, self._wanted)

    def _wanted(self, data: Any, count: int, at: Any, status: Any) -> None:  # noqa: ARG002
        self._sign()
        wanted = count * 2
        samples = self._pull(wanted) if self._rate == RATE else self._resampled(wanted)
        data[:] = samples if samples is not None and len(samples) == wanted else bytes(wanted)

    def _resampled(self, wanted: int) -> bytes | None:
        if self._to_device is None:
            self._to_device = soxr.ResampleStream(RATE, self._rate, 1, dtype="int16")
        ours = RATE * _BLOCK_MS // 1000 * 2
        while len(self._rest) < wanted:
            samples = self._pull(ours) or bytes(ours)
            self._rest += self._to_device.resample_chunk(np.frombuffer(samples, "<i2")).tobytes()
        taken, self._rest = self._rest[:wanted], self._rest[wanted:]
        return taken
