"""
The one way out: every request that Reparto makes to another host goes through here.

It connects to the very address that it has checked, follows no redirect, uses no proxy of the environment, and reads no
more than a megabyte unless it is told how much. It does not retry: whoever sends knows whether sending twice does harm.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import httpx

from reparto.kit.check_destination import Destination, DestinationRefused, Resolve, check_destination

MAX_ANSWER = 1024 * 1024
TIMEOUT = httpx.Timeout(15.0, connect=5.0)
TOTAL_SECONDS = 30.0

NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,  # a header that cannot be written
    UnicodeError,  # nor a body
)

__all__ = ["Answer", "DestinationRefused", "HttpClient", "NoAnswer", "NotSent", "resolve_host"]


class NotSent(Exception):
    """The request certainly did not arrive: no connection came about. It may be tried again."""


class NoAnswer(Exception):
    """The request may have arrived: the answer did not come, was cut, or was too large. Do not repeat it blindly."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status; a redirect is an answer like any other."""

    status: int
    headers: Mapping[str, str]  #: names in lower case
    body: bytes


def resolve_host(host: str, port: int) -> list[str]:
    """
    Ask the system for the addresses of a host.

    Raises:
        OSError: There are none.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class HttpClient:
    """The outbound client. One can be shared by all threads of a process; close it at the end."""

    def __init__(
        self,
        *,
        allowed_hosts: frozenset[str] = frozenset(),
        resolve: Resolve = resolve_host,
        timeout: httpx.Timeout = TIMEOUT,
        total_seconds: float = TOTAL_SECONDS,
        verify: ssl.SSLContext | None = None,
    ) -> None:
        """`allowed_hosts` are those of `REPARTO_ALLOW_PRIVATE_HOSTS`; `total_seconds` bounds the whole exchange."""
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._resolve, self._total_seconds = resolve, total_seconds
        # No connection is kept: a pool would know it by its address alone, and two hosts may share one.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(
            verify=verify or httpx.create_ssl_context(trust_env=False),
            trust_env=False,
            follow_redirects=False,
            timeout=timeout,
            limits=limits,
        )

    def post_json(self, url: str, content: Any, *, headers: Mapping[str, str] | None = None) -> Answer:
        """
        Post JSON.

        Raises:
            DestinationRefused: Reparto does not speak to that address; nothing was sent.
            NotSent: No connection; nothing was sent.
            NoAnswer: It may have been sent.

        """
        return self._send("POST", url, headers=headers, json=content)

    def post(self, url: str, content: bytes, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Post bytes as they are, for a signature that covers them; raises as `post_json` does."""
        return self._send("POST", url, headers=headers, content=content)

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, most_bytes: int = MAX_ANSWER) -> Answer:
        """Get no more than `most_bytes`; raises as `post_json` does."""
        return self._send("GET", url, headers=headers, most_bytes=most_bytes)

    def close(self) -> None:
        """Let go of what the client holds."""
        self._client.close()

    def _send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None, most_bytes: int = MAX_ANSWER, **body: Any
    ) -> Answer:
        destination = check_destination(url, allowed_hosts=self._allowed_hosts, resolve=self._resolve)
        line = _Line()
        # A timeout bounds one read; whoever sends a byte now and then would never reach it.
        timer = threading.Timer(self._total_seconds, line.cut)
        timer.daemon = True
        timer.start()
        try:
            request = self._request(method, destination, headers or {}, body)
            request.extensions["trace"] = line.trace
            return self._exchange(request, most_bytes)
        except (httpx.HTTPError, UnicodeError, OSError) as error:
            _tell(error, destination)
        finally:
            timer.cancel()

    def _exchange(self, request: httpx.Request, most_bytes: int) -> Answer:
        response = self._client.send(request, stream=True)
        try:
            return Answer(response.status_code, dict(response.headers), _read(response, most_bytes))
        finally:
            response.close()

    def _request(
        self, method: str, destination: Destination, headers: Mapping[str, str], body: Mapping[str, Any]
    ) -> httpx.Request:
        own = {
            "Host": destination.url.netloc.decode("ascii"),
            "Accept-Encoding": "identity",
            "Connection": "close",
            "User-Agent": "Reparto",
        }
        return self._client.build_request(
            method,
            destination.url.copy_with(host=destination.address),
            headers={**headers, **own},
            extensions={"sni_hostname": destination.host},
            **body,
        )


class _Line:
    """The connection of one request, known so that it can be cut while somebody else waits on it."""

    def __init__(self) -> None:
        self._socket: Any = None
        self._cut = False

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the socket as soon as there is one; TLS puts another in its place."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._cut:
                self.cut()

    def cut(self) -> None:
        """End the connection."""
        self._cut = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _read(response: httpx.Response, most_bytes: int) -> bytes:
    # Raw, because a compressed answer could unfold to any size.
    received = bytearray()
    for chunk in response.iter_raw():
        received += chunk
        if len(received) > most_bytes:
            raise NoAnswer(f"The answer is larger than {most_bytes} bytes.")
    return bytes(received)


def _tell(error: Exception, destination: Destination) -> NoReturn:
    """Name the error by what the sender must know: can it have arrived?"""
    place = f"{destination.host}:{destination.port}"
    if isinstance(error, NEVER_LEFT):
        raise NotSent(f"No connection to {place}: {type(error).__name__}.") from error
    raise NoAnswer(f"No whole answer from {place}: {type(error).__name__}.") from error
