"""The account that the embedded PostgreSQL runs under: PostgreSQL refuses to run as root.

Started by an ordinary user, it runs as that user. Started by root, it runs as a system account of its own, which is made once.
"""

import logging
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

ACCOUNT = "jiesu-db"


@dataclass(frozen=True, slots=True)
class Account:
    """Numbers of the account to switch to; None = the one we have."""

    user: int | None = None
    group: int | None = None

    @property
    def popen(self) -> dict[str, Any]:
        """Arguments that let subprocess run a program as this account."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Makes the account the owner of this file or folder."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def let_reach(self, path: Path) -> None:
        """Lets the account pass through the folders above `path`: search only, not read."""
        if self.user is None:
            return
        for folder in path.resolve().parents:
            mode = folder.stat()
            if mode.st_uid != self.user and not mode.st_mode & stat.S_IXOTH:
                log.info("%s is made searchable, so that PostgreSQL can reach what lies below", folder)
                folder.chmod(stat.S_IMODE(mode.st_mode) | stat.S_IXOTH)


def server_account() -> Account:
    """The account for PostgreSQL; raises OSError where we are root and the account cannot be made."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return Account()
    import pwd

    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if useradd is None:
            raise OSError(f"PostgreSQL must not run as root, and there is no useradd to make the account {ACCOUNT}") from None
        command = [
            useradd,
            "--system",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            ACCOUNT,
        ]
        made = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        try:
            entry = pwd.getpwnam(ACCOUNT)  # another centre may have made it at the same moment
        except KeyError:
            raise OSError(f"the account {ACCOUNT} could not be made: {made.stderr.strip()}") from None
    return Account(entry.pw_uid, entry.pw_gid)


def default_folder() -> Path:
    """Where an embedded centre keeps its data unless told otherwise."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return Path("/var/lib/jiesu/centre")
    import platformdirs

    return platformdirs.user_data_path("jiesu", appauthor=False) / "centre"
