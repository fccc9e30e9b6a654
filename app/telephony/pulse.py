"""The sound devices as a PulseAudio (or PipeWire) server knows them, and its word the moment one comes or goes.

Speaks with the client library itself (libpulse, there wherever PulseAudio sounds), so no tool has to be installed. All
callbacks run on the library's own thread.
"""

import ctypes as c
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_READY, _FAILED, _TERMINATED = 4, 5, 6
_WANTED = 0x01 | 0x02 | 0x80  # sinks, sources, the server's defaults
_NO_AUTOSPAWN = 1
_NOT_A_MONITOR = 0xFFFFFFFF
_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class PulseDevice:
    """`name` is unique on this server and what streams ask for; `description` is what people read."""

    name: str
    description: str
    is_input: bool
    is_default: bool
    is_muted: bool


class _SampleSpec(c.Structure):
    _fields_ = (("format", c.c_int), ("rate", c.c_uint32), ("channels", c.c_uint8))


class _ChannelMap(c.Structure):
    _fields_ = (("channels", c.c_uint8), ("map", c.c_int * 32))


class _Volume(c.Structure):
    _fields_ = (("channels", c.c_uint8), ("values", c.c_uint32 * 32))


class _DeviceInfo(c.Structure):
    """The common beginning of pa_sink_info and pa_source_info (pulse/introspect.h)."""

    _fields_ = (
        ("name", c.c_char_p),
        ("index", c.c_uint32),
        ("description", c.c_char_p),
        ("spec", _SampleSpec),
        ("map", _ChannelMap),
        ("owner", c.c_uint32),
        ("volume", _Volume),
        ("mute", c.c_int),
        ("monitor", c.c_uint32),  # of a source: the sink whose sound it repeats
    )


class _ServerInfo(c.Structure):
    _fields_ = (
        ("user", c.c_char_p),
        ("host", c.c_char_p),
        ("version", c.c_char_p),
        ("server", c.c_char_p),
        ("spec", _SampleSpec),
        ("default_sink", c.c_char_p),
        ("default_source", c.c_char_p),
    )


_StateCallback = c.CFUNCTYPE(None, c.c_void_p, c.c_void_p)
_EventCallback = c.CFUNCTYPE(None, c.c_void_p, c.c_int, c.c_uint32, c.c_void_p)
_DeviceCallback = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(_DeviceInfo), c.c_int, c.c_void_p)
_ServerCallback = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(_ServerInfo), c.c_void_p)


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
        self._library = library = _load()
        self._callbacks = (  # held: C keeps only their addresses
            _StateCallback(self._state_changed),
            _EventCallback(lambda *_: self._ask()),
            _DeviceCallback(lambda _context, info, end, _data: self._device(False, info, end)),
            _DeviceCallback(lambda _context, info, end, _data: self._device(True, info, end)),
            _ServerCallback(self._server),
        )
        self._loop = library.pa_threaded_mainloop_new()
        self._context = library.pa_context_new(library.pa_threaded_mainloop_get_api(self._loop), b"Jiesu devices")
        library.pa_context_set_state_callback(self._context, self._callbacks[0], None)
        refused = library.pa_context_connect(self._context, None, _NO_AUTOSPAWN, None)
        if refused < 0 or library.pa_threaded_mainloop_start(self._loop) < 0 or not self._has_list.wait(_PATIENCE_S):
            self.close()
            raise OSError("no PulseAudio server answers")
        if self.is_lost:
            self.close()
            raise OSError("the PulseAudio server refuses us")

    def close(self) -> None:
        """Any thread but the library's own."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        self._library.pa_threaded_mainloop_stop(loop)
        self._library.pa_context_set_state_callback(self._context, _StateCallback(), None)
        self._library.pa_context_disconnect(self._context)
        self._library.pa_context_unref(self._context)
        self._library.pa_threaded_mainloop_free(loop)

    # --- the library's thread ---

    def _state_changed(self, context: Any, _data: Any) -> None:
        state = self._library.pa_context_get_state(context)
        if state == _READY:
            self._library.pa_context_set_subscribe_callback(context, self._callbacks[1], None)
            self._forget(self._library.pa_context_subscribe(context, _WANTED, None, None))
            self._ask()
        elif state in (_FAILED, _TERMINATED):
            self.is_lost = True
            self._has_list.set()
            self._changed()

    def _ask(self) -> None:
        self._forget(self._library.pa_context_get_server_info(self._context, self._callbacks[4], None))
        self._coming = {False: [], True: []}
        self._forget(self._library.pa_context_get_sink_info_list(self._context, self._callbacks[2], None))
        self._forget(self._library.pa_context_get_source_info_list(self._context, self._callbacks[3], None))

    def _forget(self, operation: Any) -> None:
        if operation:
            self._library.pa_operation_unref(operation)

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
        if not is_input or found.monitor == _NOT_A_MONITOR:
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


def _load() -> Any:
    library = c.CDLL("libpulse.so.0")
    pointer, text = c.c_void_p, c.c_char_p
    for function, gives, takes in (
        ("pa_threaded_mainloop_new", pointer, ()),
        ("pa_threaded_mainloop_get_api", pointer, (pointer,)),
        ("pa_threaded_mainloop_start", c.c_int, (pointer,)),
        ("pa_threaded_mainloop_stop", None, (pointer,)),
        ("pa_threaded_mainloop_free", None, (pointer,)),
        ("pa_context_new", pointer, (pointer, text)),
        ("pa_context_connect", c.c_int, (pointer, text, c.c_int, pointer)),
        ("pa_context_disconnect", None, (pointer,)),
        ("pa_context_unref", None, (pointer,)),
        ("pa_context_get_state", c.c_int, (pointer,)),
        ("pa_context_set_state_callback", None, (pointer, _StateCallback, pointer)),
        ("pa_context_set_subscribe_callback", None, (pointer, _EventCallback, pointer)),
        ("pa_context_subscribe", pointer, (pointer, c.c_int, pointer, pointer)),
        ("pa_context_get_server_info", pointer, (pointer, _ServerCallback, pointer)),
        ("pa_context_get_sink_info_list", pointer, (pointer, _DeviceCallback, pointer)),
        ("pa_context_get_source_info_list", pointer, (pointer, _DeviceCallback, pointer)),
        ("pa_operation_unref", None, (pointer,)),
    ):
        called = getattr(library, function)
        called.restype, called.argtypes = gives, takes
    return library
