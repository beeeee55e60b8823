"""A mail server on this machine that keeps what it is given, or answers as it is told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import LazySettings

from reparto.config.environment import mailers


@dataclass
class MailServer:
    """Where it listens, what arrived, and what it says to a recipient."""

    port: int = 0
    arrived: list[EmailMessage] = field(default_factory=list)
    to_recipients: str = "250 fine"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Listen until the test is over."""
    kept = MailServer()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline().decode("latin-1").strip():
                verb = line.split()[0].upper()
                if verb == "QUIT":
                    return self._say("221 bye")
                if verb == "DATA":
                    self._take()
                else:
                    self._say(kept.to_recipients if verb == "RCPT" else "250 fine")
            return None

        def _take(self) -> None:
            self._say("354 go on")
            lines = iter(self.rfile.readline, b".\r\n")
            kept.arrived.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
            self._say("250 taken")

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()


@contextmanager
def an_installation_that_mails(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """Let the installation send its mail to such a server, by its environment."""
    with mail_server() as found:
        monkeypatch.setenv("REPARTO_MAIL_URL", f"smtp+plain://127.0.0.1:{found.port}")
        settings.MAILERS = mailers("REPARTO_MAIL_URL")
        settings.DEFAULT_FROM_EMAIL = "Reparto <avisos@reparto.example.com>"
        yield found
