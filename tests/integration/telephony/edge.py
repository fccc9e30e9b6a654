"""Kamailio as another maker's exchange: takes any registration, hands calls on to whoever is registered, stays in the route."""

import shutil
import subprocess
import time
from pathlib import Path

_CONFIG = """#!KAMAILIO
children=1
tcp_children=2
log_stderror=yes
debug=1
listen=udp:@ADDRESS@
listen=tcp:@ADDRESS@
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
modparam("usrloc", "db_mode", 0)
request_route {
    if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
    if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
    if (is_method("REGISTER")) { save("location"); exit; }
    if (has_totag()) {
        loose_route();
        t_relay();
        exit;
    }
    if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
    record_route();
    if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
    t_relay();
}
"""


def is_installed() -> bool:
    return shutil.which("kamailio") is not None


class Edge:
    def __init__(self, folder: Path, host: str, port: int = 15060) -> None:
        self.address = f"{host}:{port}"
        self._folder = folder / "kamailio"
        self._folder.mkdir()
        self._config = self._folder / "kamailio.cfg"
        self._config.write_text(_CONFIG.replace("@ADDRESS@", self.address))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "out").open("ab") as out:
            self._process = subprocess.Popen(
                ["kamailio", "-DD", "-f", str(self._config), "-Y", str(self._folder), "-m", "32", "-M", "4"],
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + 15
        while b"LISTEN" not in self._listening():
            assert self._process.poll() is None, (self._folder / "out").read_text(errors="replace")[-2000:]
            assert time.monotonic() < end, "kamailio does not listen"
            time.sleep(0.1)

    def _listening(self) -> bytes:
        return subprocess.run(["ss", "-Hltn", f"src {self.address}"], capture_output=True, check=True).stdout

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(5)
            self._process = None
