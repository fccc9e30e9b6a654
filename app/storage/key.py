"""The key of the local store: 256 bits, kept by the system's keyring where there is one, else in a file of the user's own.

The file `store.key` beside the store says where the key is: either `raw:HEX`, or `keyring:NAME` for an entry of the keyring.
A key is made only where no store is: a lost key must never be papered over with a new one.
"""

import logging
import os
import secrets
from pathlib import Path
from typing import Protocol

import keyring
from keyring.errors import KeyringError

from app.errors import StoreWrongKey

log = logging.getLogger(__name__)

KEY_BYTES = 32
SERVICE = "jiesu"


class KeyRing(Protocol):
    """The part of a keyring that is needed here; every method may raise KeyringError."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def system_keyring() -> KeyRing | None:
    """The keyring of this desktop, or None where only a stand-in is installed (priority below 1 means: not a safe place)."""
    ring = keyring.get_keyring()
    return ring if float(getattr(ring, "priority", 0)) >= 1 else None


def store_key(folder: Path, is_store_there: bool, ring: KeyRing | None) -> bytes:
    """The key of the store in `folder`; made and kept if there is none and no store either. Raises StoreWrongKey."""
    place = folder / "store.key"
    if place.exists():
        return _kept_key(place, ring)
    if is_store_there:
        raise StoreWrongKey(place.name)
    key = secrets.token_bytes(KEY_BYTES)
    _write_once(place, _keep_in(ring, key) or f"raw:{key.hex()}")
    return key


def _kept_key(place: Path, ring: KeyRing | None) -> bytes:
    kind, _, value = place.read_text("ascii", errors="replace").strip().partition(":")
    if kind == "keyring":
        value = _read_from(ring, value) or ""
    try:
        key = bytes.fromhex(value)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreWrongKey(place.name)
    return key


def _read_from(ring: KeyRing | None, name: str) -> str | None:
    if ring is None:
        return None
    try:
        return ring.get_password(SERVICE, name)
    except KeyringError as failed:
        log.error("the keyring does not give the key of the store: %s", type(failed).__name__)
        return None


def _keep_in(ring: KeyRing | None, key: bytes) -> str | None:
    """The line that names the entry, or None where the keyring does not truly keep it."""
    if ring is None:
        return None
    name = f"store-{secrets.token_hex(8)}"
    try:
        ring.set_password(SERVICE, name, key.hex())
        if ring.get_password(SERVICE, name) == key.hex():
            return f"keyring:{name}"
    except KeyringError as failed:
        log.info("the keyring keeps nothing (%s); the key goes into a file", type(failed).__name__)
    return None


def _write_once(place: Path, text: str) -> None:
    """All or nothing, readable by the user only, on the disk when this returns."""
    fresh = place.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)
    if os.name == "posix":
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
