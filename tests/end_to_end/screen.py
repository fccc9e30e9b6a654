"""A virtual screen with keys and a mouse: what a person at the desk would do, done through the X server."""

import os
import subprocess
from pathlib import Path
from types import TracebackType

from tests.waiting import wait_for


class Screen:
    """Xvfb on a display number that the server finds itself; `environment` sends a program to it. No key repeats itself:
    where the machine is busy, one would seem to be held down."""

    def __init__(self, size: str = "1366x768") -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-r"],
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        self.environment = {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait(10)

    def key(self, *keys: str) -> None:
        """Presses keys or chords one after the other, as xdotool names them: "F2", "ctrl+s"."""
        self._do("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self._do("type", "--delay", "20", text)

    def click(self, x: int, y: int) -> None:
        self._do("mousemove", str(x), str(y), "click", "1")

    def focus(self, title: str) -> None:
        """Gives the keyboard to the newest window with this title (no window manager runs here to do it)."""
        wait_for(lambda: self._focuses(title), f"a window of the title {title} that takes the keyboard", 15, 0.1)

    def _focuses(self, title: str) -> bool:
        """False where the window is not drawn yet: the server gives the keyboard to none that cannot be seen."""
        words = ["xdotool", "search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "%@"]
        return subprocess.run(words, env=self._env(), check=False, timeout=20, capture_output=True).returncode == 0

    def picture(self, path: Path) -> None:
        """A PNG of the whole screen, where ImageMagick is there to take it."""
        subprocess.run(["import", "-window", "root", str(path)], env=self._env(), check=False, timeout=20)

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env(), check=True, timeout=20, stdout=subprocess.DEVNULL)

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment}
