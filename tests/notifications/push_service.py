"""A push service on this machine, and a browser that can read what comes by it; the service may behave badly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reparto.notifications.encrypt_push import CURVE, point_of, to_base64
from reparto.notifications.subscribe_browser import BrowserDraft


@dataclass
class PushService:
    """Where it listens, what it answers, and what came."""

    port: int = 0
    status: int = 201
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def push_service() -> Iterator[PushService]:
    """Listen until the test is over; status 0 cuts the line instead of answering."""
    kept = PushService()

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.came.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            if kept.status:
                self.send_response(kept.status)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Talk) as server:
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()


class AnyBrowser:
    """Subscribes as a browser does, and reads what was encrypted for it."""

    def __init__(self, endpoint: str) -> None:
        self.private, self.secret = ec.generate_private_key(CURVE), b"sixteen bytes it"
        self.draft = BrowserDraft(
            endpoint, to_base64(point_of(self.private)), to_base64(self.secret), "Firefox · Linux"
        )

    def read(self, body: bytes) -> bytes:
        """Return what a push says (RFC 8291, the receiver's side)."""
        salt, sender, sealed = body[:16], body[21:86], body[86:]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        info = b"WebPush: info\0" + point_of(self.private) + sender
        shared = self._derive(self.private.exchange(ec.ECDH(), theirs), self.secret, info, 32)
        key = self._derive(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = self._derive(shared, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).removesuffix(b"\2")

    def _derive(self, secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
