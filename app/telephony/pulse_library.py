"""PulseAudio's client library (libpulse), as ctypes sees it: the few calls we make, their structures and constants."""

import ctypes as c
from typing import Any

READY, FAILED, TERMINATED = 4, 5, 6
"""States of a context (pa_context_state_t)."""
STREAM_READY, STREAM_FAILED, STREAM_TERMINATED = 2, 3, 4
NO_AUTOSPAWN = 1
NOT_A_MONITOR = 0xFFFFFFFF
DONT_MOVE, ADJUST_LATENCY = 0x0200, 0x2000
S16LE = 3
AS_THE_SERVER_LIKES = 0xFFFFFFFF


class SampleSpec(c.Structure):
    _fields_ = (("format", c.c_int), ("rate", c.c_uint32), ("channels", c.c_uint8))


class ChannelMap(c.Structure):
    _fields_ = (("channels", c.c_uint8), ("map", c.c_int * 32))


class Volume(c.Structure):
    _fields_ = (("channels", c.c_uint8), ("values", c.c_uint32 * 32))


class DeviceInfo(c.Structure):
    """The common beginning of pa_sink_info and pa_source_info (pulse/introspect.h)."""

    _fields_ = (
        ("name", c.c_char_p),
        ("index", c.c_uint32),
        ("description", c.c_char_p),
        ("spec", SampleSpec),
        ("map", ChannelMap),
        ("owner", c.c_uint32),
        ("volume", Volume),
        ("mute", c.c_int),
        ("monitor", c.c_uint32),  # of a source: the sink whose sound it repeats
    )


class ServerInfo(c.Structure):
    _fields_ = (
        ("user", c.c_char_p),
        ("host", c.c_char_p),
        ("version", c.c_char_p),
        ("server", c.c_char_p),
        ("spec", SampleSpec),
        ("default_sink", c.c_char_p),
        ("default_source", c.c_char_p),
    )


class BufferSizes(c.Structure):
    """pa_buffer_attr, in bytes: at most, standing, before it starts, a request, a piece of a recording."""

    _fields_ = (
        ("most", c.c_uint32),
        ("standing", c.c_uint32),
        ("before", c.c_uint32),
        ("request", c.c_uint32),
        ("piece", c.c_uint32),
    )


INPUT = 1
"""There is something to read (pa_io_event_flags_t)."""
IoCallback = c.CFUNCTYPE(None, c.c_void_p, c.c_void_p, c.c_int, c.c_int, c.c_void_p)


class MainLoopApi(c.Structure):
    """The beginning of pa_mainloop_api (pulse/mainloop-api.h)."""

    _fields_ = (
        ("userdata", c.c_void_p),
        ("io_new", c.CFUNCTYPE(c.c_void_p, c.c_void_p, c.c_int, c.c_int, IoCallback, c.c_void_p)),
        ("io_enable", c.c_void_p),
        ("io_free", c.CFUNCTYPE(None, c.c_void_p)),
    )


StateCallback = c.CFUNCTYPE(None, c.c_void_p, c.c_void_p)
EventCallback = c.CFUNCTYPE(None, c.c_void_p, c.c_int, c.c_uint32, c.c_void_p)
DeviceCallback = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(DeviceInfo), c.c_int, c.c_void_p)
ServerCallback = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(ServerInfo), c.c_void_p)
BytesCallback = c.CFUNCTYPE(None, c.c_void_p, c.c_size_t, c.c_void_p)

FILE = "libpulse.so.0"
_POINTER, _TEXT = c.c_void_p, c.c_char_p
_SIZES = c.POINTER(BufferSizes)
_CALLS: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
    ("pa_mainloop_new", _POINTER, ()),
    ("pa_mainloop_get_api", c.POINTER(MainLoopApi), (_POINTER,)),
    ("pa_mainloop_quit", None, (_POINTER, c.c_int)),
    ("pa_mainloop_free", None, (_POINTER,)),
    ("pa_context_new", _POINTER, (c.POINTER(MainLoopApi), _TEXT)),
    ("pa_context_connect", c.c_int, (_POINTER, _TEXT, c.c_int, _POINTER)),
    ("pa_context_disconnect", None, (_POINTER,)),
    ("pa_context_unref", None, (_POINTER,)),
    ("pa_context_get_state", c.c_int, (_POINTER,)),
    ("pa_context_errno", c.c_int, (_POINTER,)),
    ("pa_context_set_state_callback", None, (_POINTER, StateCallback, _POINTER)),
    ("pa_context_set_subscribe_callback", None, (_POINTER, EventCallback, _POINTER)),
    ("pa_context_subscribe", _POINTER, (_POINTER, c.c_int, _POINTER, _POINTER)),
    ("pa_context_get_server_info", _POINTER, (_POINTER, ServerCallback, _POINTER)),
    ("pa_context_get_sink_info_list", _POINTER, (_POINTER, DeviceCallback, _POINTER)),
    ("pa_context_get_source_info_list", _POINTER, (_POINTER, DeviceCallback, _POINTER)),
    ("pa_operation_unref", None, (_POINTER,)),
    ("pa_strerror", _TEXT, (c.c_int,)),
    ("pa_stream_new", _POINTER, (_POINTER, _TEXT, c.POINTER(SampleSpec), _POINTER)),
    ("pa_stream_unref", None, (_POINTER,)),
    ("pa_stream_get_state", c.c_int, (_POINTER,)),
    ("pa_stream_set_state_callback", None, (_POINTER, StateCallback, _POINTER)),
    ("pa_stream_set_read_callback", None, (_POINTER, BytesCallback, _POINTER)),
    ("pa_stream_set_write_callback", None, (_POINTER, BytesCallback, _POINTER)),
    ("pa_stream_connect_playback", c.c_int, (_POINTER, _TEXT, _SIZES, c.c_int, _POINTER, _POINTER)),
    ("pa_stream_connect_record", c.c_int, (_POINTER, _TEXT, _SIZES, c.c_int)),
    ("pa_stream_disconnect", c.c_int, (_POINTER,)),
    ("pa_stream_peek", c.c_int, (_POINTER, c.POINTER(_POINTER), c.POINTER(c.c_size_t))),
    ("pa_stream_drop", c.c_int, (_POINTER,)),
    ("pa_stream_write", c.c_int, (_POINTER, _TEXT, c.c_size_t, _POINTER, c.c_int64, c.c_int)),
)


def load() -> Any:
    """None of these calls waits, so they keep the interpreter's lock; raises OSError for no such library, or one too old."""
    library = c.PyDLL(FILE)
    try:
        for function, gives, takes in _CALLS:
            called = getattr(library, function)
            called.restype, called.argtypes = gives, takes
    except AttributeError as lacking:
        raise OSError(str(lacking)) from None
    return library


def load_run() -> Any:
    """The one call that waits: pa_mainloop_run(loop, None) returns after pa_mainloop_quit."""
    run = c.CDLL(FILE).pa_mainloop_run
    run.restype, run.argtypes = c.c_int, (_POINTER, c.c_void_p)
    return run
