import threading
from typing import Any

import pytest

from app.telephony import streams
from app.telephony.devices import Device, Devices
from app.telephony.engines import StreamFailed
from app.telephony.streams import EarpieceStream

DEVICE = Device(0, "headset", 0, 1, 16_000)


class HangingPortAudio:
    """Its streams never come back from `hangs_in`, as when the sound server dies at this moment."""

    class PortAudioError(Exception):
        pass

    def __init__(self, hangs_in: str) -> None:
        self.hangs_in = hangs_in
        self.asked: list[str] = []
        self.end = threading.Event()
        self.callback: Any = None

    def RawOutputStream(self, callback: Any, **_: Any) -> "HangingPortAudio":
        self.callback = callback
        return self

    def _do(self, what: str) -> None:
        self.asked.append(what)
        if what == self.hangs_in:
            self.end.wait(10)

    def start(self) -> None:
        self._do("start")
        self.callback(bytearray(640), 320, None, None)

    def abort(self, ignore_errors: bool) -> None:
        assert ignore_errors
        self._do("abort")

    def close(self, ignore_errors: bool) -> None:
        assert ignore_errors
        self._do("close")


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    left_alone: list[Any] = []
    monkeypatch.setattr(streams, "_stuck", left_alone)
    monkeypatch.setattr(streams, "_PATIENCE_S", 0.2)
    return left_alone


@pytest.mark.expects_log("PortAudio hangs")
def test_a_stream_that_never_starts_is_given_up_and_not_touched_again(stuck: list[Any]) -> None:
    library = HangingPortAudio("start")

    with pytest.raises(StreamFailed, match="does not answer"):
        EarpieceStream(library, DEVICE, Devices((DEVICE,), -1, 0), lambda _count: None)

    assert (library.asked, stuck) == (["start"], [library])
    library.end.set()


@pytest.mark.expects_log("PortAudio hangs")
def test_a_stream_that_cannot_be_closed_holds_up_nobody(stuck: list[Any]) -> None:
    library = HangingPortAudio("abort")
    stream = EarpieceStream(library, DEVICE, Devices((DEVICE,), -1, 0), lambda _count: None)

    stream.close()

    assert (library.asked, stuck) == (["start", "abort"], [library])
    library.end.set()


def test_a_stream_that_behaves_is_closed_and_forgotten(stuck: list[Any]) -> None:
    library = HangingPortAudio("")
    stream = EarpieceStream(library, DEVICE, Devices((DEVICE,), -1, 0), lambda _count: None)

    stream.close()

    assert (library.asked, stuck) == (["start", "abort", "close"], [])
