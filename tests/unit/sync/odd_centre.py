"""A tiny HTTP server that answers like something that is no good centre."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class OddCentre(ThreadingHTTPServer):
    """Every request gets the same answer; with `is_hanging` none, until the server is closed."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, status: int, body: bytes, is_hanging: bool, port: int) -> None:
        self.status, self.body, self.is_hanging = status, body, is_hanging
        self.is_over = threading.Event()
        self.asked = threading.Event()
        super().__init__(("127.0.0.1", port), _Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: OddCentre

    def do_GET(self) -> None:
        self.server.asked.set()
        if self.server.is_hanging:
            self.server.is_over.wait(30)
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def odd_centre(status: int = 200, body: bytes = b"", is_hanging: bool = False, port: int = 0) -> Iterator[OddCentre]:
    """What it answers may be changed while it runs; after `with` nobody listens at its port any more."""
    server = OddCentre(status, body, is_hanging, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="odd-centre")
    thread.start()
    try:
        yield server
    finally:
        server.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
