"""Eyes and fingers of a benchmark: looks at pixels of an X screen and presses keys and buttons there, with times.

What is seen here has been painted: it lies in the server's memory. Times are of `time.perf_counter`, one clock for all
processes of a machine. Speaks to libX11 and libXtst, which xdotool brings along.
"""

import ctypes
import ctypes.util
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

_ALL_PLANES = 0xFFFFFFFF
_Z_PIXMAP = 2
_LOOK_EVERY_S = 0.0005


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @staticmethod
    def around(x: int, y: int, width: int, height: int) -> "Box":
        return Box(x - width // 2, y - height // 2, width, height)


class _Image(ctypes.Structure):
    """The beginning of XImage."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("byte_order", ctypes.c_int),
        ("bitmap_unit", ctypes.c_int),
        ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int),
        ("depth", ctypes.c_int),
        ("bytes_per_line", ctypes.c_int),
    )


class Eyes:
    """One connection to a screen; for one thread."""

    def __init__(self, display: str) -> None:
        self._x, self._test = _library("X11"), _library("Xtst")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        opened = self._x.XOpenDisplay(display.encode())
        if not opened:
            raise OSError(f"no screen at {display}")
        self._display = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def __enter__(self) -> "Eyes":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._x.XCloseDisplay(self._display)

    def see(self, box: Box) -> bytes:
        """The pixels of that part of the screen, four bytes each."""
        image = self._x.XGetImage(
            self._display, self._root, box.x, box.y, box.width, box.height, ctypes.c_ulong(_ALL_PLANES), _Z_PIXMAP
        )
        try:
            seen = image.contents
            return ctypes.string_at(seen.data, seen.bytes_per_line * seen.height)
        finally:
            self._x.XDestroyImage(image)

    def watch(self, box: Box, is_there: Callable[[bytes], bool], timeout_s: float = 5.0) -> float:
        """When the box first looked as wanted; raises TimeoutError."""
        end = time.perf_counter() + timeout_s
        while not is_there(self.see(box)):
            if time.perf_counter() > end:
                raise TimeoutError(f"{box} did not come to look as it should within {timeout_s:g} s")
            time.sleep(_LOOK_EVERY_S)
        return time.perf_counter()

    def watch_change(self, box: Box, before: bytes, timeout_s: float = 5.0) -> float:
        """When the box first looked different."""
        return self.watch(box, lambda seen: seen != before, timeout_s)

    def point(self, x: int, y: int) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, ctypes.c_ulong(0))
        self._x.XFlush(self._display)

    def click(self) -> float:
        """Presses and releases the mouse where it is; when the release left us, for that is what a button acts on."""
        self._test.XTestFakeButtonEvent(self._display, 1, 1, ctypes.c_ulong(0))
        self._test.XTestFakeButtonEvent(self._display, 1, 0, ctypes.c_ulong(0))
        begun = time.perf_counter()
        self._x.XFlush(self._display)
        return begun

    def press(self, key: str) -> float:
        """Presses and releases a key by its X name ("F2", "a"); when it left us."""
        code = self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(self._x.XStringToKeysym(key.encode())))
        self._test.XTestFakeKeyEvent(self._display, code, 1, ctypes.c_ulong(0))
        self._test.XTestFakeKeyEvent(self._display, code, 0, ctypes.c_ulong(0))
        begun = time.perf_counter()
        self._x.XFlush(self._display)
        return begun


def why_not() -> str:
    """What is missing to look at a screen; "" = nothing."""
    missing = [name for name in ("X11", "Xtst") if not ctypes.util.find_library(name)]
    return f"no {', '.join(f'lib{name}' for name in missing)} (Debian: xdotool)" if missing else ""


def _library(name: str) -> ctypes.CDLL:
    found = ctypes.util.find_library(name)
    if found is None:
        raise OSError(f"lib{name} is not installed (Debian: xdotool)")
    return ctypes.CDLL(found)
