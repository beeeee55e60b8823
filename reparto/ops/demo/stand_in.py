"""
A stand-in for WhatsApp on 127.0.0.1: takes what is sent, as the Cloud API would, and tells whoever listens.

It reaches no table and no other host.
"""

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that was taken."""

    wamid: str
    to: str
    text: str


def start_stand_in(tell: Callable[[Sent], None], *, port: int = 0) -> str:
    """Serve in a thread of its own for as long as the process lives; return the API base."""

    class Handler(_Handler):
        taken = staticmethod(tell)

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="stand-in", daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    taken: Callable[[Sent], None]

    def do_POST(self) -> None:
        """Take one message."""
        asked = self._read()
        if not self.path.endswith("/messages") or not asked.get("to"):
            self._answer(400, {"error": {"code": 100, "message": "Invalid parameter"}})
            return
        sent = Sent(f"wamid.{secrets.token_hex(16)}", str(asked["to"]), str((asked.get("text") or {}).get("body", "")))
        self._answer(200, {"messaging_product": "whatsapp", "messages": [{"id": sent.wamid}]})
        self.taken(sent)

    def _read(self) -> dict[str, Any]:
        length = int(self.headers.get("Content-Length") or 0)
        try:
            asked = json.loads(self.rfile.read(min(length, MOST_BYTES)))
        except ValueError:
            return {}
        return asked if isinstance(asked, dict) else {}

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 (its name in the library)
        """Say nothing: it only stands in."""
