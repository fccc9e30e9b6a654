"""A tiny web server that knows Range, and a catalogue of tiny models."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.speech.catalogue import Model, ModelFile, Source

WORDS = bytes(range(256)) * 400
SOUND = b"\x01\x02\x03" * 700


@dataclass
class Web:
    """What the server has and how it behaves: `breaks_at` ends an answer after so many bytes, once for each in the list."""

    port: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    breaks_at: list[int] = field(default_factory=list)
    knows_range: bool = True
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, web: Web, *args: object) -> None:
        self._web = web
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self._web.asked.append(f"{self.path} {wanted}".strip())
        data = self._web.files.get(self.path.lstrip("/"))
        if data is None:
            self.send_error(404)
            return
        begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self._web.knows_range else 0
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - begin))
        self.end_headers()
        rest = data[begin:]
        if self._web.breaks_at:
            rest = rest[: self._web.breaks_at.pop(0)]
        self.wfile.write(rest)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    known = Web()
    for port in range(15300, 15360):
        try:
            server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, known))
            break
        except OSError:
            continue
    else:
        pytest.fail("no port of 15300-15360 is free")
    known.port = port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield known
    server.shutdown()
    server.server_close()
    thread.join(5)


def file_of(path: str, data: bytes) -> ModelFile:
    return ModelFile(path, len(data), hashlib.sha256(data).hexdigest())


@pytest.fixture
def tiny(web: Web) -> dict[str, Model]:
    """One model of two files that the web server has."""
    web.files = {"words.bin": WORDS, "sound/a.bin": SOUND}
    files = (file_of("words.bin", WORDS), file_of("sound/a.bin", SOUND))
    source = Source("address", web.address)
    return {"tiny": Model("tiny", "vosk", ("zh",), "MIT", files=files, sources=(source,))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"
