"""A virtual headset for tests: a PulseAudio of our own with null sinks, seen by Qt and by PortAudio.

What the test says into `say` comes out of the microphone "headsetmic"; what goes to the earpiece "headset" is given by
`listen`. "speaker" is a second way out. `freeze` lets the earpiece go dead, `pull` takes it away, `plug` puts it in.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

import numpy as np

RATE = 16_000
MICROPHONE = "headsetmic"
EARPIECE = "headset"
SPEAKER = "speaker"
_ALSA = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
_EAR = "module-null-sink sink_name=ear rate=48000 norewinds=1 sink_properties=device.description=headset"


def why_not() -> str:
    """Why there can be no virtual headset here; "" where it can be."""
    lacking = [name for name in ("pulseaudio", "pactl", "pacat") if not shutil.which(name)]
    if lacking:
        return f"{', '.join(lacking)} not installed (Debian: pulseaudio, pulseaudio-utils)"
    plugins = [*Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")]
    return "" if plugins else "ALSA's pulse plugin is not installed (Debian: libasound2-plugins)"


class VirtualHeadset:
    """`environment` is what a process needs to see it. One at a time in a process tree is enough; several do not meet."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="jp"))
        (self._folder / "run").mkdir(mode=0o700)
        (self._folder / ".asoundrc").write_text(_ALSA)
        self.environment = {
            "HOME": str(self._folder),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
            "XDG_CONFIG_HOME": str(self._folder / "config"),
            "PULSE_SERVER": f"unix:{self._folder}/run/pulse/native",
        }
        self._everything = {**os.environ, **self.environment}
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "VirtualHeadset":
        self.start()
        return self

    def start(self) -> None:
        """The sound server, at first or again."""
        modules = (
            "module-native-protocol-unix",
            _EAR,
            "module-null-sink sink_name=mouth_in rate=48000 norewinds=1",
            "module-remap-source source_name=mouth master=mouth_in.monitor source_properties=device.description=headsetmic",
            "module-null-sink sink_name=speaker rate=48000 norewinds=1 sink_properties=device.description=speaker",
        )
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-level=error"]
            + [part for module in modules for part in ("-L", module)],
            env=self._everything,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 10
        while self._control("info", may_fail=True) != 0:
            assert time.monotonic() < end, "pulseaudio does not start"
            time.sleep(0.05)
        self._control("set-default-sink", "speaker")  # PulseAudio would move what plays on the old default to a new one
        self._control("set-default-source", "mouth")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def stop(self) -> None:
        """The sound server is gone; `start` brings it back."""
        server, self._server = self._server, None
        if server is not None:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(5)

    def streams(self) -> int:
        """How many streams the server carries, but for those of its own modules."""
        return sum(line.split("\t")[2] != "-" for kind in ("sink-inputs", "source-outputs") for line in self._listed(kind))

    def say(self, voice: bytes) -> subprocess.Popen[bytes]:
        """Speaks 16 bit mono of 16 kHz into the microphone; `wait()` on the answer returns when it has been said."""
        file = self._folder / "said"
        file.write_bytes(voice)
        with file.open("rb") as voice_file:
            return subprocess.Popen([*self._cat("--playback", "mouth_in"), "--latency-msec=40"], env=self._everything,
                                    stdin=voice_file)  # fmt: skip

    def listen(self, seconds: float, sink: str = "ear") -> bytes:
        """What goes to the earpiece (or to `sink`) for so long, 16 bit mono of 16 kHz."""
        process = subprocess.Popen([*self._cat("--record", f"{sink}.monitor"), "--latency-msec=40"], env=self._everything,
                                   stdout=subprocess.PIPE)  # fmt: skip
        assert process.stdout is not None
        try:
            return process.stdout.read(int(seconds * RATE) * 2)
        finally:
            process.kill()
            process.wait(5)
            process.stdout.close()

    def record(self, sink: str) -> subprocess.Popen[bytes]:
        """What goes to a sink, from now on, as raw 16 bit mono of 16 kHz on the process's output; to be killed."""
        return subprocess.Popen([*self._cat("--record", f"{sink}.monitor"), "--latency-msec=10"], env=self._everything,
                                stdout=subprocess.PIPE)  # fmt: skip

    def freeze(self) -> None:
        """The earpiece goes dead under whoever uses it, and is still listed."""
        self._control("suspend-sink", "ear", "1")

    def pull(self) -> None:
        """The earpiece is gone, as with a pulled plug."""
        self._control("unload-module", self._module("sink_name=ear"))

    def plug(self) -> None:
        self._control("load-module", *_EAR.split())

    def mute_switch(self, is_on: bool) -> None:
        """The microphone is muted in the system's own settings."""
        self._control("set-source-mute", "mouth", "1" if is_on else "0")

    def _module(self, mark: str) -> str:
        return next(line.split()[0] for line in self._listed("modules") if mark in line.split())

    def _listed(self, kind: str) -> list[str]:
        return subprocess.run(["pactl", "list", "short", kind], env=self._everything, capture_output=True, text=True,
                              check=True, timeout=10).stdout.splitlines()  # fmt: skip

    def _cat(self, way: str, device: str) -> list[str]:
        return ["pacat", way, f"--device={device}", "--format=s16le", f"--rate={RATE}", "--channels=1", "--raw"]

    def _control(self, *words: str, may_fail: bool = False) -> int:
        return subprocess.run(["pactl", *words], env=self._everything, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              check=not may_fail, timeout=10).returncode  # fmt: skip


def tone(pitch: float, seconds: float, peak: float = 9000.0) -> bytes:
    clock = np.arange(int(seconds * RATE)) / RATE
    return bytes((peak * np.sin(2 * np.pi * pitch * clock)).astype("<i2").tobytes())
