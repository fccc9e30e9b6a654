"""Whether there is a screen to show windows on. Without Qt: Qt would end the process without a word the user understands."""

import os
import socket
import sys
from pathlib import Path

NO_DISPLAY = (
    "没有可用的显示屏：请在桌面环境中启动，或用 ssh -X，或用虚拟屏幕：xvfb-run -a python3 dev.py run\n"
    "No display: start Jiesu from a desktop session, through `ssh -X`, or on a virtual screen: `xvfb-run -a python3 dev.py run`"
)

X_PORT = 6000
PATIENCE_S = 3.0


def has_display() -> bool:
    """Whether a window could open: on Linux a display is named and takes connections."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal", "vnc")):
        return True
    wayland, display = os.environ.get("WAYLAND_DISPLAY", ""), os.environ.get("DISPLAY", "")
    return bool(wayland and _is_wayland_there(wayland)) or bool(display and _is_x_there(display))


def _is_wayland_there(name: str) -> bool:
    return _takes(socket.AF_UNIX, str(Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / name))


def _is_x_there(display: str) -> bool:
    """By its socket in the file system or the abstract one; of another machine, or through ssh, by its port."""
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        return False
    if host not in ("", "unix"):
        return _takes(socket.AF_INET6 if ":" in host else socket.AF_INET, (host.strip("[]"), X_PORT + int(number)))
    path = Path("/tmp/.X11-unix") / f"X{number}"
    return any(_takes(socket.AF_UNIX, address) for address in (str(path), f"\0{path}"))


def _takes(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family) as client:
            client.settimeout(PATIENCE_S)
            client.connect(address)
    except (OSError, OverflowError, ValueError):
        return False
    return True
