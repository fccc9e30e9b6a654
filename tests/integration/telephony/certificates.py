"""Certificates for tests, made by openssl: authorities, servers, an expired one."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificate:
    certificate: Path
    key: Path

    @property
    def files(self) -> dict[str, str]:
        """For `ExchangePlan.extra`."""
        return {"tls.crt": self.certificate.read_text(), "tls.key": self.key.read_text()}


class Authority:
    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self.file = folder / f"{name}.crt"
        self._run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                  "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.crt")  # fmt: skip

    def sign(self, name: str, alternative: str, *, is_expired: bool = False) -> Certificate:
        """A server's certificate; `alternative` such as "IP:127.0.0.1" or "DNS:pbx.example.org"."""
        (self._folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\nextendedKeyUsage=serverAuth\n")
        self._run(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr"
        )
        days = ["-days", "-1"] if is_expired else ["-days", "2"]
        self._run("x509", "-req", "-in", f"{name}.csr", "-CA", f"{self._name}.crt", "-CAkey", f"{self._name}.key",
                  "-CAcreateserial", "-extfile", f"{name}.ext", *days, "-out", f"{name}.crt")  # fmt: skip
        return Certificate(self._folder / f"{name}.crt", self._folder / f"{name}.key")

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self._folder, check=True, capture_output=True, timeout=30)
