"""The sound devices as a PulseAudio (or PipeWire) server knows them, and its word the moment one comes or goes.

Speaks with the client library itself (libpulse, there wherever PulseAudio sounds), so no tool has to be installed. All
callbacks run on the library's own thread.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.telephony import pulse_library as pa
from app.telephony.pulse_loop import PulseLoop

_WANTED = 0x01 | 0x02 | 0x80  # sinks, sources, the server's defaults
_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class PulseDevice:
    """`name` is unique on this server and what streams ask for; `description` is what people read."""

    name: str
    description: str
    is_input: bool
    is_default: bool
    is_muted: bool


class PulseWatch:
    """`devices` is always the newest list. Raises OSError where no server answers within two seconds.

    `changed` is called on the library's thread after each change of the list, and once when the server is lost.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.devices: tuple[PulseDevice, ...] = ()
        self.is_lost = False
        self._has_list = threading.Event()
        self._defaults = ("", "")
        self._coming: dict[bool, list[tuple[str, str, bool]]] = {False: [], True: []}
        self._came: dict[bool, list[tuple[str, str, bool]]] = {}
        self.loop = PulseLoop()
        self.library = self.loop.library
        self.context: Any = None
        self._callbacks = (  # held: C keeps only their addresses
            pa.StateCallback(self._state_changed),
            pa.EventCallback(lambda *_: self._ask()),
            pa.DeviceCallback(lambda _context, info, end, _data: self._device(False, info, end)),
            pa.DeviceCallback(lambda _context, info, end, _data: self._device(True, info, end)),
            pa.ServerCallback(self._server),
        )
        self._is_closed = False
        if not self.loop.do(self._connect) or not self._has_list.wait(_PATIENCE_S):
            self.close()
            raise OSError("no PulseAudio server answers")
        if self.is_lost:
            self.close()
            raise OSError("the PulseAudio server refuses us")

    def close(self) -> None:
        """Any thread but the library's own."""
        if not self._is_closed:
            self._is_closed = True
            self.loop.do(self._disconnect)
            self.loop.close()

    # --- the library's thread ---

    def _connect(self) -> bool:
        self.context = self.library.pa_context_new(self.loop.api, b"Jiesu")
        self.library.pa_context_set_state_callback(self.context, self._callbacks[0], None)
        return bool(self.library.pa_context_connect(self.context, None, pa.NO_AUTOSPAWN, None) >= 0)

    def _disconnect(self) -> None:
        self.library.pa_context_set_state_callback(self.context, pa.StateCallback(), None)
        self.library.pa_context_disconnect(self.context)
        self.library.pa_context_unref(self.context)

    def _state_changed(self, context: Any, _data: Any) -> None:
        state = self.library.pa_context_get_state(context)
        if state == pa.READY:
            self.library.pa_context_set_subscribe_callback(context, self._callbacks[1], None)
            self._forget(self.library.pa_context_subscribe(context, _WANTED, None, None))
            self._ask()
        elif state in (pa.FAILED, pa.TERMINATED):
            self.is_lost = True
            self._has_list.set()
            self._changed()

    def _ask(self) -> None:
        self._forget(self.library.pa_context_get_server_info(self.context, self._callbacks[4], None))
        self._coming = {False: [], True: []}
        self._forget(self.library.pa_context_get_sink_info_list(self.context, self._callbacks[2], None))
        self._forget(self.library.pa_context_get_source_info_list(self.context, self._callbacks[3], None))

    def _forget(self, operation: Any) -> None:
        if operation:
            self.library.pa_operation_unref(operation)

    def _server(self, _context: Any, info: Any, _data: Any) -> None:
        if info:
            self._defaults = (_text(info.contents.default_sink), _text(info.contents.default_source))

    def _device(self, is_input: bool, info: Any, end: int) -> None:
        if end or not info:
            self._came[is_input] = self._coming.get(is_input, [])
            self._coming[is_input] = []
            if is_input:
                self._publish()
            return
        found = info.contents
        if not is_input or found.monitor == pa.NOT_A_MONITOR:
            name = _text(found.name)
            self._coming[is_input].append((name, _text(found.description) or name, bool(found.mute)))

    def _publish(self) -> None:
        sink, source = self._defaults
        devices = tuple(
            PulseDevice(name, description, is_input, name == (source if is_input else sink), is_muted)
            for is_input, found in sorted(self._came.items())
            for name, description, is_muted in found
        )
        is_new = devices != self.devices
        self.devices = devices
        self._has_list.set()
        if is_new:
            self._changed()


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace")
