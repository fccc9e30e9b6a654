"""What the sound systems have in common: devices that come and go, one stream each way, and which one is to be used."""

import sys
from collections.abc import Callable
from typing import Protocol

from app.telephony.devices import Device, Devices

Push = Callable[[bytes], None]
Pull = Callable[[int], bytes | None]
"""Gives so many bytes, or None for silence."""

ENGINES = ("pulse", "sounddevice", "qt")
_USUAL = {"linux": ENGINES, "win32": ("qt", "sounddevice")}


class EngineFailed(Exception):
    """A sound system cannot be started here."""


class StreamFailed(Exception):
    """A device could not be opened."""


class OpenStream(Protocol):
    """16 kHz, 16 bit, mono. `is_alive` is False once the device gave no sign for a second."""

    name: str

    @property
    def is_alive(self) -> bool: ...
    def close(self) -> None: ...


class Engine(Protocol):
    """Used on the audio thread only. `push` and `pull` are called on threads of the sound system."""

    name: str

    @property
    def sees_devices(self) -> bool:
        """Whether `devices` is always up to date; if not, `look_again` must be called, and stops running streams."""
        ...

    def devices(self) -> Devices: ...
    def look_again(self) -> None: ...
    def open_microphone(self, device: Device, push: Push) -> OpenStream:
        """Raises StreamFailed."""
        ...

    def open_earpiece(self, device: Device, pull: Pull) -> OpenStream:
        """Raises StreamFailed."""
        ...

    def close(self) -> None: ...


Start = Callable[[Callable[[], None]], Engine]
"""Starts a sound system, which calls its argument from any thread when devices came or went; raises EngineFailed."""


def starters() -> dict[str, Start]:
    """Each is loaded only when it is wanted."""

    def portaudio(changed: Callable[[], None]) -> Engine:
        from app.telephony.streams import SoundDeviceEngine

        return SoundDeviceEngine(changed)

    def qt(changed: Callable[[], None]) -> Engine:
        from app.telephony.qt_audio import QtEngine

        return QtEngine(changed)

    def pulse(changed: Callable[[], None]) -> Engine:
        from app.telephony.pulse_streams import PulseEngine

        return PulseEngine(changed)

    return {"pulse": pulse, "sounddevice": portaudio, "qt": qt}


def order(wanted: str, platform: str = sys.platform) -> tuple[str, ...]:
    """The sound systems in the order they are tried: what is wanted, then the others that there are on this platform.

    "auto" goes by what was measured (tests/benchmarks/audio.py): on Linux the sound server's own library costs least;
    PortAudio sounds also where there is no such server; on Windows PortAudio must stop every stream to see a new device.
    """
    usual = _USUAL.get(platform, ("sounddevice", "qt"))
    first = wanted if wanted in usual else usual[0]
    return (first, *(name for name in usual if name != first))
