"""A real telephone exchange for tests: Asterisk 16 in a Debian 11 folder, on 127.0.0.x only, set up from this file.

The folder is `JIESU_EXCHANGE`, else `jiesu/bullseye` in the user's cache; `install()` makes it (root and debootstrap needed).
Agents 1001-1004 (password "pw" + number), digest, TCP and UDP. Extensions: 600 echo, 602 tone 440 Hz, 603 tone 880 Hz and
records both ways, 604 reads four digits, 605 early media, 611/612 tones 500/1500 Hz, 9xxx the same behind a bridge, 12345 a
queue, 110/119/120/122 through the emergency gateway. Whoever calls from TRUNK may ring an agent or the queue.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from filelock import FileLock

AGENTS = ("1001", "1002", "1003", "1004")
SLOT = int(os.environ.get("JIESU_EXCHANGE_SLOT") or os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
"""Test sessions and workers with different slots (0-250) have exchanges of their own: 127.0.SLOT.x."""
TRUNK = f"127.0.{SLOT}.5"
_UNUSED = (
    "chan_sip",
    "chan_iax2",
    "chan_skinny",
    "chan_unistim",
    "chan_mgcp",
    "chan_ooh323",
    "chan_alsa",
    "chan_oss",
    "chan_console",
    "chan_motif",
    "res_xmpp",
    "res_fax",
    "res_calendar",
    "res_phoneprov",
    "res_hep",
    "res_config_pgsql",
    "pbx_dundi",
    "app_voicemail",
    "cdr_radius",
    "cel_radius",
    "cdr_pgsql",
    "cel_pgsql",
)


def _folder() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("JIESU_EXCHANGE") or cache / "jiesu" / "bullseye")


FOLDER = _folder()
"""Fixed when this is imported: tests get a home of their own later."""


def is_installed() -> bool:
    return (FOLDER / "usr/sbin/asterisk").exists()


def why_not() -> str:
    """Why the exchange cannot run here; "" where it can."""
    if not is_installed():
        return "the test exchange is not installed (as root: python -m tests.exchange install)"
    return "" if os.geteuid() == 0 else "the test exchange needs root (chroot)"


def install() -> None:
    """Makes the folder with debootstrap and apt; does nothing where Asterisk is in it already. Needs root and a mirror."""
    root = FOLDER
    if is_installed():
        return
    root.parent.mkdir(parents=True, exist_ok=True)
    if not (root / "usr/bin/apt-get").exists():
        subprocess.run(["debootstrap", "--variant=minbase", "--include=ca-certificates", "bullseye", str(root)], check=True)
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    packages = ["asterisk", "asterisk-core-sounds-en-wav"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["chroot", str(root), "apt-get", "update"], check=True)
    command = ["chroot", str(root), "apt-get", "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, env=environment)


@dataclass(frozen=True, slots=True)
class ExchangePlan:
    """Addresses. `emergency` is where 110/119/120/122 are sent, `trunk_port` where calls to the outside would go.

    Exchanges of different `name` may run side by side, at addresses of their own. `extra`: text added to Asterisk's files by
    name, e.g. {"manager.conf": "[general]…"}; "@FILES@" in it becomes the exchange's folder.
    """

    address: str = f"127.0.{SLOT}.4"
    port: int = 15060
    rtp_first: int = 31000
    rtp_last: int = 31400
    emergency: str = f"127.0.{SLOT}.7:15080"
    trunk_port: int = 15070
    name: str = f"{SLOT}"
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def inside(self) -> str:
        """Its folder as it sees it."""
        return f"/tmp/jiesu-exchange-{self.name}"


class Exchange:
    """One of each name runs at a time on a machine: a lock file beside the folder waits for the other test session."""

    def __init__(self, plan: ExchangePlan | None = None) -> None:
        self.plan = plan or ExchangePlan()
        self._root = FOLDER
        self._lock = FileLock(f"{self._root}.{self.plan.name}.lock", timeout=300)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"{self.plan.address}:{self.plan.port}"

    @property
    def files(self) -> Path:
        """Where it keeps what it recorded and read: rec-rx.wav, rec-tx.wav, digits."""
        return self._root / self.plan.inside.lstrip("/")

    def __enter__(self) -> "Exchange":
        self._lock.acquire()
        try:
            self.start()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
        self._lock.release()

    def start(self) -> None:
        """Returns once it is fully booted. Inside `with` it may be killed and started again."""
        shutil.rmtree(self.files, ignore_errors=True)
        for folder in ("etc", "run", "lib", "spool/monitor", "log"):
            (self.files / folder).mkdir(parents=True, exist_ok=True)
        for name, text in configuration(self.plan).items():
            (self.files / "etc" / name).write_text(text)
        with (self.files / "out").open("wb") as out:
            self._process = subprocess.Popen(
                ["chroot", str(self._root), "/usr/sbin/asterisk", "-f", "-C", f"{self.plan.inside}/etc/asterisk.conf"],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + 30
        while "fully booted" not in self.cli("core waitfullybooted", may_fail=True):
            if time.monotonic() > end or self._process.poll() is not None:
                text = (self.files / "out").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"the test exchange did not start: {text}")
            time.sleep(0.1)

    def cli(self, command: str, *, may_fail: bool = False) -> str:
        """What Asterisk's console says."""
        line = ["chroot", str(self._root), "/usr/sbin/asterisk", "-C", f"{self.plan.inside}/etc/asterisk.conf", "-rx", command]
        return subprocess.run(line, capture_output=True, text=True, timeout=15, check=not may_fail).stdout

    def ring(self, agent: str, extension: str) -> None:
        """Lets the extension call the agent: a bridged call whose far end does what the extension does."""
        self.cli(f"channel originate Local/{extension}@agents/n extension {agent}@agents")

    def hang_up_all(self) -> None:
        self.cli("channel request hangup all", may_fail=True)

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def kill(self) -> None:
        """As a power cut: no BYE, no farewell; the kernel closes its connections."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def stop(self) -> None:
        if self._process is None:
            return
        self.cli("core stop now", may_fail=True)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None


def configuration(plan: ExchangePlan) -> dict[str, str]:
    """Asterisk's files by name."""
    folders = {
        "astetcdir": f"{plan.inside}/etc",
        "astrundir": f"{plan.inside}/run",
        "astvarlibdir": f"{plan.inside}/lib",
        "astdbdir": f"{plan.inside}/lib",
        "astspooldir": f"{plan.inside}/spool",
        "astlogdir": f"{plan.inside}/log",
        "astmoddir": "/usr/lib/asterisk/modules",
        "astdatadir": "/usr/share/asterisk",
        "astagidir": "/usr/share/asterisk/agi-bin",
        "astkeydir": "/var/lib/asterisk",
    }
    files = {
        "asterisk.conf": "\n".join(["[directories]", *(f"{key} => {path}" for key, path in folders.items()), "[options]", ""]),
        "modules.conf": "[modules]\nautoload=yes\n" + "".join(f"noload={name}.so\n" for name in _UNUSED),
        "rtp.conf": f"[general]\nrtpstart={plan.rtp_first}\nrtpend={plan.rtp_last}\nstrictrtp=no\n",
        "logger.conf": "[general]\n[logfiles]\n",
        "pjsip.conf": _pjsip(plan),
        "extensions.conf": _EXTENSIONS.replace("@FILES@", plan.inside),
        "queues.conf": "[general]\n[hotline]\nstrategy=rrmemory\ntimeout=15\nretry=1\nwrapuptime=0\nringinuse=no\n",
        "musiconhold.conf": "[default]\nmode=files\ndirectory=/nowhere\n",
        "features.conf": "[general]\n",
        "http.conf": "[general]\nenabled=no\n",
        "manager.conf": "[general]\nenabled=no\n",
    }
    for name, text in plan.extra.items():
        files[name] = files.get(name, "") + "\n" + text.replace("@FILES@", plan.inside)
    return files


def _pjsip(plan: ExchangePlan) -> str:
    codecs = "disallow=all\nallow=g722,alaw,ulaw\ndirect_media=no\ndtmf_mode=rfc4733\n"
    parts = ["[global]\ntype=global\nuser_agent=test-exchange\n"]
    for protocol in ("udp", "tcp"):
        parts.append(f"[{protocol}]\ntype=transport\nprotocol={protocol}\nbind={plan.address}:{plan.port}\n")
    for agent in AGENTS:
        parts.append(
            f"[{agent}]\ntype=endpoint\ncontext=agents\n{codecs}auth={agent}\naors={agent}\nrtp_symmetric=yes\nforce_rport=yes\n"
            f"rewrite_contact=yes\nsend_pai=yes\ntrust_id_outbound=yes\nrefer_blind_progress=yes\n"
            f'callerid="agent {agent}" <{agent}>\n'
            f"[{agent}]\ntype=auth\nauth_type=userpass\nusername={agent}\npassword=pw{agent}\n"
            f"[{agent}]\ntype=aor\nmax_contacts=2\nremove_existing=yes\nqualify_frequency=0\nminimum_expiration=10\n"
        )
    parts.append(
        f"[trunk]\ntype=endpoint\ncontext=fromtrunk\n{codecs}aors=trunk\ntrust_id_inbound=yes\n"
        f"[trunk]\ntype=aor\ncontact=sip:trunk@{TRUNK}:{plan.trunk_port}\n"
        f"[trunk]\ntype=identify\nendpoint=trunk\nmatch={TRUNK}\n"
        f"[emergency]\ntype=endpoint\ncontext=agents\n{codecs}aors=emergency\n"
        f"[emergency]\ntype=aor\ncontact=sip:{plan.emergency}\n"
    )
    return "\n".join(parts)


_EXTENSIONS = """[general]
static=yes
[agents]
exten => _100X,1,Dial(PJSIP/${EXTEN},30)
exten => 600,1,Answer()
 same => n,Echo()
exten => 602,1,Answer()
 same => n,Playtones(440)
 same => n,Wait(120)
exten => 603,1,Answer()
 same => n,MixMonitor(@FILES@/rec.wav,r(@FILES@/rec-rx.wav)t(@FILES@/rec-tx.wav))
 same => n,Playtones(880)
 same => n,Wait(120)
exten => 604,1,Answer()
 same => n,Read(D,,4,,1,8)
 same => n,System(echo ${D} > @FILES@/digits)
 same => n,Hangup()
exten => 605,1,Progress()
 same => n,Playtones(ring)
 same => n,Wait(2)
 same => n,Answer()
 same => n,Wait(30)
exten => 611,1,Answer()
 same => n,Playtones(500)
 same => n,Wait(120)
exten => 612,1,Answer()
 same => n,Playtones(1500)
 same => n,Wait(120)
exten => _9XXX,1,Dial(Local/${EXTEN:1}@agents,30)
exten => _1[12][0-9],1,Dial(PJSIP/${EXTEN}@emergency,30)
exten => *45,1,Answer()
 same => n,AddQueueMember(hotline,PJSIP/${CALLERID(num)})
 same => n,Hangup()
exten => *46,1,Answer()
 same => n,RemoveQueueMember(hotline,PJSIP/${CALLERID(num)})
 same => n,Hangup()
exten => 12345,1,Answer()
 same => n,Queue(hotline,t)
[fromtrunk]
exten => 12345,1,Answer()
 same => n,Queue(hotline,tc)
exten => _100X,1,Dial(PJSIP/${EXTEN},30,b(callhead^s^1))
[callhead]
exten => s,1,Set(PJSIP_HEADER(add,X-Call-ID)=${UNIQUEID})
 same => n,Set(PJSIP_HEADER(add,User-to-User)=7469636b6574\\;encoding=hex)
 same => n,Return()
"""


if __name__ == "__main__":
    install()
