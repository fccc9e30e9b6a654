"""One recording: two channels of A-law at 16 kHz, enciphered second by second, its key sealed to whoever may hear it.

Why A-law at 16 kHz: 32 kB a second for both sides (115 MB an hour) whatever the processor does, so that writing costs next to
nothing beside a call; all that G.722 carries stays (16-bit would be 64 kB, FLAC of telephone noise about 30 kB and a library
of its own, 8 kHz would lose the upper half); and a second is found by counting. Silence (hold, pause, mute) is deflated away.

Layout: "JIESUREC" | u16 version | u32 length | header (JSON), then chunks:
u32 length of body | u8 flags | u32 serial | body = AES-256-GCM(deflate(left + right)), nonce = serial, authenticated with
SHA-256(header) | place of the chunk | flags. A serial is never used twice, also not for a chunk that is written again after the
disk was full. The first chunk holds second 0, and so on; the last has the flag END. What was cut off (power, kill -9) is read
up to the last whole chunk; a chunk that was changed, moved, left out or taken from another file is refused.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path
from typing import IO

import msgspec
import numpy as np
import numpy.typing as npt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from app.domain.call import CallId
from app.errors import JiesuError

RATE = 16_000
CHUNK_S = 1.0
KEY_BYTES = 32
SEALED_BYTES = 80

Samples = npt.NDArray[np.int16]

_MAGIC = b"JIESUREC"
_VERSION = 1
_START = struct.Struct("<8sHI")
_CHUNK = struct.Struct("<IBI")
_PLACE = struct.Struct("<QB")
_HEADER_LIMIT = 65_536
_BODY_LIMIT = 4 * RATE


class VoiceUnreadable(JiesuError):
    """A recording cannot be read; values: why ("key", "changed", "not a recording")."""

    code = "recording_failed"


class ChunkFlag(IntFlag):
    NONE = 0
    END = 1
    PAUSED = 2  # the agent paused within it
    GAP = 4  # nothing was recorded: the recording began late, or the disk took nothing


class Header(msgspec.Struct, frozen=True):
    """`began_at`: when the call was answered (Unix seconds); second 0 of the file and of the transcript."""

    call: CallId
    began_at: float
    rate: int = RATE
    codec: str = "PCMA"
    channels: tuple[str, str] = ("caller", "agent")


# --- keys ----------------------------------------------------------------------------------------------------------------


def new_key_pair() -> tuple[bytes, bytes]:
    """Private and public half (X25519), 32 bytes each."""
    private = X25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return raw, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_half(private: bytes) -> bytes:
    key = X25519PrivateKey.from_private_bytes(private)
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_name(public: bytes) -> str:
    """By what a key pair is known: the first 16 hexadecimal digits of the public half's SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def seal(key: bytes, public: bytes, call: CallId) -> bytes:
    """The key of a recording, to be opened only by who has the private half: ephemeral X25519, HKDF-SHA256, AES-256-GCM."""
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return mine + AESGCM(_wrapping(shared, mine, public)).encrypt(bytes(12), key, call.encode())


def unseal(sealed: bytes, private: bytes, call: CallId) -> bytes:
    """Raises VoiceUnreadable("key") where it was sealed to another key or for another call."""
    if len(sealed) != SEALED_BYTES:
        raise VoiceUnreadable("key")
    theirs, body = sealed[:32], sealed[32:]
    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(theirs))
        return AESGCM(_wrapping(shared, theirs, public_half(private))).decrypt(bytes(12), body, call.encode())
    except (InvalidTag, ValueError):
        raise VoiceUnreadable("key") from None


def _wrapping(shared: bytes, once: bytes, public: bytes) -> bytes:
    """A key of its own for each sealing, so that one nonce is enough."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"jiesu recording key" + once + public).derive(shared)


# --- A-law (G.711) -------------------------------------------------------------------------------------------------------


def _encoding_table() -> npt.NDArray[np.uint8]:
    wide = np.arange(65_536, dtype=np.uint16).view(np.int16).astype(np.int32)
    sign = np.where(wide >= 0, 0x80, 0)
    size = np.where(wide >= 0, wide, -wide - 1) >> 3
    chord = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4, 0)
    low = np.where(chord == 0, size >> 1, size >> np.maximum(chord, 1)) & 0x0F
    table: npt.NDArray[np.uint8] = ((sign | (chord << 4) | low) ^ 0x55).astype(np.uint8)
    return table


def _decoding_table() -> Samples:
    code = np.arange(256, dtype=np.int32) ^ 0x55
    chord, low = (code >> 4) & 7, code & 0x0F
    size = np.where(chord == 0, (low << 4) + 8, ((low << 4) + 0x108) << np.maximum(chord - 1, 0))
    return np.where(code & 0x80, size, -size).astype(np.int16)


_TO_ALAW, _FROM_ALAW = _encoding_table(), _decoding_table()


def to_alaw(voice: bytes) -> bytes:
    """16 bit little-endian samples as A-law."""
    coded: bytes = _TO_ALAW[np.frombuffer(voice, "<u2")].tobytes()
    return coded


def from_alaw(data: bytes) -> Samples:
    return _FROM_ALAW[np.frombuffer(data, np.uint8)]


# --- writing -------------------------------------------------------------------------------------------------------------


class ChunkCipher:
    """Makes the bytes of a file piece by piece; whoever writes them sees to it that each is written whole or taken back."""

    def __init__(self, key: bytes, header: Header) -> None:
        text = msgspec.json.encode(header)
        self.start = _START.pack(_MAGIC, _VERSION, len(text)) + text
        self._cipher, self._about = AESGCM(key), hashlib.sha256(self.start).digest()
        self._serial = 0

    def chunk(self, place: int, left: bytes, right: bytes, flags: ChunkFlag = ChunkFlag.NONE) -> bytes:
        """The `place`-th chunk: both channels, A-law, of one length. Every call takes a new serial."""
        body = self._cipher.encrypt(
            _nonce(self._serial), zlib.compress(left + right, 1), self._about + _PLACE.pack(place, flags)
        )
        head = _CHUNK.pack(len(body), flags, self._serial)
        self._serial += 1
        return head + body


def _nonce(serial: int) -> bytes:
    return serial.to_bytes(12, "big")


# --- reading -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chunk:
    place: int
    flags: ChunkFlag
    left: Samples
    right: Samples


@dataclass(frozen=True, slots=True)
class Finding:
    """What a whole reading found: `is_whole` = it ends as it should; `gap_s` and `paused_s` count the chunks concerned."""

    seconds: float
    is_whole: bool
    paused_s: int
    gap_s: int


class VoiceReader:
    """Reads a recording, also one that is still being written. Raises VoiceUnreadable for what is no recording of ours."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        self._file = file
        start = file.read(_START.size)
        if len(start) < _START.size:
            raise VoiceUnreadable("not a recording")
        magic, version, length = _START.unpack(start)
        if magic != _MAGIC or version != _VERSION or length > _HEADER_LIMIT:
            raise VoiceUnreadable("not a recording")
        text = file.read(length)
        try:
            self.header = msgspec.json.decode(text, type=Header)
        except msgspec.MsgspecError:
            raise VoiceUnreadable("not a recording") from None
        self._cipher, self._about = AESGCM(key), hashlib.sha256(start + text).digest()
        self._first = self.end = file.tell()
        """`end`: where the last chunk ends that was read."""

    def chunks(self, first: int = 0, last: int | None = None) -> Iterator[Chunk]:
        """Chunks `first`…`last` that are whole; those before are passed over unread. Raises VoiceUnreadable("changed")."""
        self._file.seek(self._first)
        place = 0
        while (last is None or place <= last) and len(head := self._file.read(_CHUNK.size)) == _CHUNK.size:
            length, flags, serial = _CHUNK.unpack(head)
            if length > _BODY_LIMIT:
                raise VoiceUnreadable("changed")
            if place < first:
                self._file.seek(length, io.SEEK_CUR)
            else:
                body = self._file.read(length)
                if len(body) < length:
                    return
                chunk = self._opened(place, ChunkFlag(flags), serial, body)
                self.end = self._file.tell()
                yield chunk
            place += 1

    def voice(self, start_s: float, end_s: float) -> tuple[Samples, Samples]:
        """Both channels of a span, cut to what is there."""
        begin, end = max(0, round(start_s * RATE)), max(0, round(end_s * RATE))
        first = begin // RATE
        parts = [(chunk.left, chunk.right) for chunk in self.chunks(first, max(first, (end - 1) // RATE))]
        nothing = np.zeros(0, np.int16)
        left, right = (np.concatenate([nothing, *(part[side] for part in parts)]) for side in (0, 1))
        cut = slice(begin - first * RATE, end - first * RATE)
        return left[cut], right[cut]

    def examine(self) -> Finding:
        """Reads all of it. Raises VoiceUnreadable("changed") where anything was tampered with."""
        samples, is_whole, paused, gap = 0, False, 0, 0
        for chunk in self.chunks():
            if is_whole:
                raise VoiceUnreadable("changed")  # something was hung on behind the end
            samples += len(chunk.left)
            is_whole = ChunkFlag.END in chunk.flags
            paused += ChunkFlag.PAUSED in chunk.flags
            gap += ChunkFlag.GAP in chunk.flags
        return Finding(samples / RATE, is_whole, paused, gap)

    def salvage(self) -> Finding:
        """As `examine`, but stops without a word at the first chunk that is not sound: after a power cut the end of a file may
        hold anything. `end` then says where what is sound ends."""
        samples, is_whole, paused, gap = 0, False, 0, 0
        with suppress(VoiceUnreadable):
            for chunk in self.chunks():
                samples, is_whole = samples + len(chunk.left), ChunkFlag.END in chunk.flags
                paused, gap = paused + (ChunkFlag.PAUSED in chunk.flags), gap + (ChunkFlag.GAP in chunk.flags)
                if is_whole:
                    break
        return Finding(samples / RATE, is_whole, paused, gap)

    def _opened(self, place: int, flags: ChunkFlag, serial: int, body: bytes) -> Chunk:
        try:
            voices = zlib.decompress(self._cipher.decrypt(_nonce(serial), body, self._about + _PLACE.pack(place, flags)))
        except (InvalidTag, zlib.error):
            raise VoiceUnreadable("changed") from None
        half = len(voices) // 2
        return Chunk(place, flags, from_alaw(voices[:half]), from_alaw(voices[half:]))


def both(left: Samples, right: Samples) -> bytes:
    """Both channels as one voice of 16 bit, for an earpiece."""
    mixed = left.astype(np.int32) + right.astype(np.int32)
    return np.clip(mixed, -32_768, 32_767).astype("<i2").tobytes()


def file_hash(path: Path, each: Callable[[], None] = lambda: None) -> str:
    """SHA-256 of a file; `each` is called between pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            each()
    return digest.hexdigest()
