"""A hidraw module with devices of ours: what the program writes is kept, what the headset sends is given to it."""

import queue
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.hid.descriptors import Described


@dataclass
class FakeDevice:
    """One plugged headset."""

    described: Described
    name: str = "H-TEL 3"
    may_open: bool = True
    written: list[bytes] = field(default_factory=list)
    reports: "queue.Queue[bytes | None]" = field(default_factory=queue.Queue)
    changed: threading.Condition = field(default_factory=threading.Condition)
    is_open: bool = False

    def send(self, *reports: bytes) -> None:
        for report in reports:
            self.reports.put(report)

    def unplug(self) -> None:
        self.reports.put(None)


class FakeHid:
    """`hidraw` as the program uses it."""

    def __init__(self, *devices: FakeDevice, usage_page: int = 0x0B) -> None:
        self.plugged = list(devices)
        self.usage_page = usage_page

    def enumerate(self) -> list[dict[str, Any]]:
        return [
            {"path": str(place).encode(), "product_string": device.name, "usage_page": self.usage_page}
            for place, device in enumerate(self.plugged)
        ]

    def device(self) -> "_Handle":
        return _Handle(self)


class _Handle:
    def __init__(self, hid: FakeHid) -> None:
        self._hid = hid
        self._device: FakeDevice | None = None

    def open_path(self, path: bytes) -> None:
        device = self._hid.plugged[int(path)]
        if not device.may_open:
            raise OSError("open failed")
        device.is_open = True
        self._device = device

    def get_report_descriptor(self) -> list[int]:
        assert self._device is not None
        return list(self._device.described.raw)

    def read(self, _most: int, timeout_ms: int) -> list[int]:
        assert self._device is not None
        try:
            report = self._device.reports.get(timeout=timeout_ms / 1000)
        except queue.Empty:
            return []
        if report is None:
            self._hid.plugged.remove(self._device)
            raise OSError("read error")
        return list(report)

    def write(self, report: bytes) -> int:
        assert self._device is not None
        with self._device.changed:
            self._device.written.append(bytes(report))
            self._device.changed.notify_all()
        return len(report)

    def close(self) -> None:
        if self._device is not None:
            self._device.is_open = False
