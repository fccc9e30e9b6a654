"""The sound devices of this computer, the order in which they are tried, and signs that one came or went."""

import sys
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.telephony.pulse import PulseWatch

RATE = 16_000
NONE = "none"
_WASAPI = "Windows WASAPI"


@dataclass(frozen=True, slots=True)
class Device:
    """`index` is PortAudio's; `handle` is what the sound server or Qt calls it; `is_muted`: the system lets nothing through."""

    index: int
    name: str
    channels_in: int
    channels_out: int
    rate: int
    handle: str = ""
    is_default: bool = False
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Devices:
    """Devices of the one host interface we use; PortAudio's indexes hold until it starts again."""

    devices: tuple[Device, ...]
    default_in: int
    default_out: int
    is_wasapi: bool = False

    @property
    def names_in(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(device.name for device in self.devices if device.channels_in))

    @property
    def names_out(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(device.name for device in self.devices if device.channels_out))

    def has(self, stream_name: str, is_input: bool) -> bool:
        """Whether a device of this name is still there."""
        return stream_name in (self.names_in if is_input else self.names_out)

    def ways_in(self, name: str, shunned: Container[str] = ()) -> list[Device]:
        """Microphones in the order they are to be tried: that of this name, the default one, the others; none for "none"."""
        return _ways([device for device in self.devices if device.channels_in], name, self.default_in, shunned)

    def ways_out(self, name: str, shunned: Container[str] = ()) -> list[Device]:
        return _ways([device for device in self.devices if device.channels_out], name, self.default_out, shunned)


def is_named(device: str, wanted: str) -> bool:
    """Whether a device is the one that was wanted by name; Windows cuts names short."""
    return bool(device and wanted) and (device.startswith(wanted) or wanted.startswith(device))


def _ways(able: list[Device], name: str, default: int, shunned: Container[str]) -> list[Device]:
    if name == NONE:
        return []

    def rank(device: Device) -> int:
        if device.name == name:
            return 0
        if is_named(device.name, name):
            return 1
        return 2 if device.is_default or (default >= 0 and device.index == default) else 3

    return sorted((device for device in able if device.name not in shunned), key=rank)


def pulse_devices(watch: PulseWatch, index: int = -1) -> Devices:
    """What the sound server has; `index`: PortAudio's device through which all of them are reached."""
    return Devices(
        tuple(
            Device(index, found.description, int(found.is_input), int(not found.is_input), RATE, found.name, found.is_default,
                   found.is_muted)
            for found in watch.devices
        ),
        -1,
        -1,
    )  # fmt: skip


def read_devices(sounddevice: Any) -> Devices:
    """What the given sounddevice module sees; PortAudio looks only when it starts."""
    apis = sounddevice.query_hostapis()
    if not apis:
        return Devices((), -1, -1)
    wasapi = next((place for place, api in enumerate(apis) if api["name"] == _WASAPI), None)
    place = wasapi if wasapi is not None else max(0, sounddevice.default.hostapi)
    api = apis[place]
    found = []
    for index in api["devices"]:
        raw = sounddevice.query_devices(index)
        found.append(
            Device(index, raw["name"], raw["max_input_channels"], raw["max_output_channels"], int(raw["default_samplerate"]))
        )
    return Devices(tuple(found), api["default_input_device"], api["default_output_device"], wasapi is not None)


def plugs() -> frozenset[str]:
    """The sound cards that are plugged in, by any sign of them; cheap, and does not touch streams that run."""
    if sys.platform == "win32":
        import ctypes

        multimedia = ctypes.windll.winmm
        ins = (f"in {number}" for number in range(multimedia.waveInGetNumDevs()))
        return frozenset(ins) | {f"out {number}" for number in range(multimedia.waveOutGetNumDevs())}
    try:
        return frozenset(Path("/proc/asound/cards").read_text().splitlines())
    except OSError:
        return frozenset()
