"""How recordings come to the centre: HTTP under /v1/recordings, beside what app.wire describes, with the same headers.

====== =========================== =============== ==================================================================
GET    /v1/recordings/key          → CentreKey     whose key recordings are to be sealed to
POST   /v1/recordings/CALL         RecordingOffer  → RecordingTaken: how much of it is here; 409 `fork`: another of this name
PATCH  /v1/recordings/CALL         bytes           → RecordingTaken; header Jiesu-Offset says where they belong;
                                                   409 `gap` (with `expect`), 409 `fork`: the whole is not what was offered
POST   /v1/recordings/CALL/hold    RecordingHold   → 204; 404 `unknown-recording`
====== =========================== =============== ==================================================================

The bytes are the enciphered file as it lies at the console. A recording is taken once, however often it is sent: by the
call's id and the SHA-256 of the whole.
"""

import msgspec

OFFSET_HEADER = "Jiesu-Offset"
PIECE_LIMIT = 1024 * 1024
"""Bytes that one PATCH may bring."""
SIZE_LIMIT = 4 * 1024**3


class CentreKey(msgspec.Struct, frozen=True):
    """X25519, base64."""

    public: str


class RecordingOffer(msgspec.Struct, frozen=True):
    """`sealed_key`: the file's key, sealed to the centre's (app.voice_file.seal), base64. Times are Unix seconds."""

    agent: str
    began_at: float
    seconds: float
    size: int
    sha256: str
    sealed_key: str
    is_whole: bool
    held_for: str = ""


class RecordingTaken(msgspec.Struct, frozen=True):
    """`is_done`: all of it is here, for good, and is what was offered."""

    offset: int
    is_done: bool


class RecordingHold(msgspec.Struct, frozen=True):
    """`why` "" lets it go."""

    why: str
