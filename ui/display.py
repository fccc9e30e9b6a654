"""Whether there is a screen to show windows on. Without Qt: Qt would end the process without a word the user understands."""

import os
import socket
import sys
from pathlib import Path

NO_DISPLAY = (
    "没有可用的显示屏：请在桌面环境中启动，或用 ssh -X，或用虚拟屏幕：xvfb-run -a python3 dev.py run\n"
    "No display: start Jiesu from a desktop session, through `ssh -X`, or on a virtual screen: `xvfb-run -a python3 dev.py run`"
)


def has_display() -> bool:
    """Whether a window could open: on Linux a display is named and, where it is a local one, answers."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal", "vnc")):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    return bool(display) and (not display.startswith(":") or _answers(display))


def _answers(display: str) -> bool:
    """Whether the local X server of this display takes connections, by its socket in the file system or the abstract one."""
    path = Path("/tmp/.X11-unix") / f"X{display[1:].split('.')[0]}"
    for address in (str(path), f"\0{path}"):
        with socket.socket(socket.AF_UNIX) as client:
            if client.connect_ex(address) == 0:
                return True
    return False
