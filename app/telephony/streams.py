"""One running sound stream each way: 16 kHz mono of ours against whatever the device can do."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import soxr

from app.telephony.devices import Device, Devices
from app.telephony.ports import RATE

_LATENCY_S = 0.05
_BLOCK_MS = 20
_SILENT_S = 1.2
_FIRST_SIGN_S = 1.5


class StreamFailed(Exception):
    """A device could not be opened."""


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
        self._has_begun.set()

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

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
                self._stream.start()
                if not self._has_begun.wait(_FIRST_SIGN_S):
                    raise OSError("it gives no sign")
                return rate
            except (sounddevice.PortAudioError, ValueError, OSError) as refused:
                self.close()
                wrong = refused
        raise StreamFailed(f"{device.name}: {wrong}")


class MicrophoneStream(_Stream):
    def __init__(self, sounddevice: Any, device: Device, devices: Devices, gain: float, push: Callable[[bytes], None]) -> None:
        """`push` is called on PortAudio's own thread. Raises StreamFailed."""
        super().__init__(device.name)
        self._gain, self._push = gain, push
        self._to_ours: Any = None
        rate = self._open(sounddevice.RawInputStream, sounddevice, device, devices, self._came)
        if rate != RATE:
            self._to_ours = soxr.ResampleStream(rate, RATE, 1, dtype="int16")

    def _came(self, data: Any, count: int, at: Any, status: Any) -> None:  # noqa: ARG002
        self._sign()
        samples = bytes(data)
        if self._to_ours is not None:
            samples = self._to_ours.resample_chunk(np.frombuffer(samples, "<i2")).tobytes()
        self._push(louder(samples, self._gain))


class EarpieceStream(_Stream):
    def __init__(
        self, sounddevice: Any, device: Device, devices: Devices, gain: float, pull: Callable[[int], bytes | None]
    ) -> None:
        """`pull(bytes wanted)` is called on PortAudio's own thread. Raises StreamFailed."""
        super().__init__(device.name)
        self._gain, self._pull = gain, pull
        self._rate = RATE
        self._to_device: Any = None
        self._rest = b""
        self._rate = self._open(sounddevice.RawOutputStream, sounddevice, device, devices, self._wanted)

    def _wanted(self, data: Any, count: int, at: Any, status: Any) -> None:  # noqa: ARG002
        self._sign()
        wanted = count * 2
        samples = self._pull(wanted) if self._rate == RATE else self._resampled(wanted)
        data[:] = louder(samples, self._gain) if samples is not None and len(samples) == wanted else bytes(wanted)

    def _resampled(self, wanted: int) -> bytes | None:
        if self._to_device is None:
            self._to_device = soxr.ResampleStream(RATE, self._rate, 1, dtype="int16")
        ours = RATE * _BLOCK_MS // 1000 * 2
        while len(self._rest) < wanted:
            samples = self._pull(ours) or bytes(ours)
            self._rest += self._to_device.resample_chunk(np.frombuffer(samples, "<i2")).tobytes()
        taken, self._rest = self._rest[:wanted], self._rest[wanted:]
        return taken


def louder(samples: bytes, gain: float) -> bytes:
    if gain == 1.0 or not samples:
        return samples
    scaled = np.frombuffer(samples, "<i2").astype(np.float32) * gain
    return bytes(np.clip(scaled, -32768, 32767).astype("<i2").tobytes())


def mixed(one: bytes, other: bytes) -> bytes:
    """Both voices at once; the lengths must agree."""
    both = np.frombuffer(one, "<i2").astype(np.int32) + np.frombuffer(other, "<i2")
    return bytes(np.clip(both, -32768, 32767).astype("<i2").tobytes())
