"""
A stand-in for WhatsApp that behaves badly on demand, and counts what it really took.

A real server on 127.0.0.1; nothing of Reparto is replaced.
"""

import json
import secrets
import socket
import struct
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

#: Meta's own error: certainly not taken, and may pass.
BUSY = {"error": {"code": 131016, "message": "Service unavailable"}}
#: Meta's own error: never.
REFUSED = {"error": {"code": 131047, "message": "Re-engagement message"}}


class StandIn:
    """`taken` counts the texts that a customer would have received, by text."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.manners: dict[str, list[str]] = {}  #: text → how each next request for it is treated; then well
        self.came, self.go_on = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                stand_in.answer(self, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: Any, body: dict[str, Any]) -> None:
        """Treat one request as was arranged for its text."""
        text = body["text"]["body"]
        with self._lock:
            self.asked[text] += 1
            manners = self.manners.get(text) or ["well"]
            manner = manners.pop(0) if len(manners) > 1 else manners[0]
            if manner in ("well", "cut", "gateway", "slow", "no id"):
                self.taken[text] += 1
        getattr(self, f"_{manner.replace(' ', '_')}")(request)

    def _well(self, request: Any) -> None:
        _say(request, 200, {"messages": [{"id": f"wamid.{secrets.token_hex(8)}"}]})

    def _busy(self, request: Any) -> None:
        _say(request, 503, BUSY)

    def _refused(self, request: Any) -> None:
        _say(request, 400, REFUSED)

    def _gateway(self, request: Any) -> None:
        request.send_error(502)

    def _no_id(self, request: Any) -> None:
        _say(request, 200, {})

    def _cut(self, request: Any) -> None:
        # Closed without a farewell, as when a cable is pulled.
        request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.connection.close()

    def _slow(self, request: Any) -> None:
        self.came.set()
        self.go_on.wait(60)
        self._well(request)


def _say(request: Any, status: int, body: dict[str, Any]) -> None:
    raw = json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Length", str(len(raw)))
    request.end_headers()
    request.wfile.write(raw)
