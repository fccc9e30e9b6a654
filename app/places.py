"""Where the parts of one running console find each other: handed down by the launcher in the environment."""

import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path

PREFIX = "JIESU_"


@dataclass(frozen=True, slots=True)
class Places:
    """`home` holds what lasts (settings, store, logs, cache), `run` what lives as long as the launcher (sockets, taps).

    `key` lets a process into the links. Addresses are "127.0.0.1:port"; "" = not there. `trainers`: the loopback SIP agents
    that answer as 110/119/120/122, first the one behind the "exchange", then the one behind the "second gateway".
    """

    home: str
    run: str
    key: str
    models: str
    sip_port: int = 0
    practice_sip: str = ""
    trainers: str = ""
    centre: str = ""
    centre_token: str = ""
    pack: str = ""

    @property
    def link_key(self) -> bytes:
        return bytes.fromhex(self.key)

    def link(self, process: str) -> str:
        """Where the link of "telephony", "speech" or "practice" listens."""
        if os.name == "nt":
            return rf"\\.\pipe\jiesu-{Path(self.run).name}-{process}"
        return str(Path(self.run) / process)

    @property
    def taps(self) -> Path:
        return Path(self.run) / "taps"

    @property
    def settings_file(self) -> Path:
        return Path(self.home) / "settings.toml"

    @property
    def store(self) -> Path:
        return Path(self.home) / "store"

    @property
    def logs(self) -> Path:
        return Path(self.home) / "logs"

    @property
    def cache(self) -> Path:
        return Path(self.home) / "cache"

    def to_env(self) -> dict[str, str]:
        """Every place by its own name, and what each process wants to know under the name it asks for."""
        given = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        derived = {
            "telephony_link": self.link("telephony"),
            "speech_link": self.link("speech"),
            "practice_link": self.link("practice"),
            "link_key": self.key,
            "taps": str(self.taps),
            "cache": str(self.cache),
            "trainer_sip": self.trainers,
            "trainer_folder": str(Path(self.home) / "trainer"),
            "practice_pack": self.pack,
        }
        return {PREFIX + name.upper(): value for name, value in (given | derived).items()}

    @staticmethod
    def from_env() -> "Places":
        """Raises KeyError where the process was not started by the launcher."""
        env = os.environ
        values = {field.name: env[PREFIX + field.name.upper()] for field in fields(Places)}
        return Places(**{**values, "sip_port": int(values["sip_port"])})  # type: ignore[arg-type]  # every other field is text


def new_key() -> str:
    return secrets.token_hex(32)
