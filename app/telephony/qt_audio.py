"""Sound through QtMultimedia: PulseAudio on Linux, WASAPI on Windows. The one place of `app` that knows Qt.

Qt lives here on a thread of its own with an event loop of its own, in a process that has no window. Everything of Qt is made,
used and dropped on that thread.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

import numpy as np
import soxr

try:
    from PySide6.QtCore import QCoreApplication, QEventLoop, QIODevice, QObject, Qt, Signal
    from PySide6.QtMultimedia import QAudio, QAudioDevice, QAudioFormat, QAudioSink, QAudioSource, QMediaDevices
except ImportError as lacking:  # the engine says so when it is asked to start
    raise ImportError(f"QtMultimedia: {lacking}") from None

from app.telephony.devices import RATE, Device, Devices, pulse_devices
from app.telephony.engines import EngineFailed, Pull, Push, StreamFailed
from app.telephony.pulse import PulseWatch

log = logging.getLogger(__name__)

_PATIENCE_S = 5.0
_SILENT_S = 1.2
_BUFFER_MS = 40
_MICROPHONE_MS = 20
_OURS = RATE * 20 // 1000 * 2
_Result = TypeVar("_Result")
Do = Callable[[Callable[[], None]], None]
Lost = Callable[[], bool]
_left_alone: list[object] = []
"""Streams of a sound server that died, held so that nothing touches them."""


class QtEngine:
    name = "qt"

    def __init__(self, changed: Callable[[], None]) -> None:
        """Raises EngineFailed where Qt finds no sound system."""
        self._changed = changed
        self._watch: PulseWatch | None = None
        if sys.platform == "linux":
            self._watch = _watch(changed)
        self._room: _Room | None = None
        started: Future[_Room] = Future()
        self._thread = threading.Thread(target=self._run, args=(started,), name="qt-audio", daemon=True)
        self._thread.start()
        try:
            self._room = started.result(_PATIENCE_S)
            self._devices = self._do(self._list)
        except Exception as wrong:
            self.close()
            raise EngineFailed(f"QtMultimedia: {wrong or type(wrong).__name__}") from None

    @property
    def sees_devices(self) -> bool:
        return self._watch is None or not self._watch.is_lost

    def devices(self) -> Devices:
        return pulse_devices(self._watch) if self._watch is not None else self._devices

    def look_again(self) -> None:
        """The sound server was lost: it is looked for again."""
        if self._watch is not None and self._watch.is_lost:
            with suppress(EngineFailed):
                fresh = _watch(self._changed)
                self._watch.close()
                self._watch = fresh

    def open_microphone(self, device: Device, push: Push) -> "_Microphone":
        return self._do(lambda: _Microphone(self._do, self._find(device, True), device.name, push, self._lost()))

    def open_earpiece(self, device: Device, pull: Pull) -> "_Earpiece":
        return self._do(lambda: _Earpiece(self._do, self._find(device, False), device.name, pull, self._lost()))

    def _lost(self) -> Callable[[], bool]:
        """Says whether the sound server of now is gone: stopping a stream of a dead one aborts the process, inside Qt."""
        watch = self._watch
        return lambda: watch is not None and watch.is_lost

    def close(self) -> None:
        if self._room is not None:
            self._room.post(self._room.ended.emit)
            self._thread.join(_PATIENCE_S)
        if self._watch is not None:
            self._watch.close()

    def _do(self, work: Callable[[], _Result]) -> _Result:
        """Runs `work` on Qt's thread and gives its result; raises StreamFailed for a Qt that hangs."""
        if threading.current_thread() is self._thread or self._room is None:
            return work()
        answer: Future[_Result] = Future()

        def run() -> None:
            try:
                answer.set_result(work())
            except Exception as wrong:
                answer.set_exception(wrong)

        self._room.post(run)
        try:
            return answer.result(_PATIENCE_S)
        except TimeoutError:
            raise StreamFailed("Qt does not answer") from None

    def _run(self, started: "Future[_Room]") -> None:
        try:
            self._app = QCoreApplication.instance() or QCoreApplication([])  # one in a process; held
            loop, room = QEventLoop(), _Room()
            room.ended.connect(loop.quit)
            room.devices.audioInputsChanged.connect(self._devices_changed)
            room.devices.audioOutputsChanged.connect(self._devices_changed)
        except Exception as wrong:
            started.set_exception(wrong)
            return
        started.set_result(room)
        loop.exec()

    def _devices_changed(self) -> None:
        self._devices = self._list()
        self._changed()

    def _list(self) -> Devices:
        found = [_device(each, True) for each in QMediaDevices.audioInputs()]
        found += [_device(each, False) for each in QMediaDevices.audioOutputs()]
        return Devices(tuple(found), -1, -1)

    def _find(self, device: Device, is_input: bool) -> QAudioDevice:
        able = QMediaDevices.audioInputs() if is_input else QMediaDevices.audioOutputs()
        found = next((each for each in able if _handle(each) == device.handle), None)
        if found is None:
            raise StreamFailed(f"{device.name}: Qt does not see it")
        return found


class _Room(QObject):
    """What lives on Qt's thread as long as it runs; `post` runs something there."""

    ended = Signal()
    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.devices = QMediaDevices()
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, work: Callable[[], None]) -> None:
        self._posted.emit(work)

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("a step on Qt's sound thread failed")


class _Microphone:
    def __init__(self, do: Do, device: QAudioDevice, name: str, push: Push, is_lost: Lost) -> None:
        self.name = name
        self._do, self._push, self._is_lost = do, push, is_lost
        self._shape = _Shape(device)
        self._last = time.monotonic()
        self._source = QAudioSource(device, self._shape.format)
        self._source.setBufferSize(self._shape.bytes_of(_MICROPHONE_MS))
        self._from: QIODevice | None = self._source.start()
        if self._from is None or self._source.error() != QAudio.Error.NoError:
            raise StreamFailed(f"{name}: {self._source.error().name}")
        self._from.readyRead.connect(self._came)

    @property
    def is_alive(self) -> bool:
        return time.monotonic() - self._last < _SILENT_S

    def close(self) -> None:
        self._do(self._stop)

    def _stop(self) -> None:
        source, self._from = self._source, None
        if self._is_lost():
            _left_alone.append(source)
            return
        source.stop()
        source.deleteLater()

    def _came(self) -> None:
        if self._from is not None:
            samples = bytes(self._from.readAll().data())
            if samples:
                self._last = time.monotonic()
                self._push(self._shape.to_ours(samples))


class _Earpiece:
    def __init__(self, do: Do, device: QAudioDevice, name: str, pull: Pull, is_lost: Lost) -> None:
        self.name = name
        self._do, self._is_lost = do, is_lost
        self._shape = _Shape(device)
        self._well = _Well(self._shape, pull)
        self._well.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)
        self._sink = QAudioSink(device, self._shape.format)
        self._sink.setBufferSize(self._shape.bytes_of(_BUFFER_MS))
        self._sink.start(self._well)
        if self._sink.error() not in (QAudio.Error.NoError, QAudio.Error.UnderrunError):
            raise StreamFailed(f"{name}: {self._sink.error().name}")

    @property
    def is_alive(self) -> bool:
        return time.monotonic() - self._well.last < _SILENT_S

    def close(self) -> None:
        self._do(self._stop)

    def _stop(self) -> None:
        if self._is_lost():
            _left_alone.append((self._sink, self._well))
            return
        self._sink.stop()
        self._sink.deleteLater()
        self._well.close()


class _Well(QIODevice):
    """Qt draws from here whenever the device wants sound."""

    def __init__(self, shape: "_Shape", pull: Pull) -> None:
        super().__init__()
        self._shape, self._pull = shape, pull
        self._rest = b""
        self.last = time.monotonic()

    def readData(self, most: int) -> bytes:
        self.last = time.monotonic()
        if self._shape.is_ours:
            count = most & ~1
            return self._pull(count) or bytes(count)
        while len(self._rest) < most:
            self._rest += self._shape.from_ours(self._pull(_OURS) or bytes(_OURS))
        taken, self._rest = self._rest[:most], self._rest[most:]
        return taken

    def writeData(self, data: Any, _size: int = 0, /) -> int:  # noqa: ARG002
        return 0

    def bytesAvailable(self) -> int:
        return 1 << 16

    def isSequential(self) -> bool:
        return True


class _Shape:
    """Our 16 kHz mono where the device takes it, else its own rate and channels, turned into ours and back."""

    def __init__(self, device: QAudioDevice) -> None:
        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self.is_ours = bool(device.isFormatSupported(form))
        if not self.is_ours:
            form = device.preferredFormat()
            form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
            self._in = soxr.ResampleStream(form.sampleRate(), RATE, 1, dtype="int16")
            self._out = soxr.ResampleStream(RATE, form.sampleRate(), 1, dtype="int16")
        self.format = form
        self._channels = max(1, form.channelCount())

    def bytes_of(self, milliseconds: int) -> int:
        return int(self.format.sampleRate() * milliseconds // 1000 * 2 * self._channels)

    def to_ours(self, samples: bytes) -> bytes:
        if self.is_ours:
            return samples
        heard = np.frombuffer(samples, "<i2").reshape(-1, self._channels)[:, 0]
        return bytes(self._in.resample_chunk(np.ascontiguousarray(heard)).tobytes())

    def from_ours(self, samples: bytes) -> bytes:
        spoken = self._out.resample_chunk(np.frombuffer(samples, "<i2"))
        return bytes(np.repeat(spoken, self._channels).astype("<i2").tobytes())


def _watch(changed: Callable[[], None]) -> PulseWatch:
    try:
        return PulseWatch(changed)
    except OSError as wrong:
        raise EngineFailed(f"QtMultimedia: {wrong}") from None


def _handle(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _device(device: QAudioDevice, is_input: bool) -> Device:
    return Device(-1, device.description(), int(is_input), int(not is_input), RATE, _handle(device), device.isDefault())


os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
