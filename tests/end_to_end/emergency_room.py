"""An emergency desk on loopback: takes hand-off cards as JSON over HTTP and gives each a number of its own."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

CASE_NUMBER = "J20260001"


class EmergencyRoom:
    """`cards`: what came, in its order, with the headers that matter."""

    def __init__(self, token: str) -> None:
        self.cards: list[dict[str, Any]] = []
        self.keys: list[str] = []
        room = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                is_known = self.headers["Authorization"] == f"Bearer {token}"
                if is_known:
                    room.cards.append(json.loads(body))
                    room.keys.append(self.headers["Idempotency-Key"])
                answer = json.dumps({"case_number": CASE_NUMBER}).encode()
                self.send_response(201 if is_known else 401)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/cards"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> "EmergencyRoom":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
