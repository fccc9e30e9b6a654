"""The file of an evidence pack: a ZIP of its parts with a signed list of their hashes, enciphered as a whole.

Layout: "JIESUEV1" | salt (16) | pieces of u32 length | AES-256-GCM of up to 1 MB of the ZIP; nonce = number of the piece, its
top bit set on the last, so that no piece can be left out, moved or cut off unseen. Keys (HKDF-SHA256 of the store's evidence
key): one to encipher, one that signs `manifest.json` (HMAC-SHA256 in `manifest.mac`). The manifest names the pack sealed before
it and that one's signature: packs form a chain. The time is this machine's clock; no outside authority stamps it.
"""

import hashlib
import hmac
import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.evidence import Flaw, PackFacts

SUFFIX = ".jsev"
MANIFEST, SIGNATURE = "manifest.json", "manifest.mac"
PIECE = 1 << 20
KEY_BYTES = 32

_MAGIC = b"JIESUEV1"
_SALT = 16
_LENGTH = struct.Struct(">I")
_LAST = 1 << 95


class Sink(Protocol):
    """What a part is written into."""

    def write(self, data: bytes, /) -> int: ...


Content = bytes | Callable[[Sink], None]
"""A part's bytes, or what writes them (an hour of sound need not stand in memory)."""


class PackUnreadable(ValueError):
    """The file is damaged, cut short, or was not sealed with this key."""


class Part(msgspec.Struct, frozen=True):
    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What is signed. `previous` and `previous_mac`: the pack sealed before this one by the same store, "" = none."""

    facts: PackFacts
    parts: tuple[Part, ...]
    previous: str
    previous_mac: str
    clock: str = "the console's own"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A pack as it was written. `mac` is what the next one names."""

    mac: str
    sha256: str
    size: int


def write_pack(path: Path, key: bytes, facts: PackFacts, parts: dict[str, Content], previous: tuple[str, str]) -> Sealed:
    """Writes the file in one step, on the disk when this returns. Raises OSError."""
    fresh = path.with_suffix(".new")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            counted = _Counted(file)
            salt = os.urandom(_SALT)
            counted.write(_MAGIC + salt)
            pieces = _Pieces(counted, AESGCM(_derived(key, salt, b"cipher")))
            with zipfile.ZipFile(pieces, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
                mac = _write_parts(pack, key, facts, parts, previous)
            pieces.finish()
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return Sealed(mac, counted.digest, counted.size)


def _write_parts(
    pack: zipfile.ZipFile, key: bytes, facts: PackFacts, parts: dict[str, Content], previous: tuple[str, str]
) -> str:
    listed = []
    for name, content in parts.items():
        with pack.open(name, "w", force_zip64=True) as out:
            counted = _Counted(out)
            content(counted) if callable(content) else counted.write(content)
        listed.append(Part(name, counted.size, counted.digest))
    manifest = msgspec.json.encode(Manifest(facts, tuple(listed), *previous))
    mac = signature(key, manifest)
    pack.writestr(MANIFEST, manifest)
    pack.writestr(SIGNATURE, mac)
    return mac


def read_pack(path: Path, key: bytes) -> bytes:
    """The ZIP inside. Raises PackUnreadable, OSError."""
    with path.open("rb") as file:
        return b"".join(_opened(file, key))


def _opened(file: IO[bytes], key: bytes) -> Iterator[bytes]:
    start = file.read(len(_MAGIC) + _SALT)
    if len(start) < len(_MAGIC) + _SALT or not start.startswith(_MAGIC):
        raise PackUnreadable("not an evidence pack")
    cipher, number, head = AESGCM(_derived(key, start[len(_MAGIC) :], b"cipher")), 0, file.read(_LENGTH.size)
    while len(head) == _LENGTH.size:
        body = file.read(_LENGTH.unpack(head)[0])
        head = file.read(_LENGTH.size)
        try:
            yield cipher.decrypt(_nonce(number, not head), body, None)
        except (InvalidTag, ValueError):
            raise PackUnreadable(f"piece {number} is damaged") from None
        number += 1
    if head or not number:
        raise PackUnreadable("cut short")


def check_pack(inside: bytes, key: bytes | None) -> tuple[Manifest | None, tuple[str, ...]]:
    """What is wrong with the parts: flaws, each with its part after a colon; none = as it was sealed.

    Without the key (an exported copy, elsewhere) the hashes are compared and the seal is named as not looked at.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(inside)) as pack:
            text = pack.read(MANIFEST)
            manifest = msgspec.json.decode(text, type=Manifest)
            flaws = list(_part_flaws(pack, manifest))
            if key is None:
                flaws.append(Flaw.UNSIGNED_COPY)
            elif not hmac.compare_digest(pack.read(SIGNATURE), signature(key, text).encode()):
                flaws.append(Flaw.SEAL_BROKEN)
    except (zipfile.BadZipFile, KeyError, msgspec.MsgspecError, EOFError, OSError, ValueError, NotImplementedError):
        return None, (Flaw.UNREADABLE,)
    return manifest, tuple(str(flaw) for flaw in flaws)


def seal_of(inside: bytes) -> str:
    """The signature that lies in an open pack."""
    with zipfile.ZipFile(io.BytesIO(inside)) as pack:
        return pack.read(SIGNATURE).decode("ascii", errors="replace")


def _part_flaws(pack: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    there = set(pack.namelist()) - {MANIFEST, SIGNATURE}
    for part in manifest.parts:
        if part.name not in there:
            yield f"{Flaw.PART_MISSING}: {part.name}"
        elif not _fits(pack, part):
            yield f"{Flaw.PART_CHANGED}: {part.name}"
    for name in sorted(there - {part.name for part in manifest.parts}):
        yield f"{Flaw.PART_ADDED}: {name}"


def _fits(pack: zipfile.ZipFile, part: Part) -> bool:
    try:
        with pack.open(part.name) as file:
            found = hashlib.sha256()
            while piece := file.read(PIECE):
                found.update(piece)
            return found.hexdigest() == part.sha256
    except zipfile.BadZipFile:  # its own checksum says so already
        return False


def signature(key: bytes, manifest: bytes) -> str:
    return hmac.new(_derived(key, b"", b"seal"), manifest, hashlib.sha256).hexdigest()


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=salt or None, info=b"jiesu evidence " + purpose).derive(key)


def _nonce(number: int, is_last: bool) -> bytes:
    return (number | (_LAST if is_last else 0)).to_bytes(12, "big")


class _Pieces(io.RawIOBase):
    """Takes a stream in and writes it enciphered, piece by piece; `finish` writes the last."""

    def __init__(self, out: "_Counted", cipher: AESGCM) -> None:
        self._out, self._cipher, self._kept, self._number = out, cipher, bytearray(), 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data: object) -> int:
        self._kept += memoryview(data)  # type: ignore[arg-type]  # whatever has bytes
        while len(self._kept) > PIECE:
            self._write_piece(bytes(self._kept[:PIECE]), False)
            del self._kept[:PIECE]
        return memoryview(data).nbytes  # type: ignore[arg-type]

    def finish(self) -> None:
        self._write_piece(bytes(self._kept), True)

    def _write_piece(self, data: bytes, is_last: bool) -> None:
        body = self._cipher.encrypt(_nonce(self._number, is_last), data, None)
        self._out.write(_LENGTH.pack(len(body)) + body)
        self._number += 1


@dataclass(slots=True)
class _Counted:
    """Counts and hashes what goes through."""

    out: Sink
    size: int = 0
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        self.size += len(data)
        return self.out.write(data)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()
