"""The key pair that recordings are sealed to: made once, its private half nowhere but in the enciphered store."""

import base64

import msgspec
from sqlalchemy import Connection

from app.storage.facts import find_fact, keep_fact
from app.voice_file import new_key_pair

RECORDING_KEY = "recording-key"


class KeyPair(msgspec.Struct, frozen=True):
    """Both halves (X25519), base64."""

    private: str
    public: str

    @property
    def private_bytes(self) -> bytes:
        return base64.b64decode(self.private)

    @property
    def public_bytes(self) -> bytes:
        return base64.b64decode(self.public)


def recording_key(connection: Connection) -> KeyPair:
    """The pair of this store; made in this transaction where there is none."""
    known = find_fact(connection, RECORDING_KEY, KeyPair)
    if known is not None:
        return known
    private, public = new_key_pair()
    made = KeyPair(base64.b64encode(private).decode(), base64.b64encode(public).decode())
    keep_fact(connection, RECORDING_KEY, made)
    return made
