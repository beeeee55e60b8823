"""The outbound client dials what it checked, follows nothing, reads little, and says what is known (INV-55)."""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from reparto.kit.http import MAX_ANSWER, DestinationRefused, HttpClient, NoAnswer, NotSent

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kind: test\r\n\r\nsi"


@contextmanager
def a_server(answer: Callable[[socket.socket, bytes], None]) -> Iterator[tuple[int, list[bytes]]]:
    """A server of this machine: its port, and the requests that it got."""
    requests: list[bytes] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    requests.append(request := whole_request(connection))
                    answer(connection, request)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], requests


def whole_request(connection: socket.socket) -> bytes:
    """Read a request to the end of its body."""
    request = connection.recv(65_536)
    while b"\r\n\r\n" in request:
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        if length is None or len(body) >= int(length[1]):
            break
        request += connection.recv(65_536)
    return request


def says(raw: bytes) -> Callable[[socket.socket, bytes], None]:
    """Answer always the same."""
    return lambda connection, request: connection.sendall(raw)


def a_client(*hosts: str, **more: object) -> HttpClient:
    """A client for which these names lead to this machine."""
    return HttpClient(allowed_hosts=frozenset(hosts), resolve=lambda host, port: ["127.0.0.1"], **more)  # type: ignore[arg-type]


class TestExchange:
    def test_it_dials_the_address_and_names_the_host(self) -> None:
        """The checked address is dialled; the Host header has the name and the port of the URL."""
        with a_server(says(OK)) as (port, requests):
            answer = a_client("meta.test").post_json(
                f"http://meta.test:{port}/x", {"a": 1}, headers={"Authorization": "B t"}
            )

        assert (answer.status, answer.body, answer.headers["x-kind"]) == (200, b"si", "test")
        assert requests[0].startswith(b"POST /x HTTP/1.1\r\n")
        assert f"\r\nHost: meta.test:{port}\r\n".encode() in requests[0]
        assert b"\r\nAuthorization: B t\r\n" in requests[0]
        assert requests[0].endswith(b'\r\n\r\n{"a":1}')

    def test_the_caller_cannot_name_another_host(self) -> None:
        """A Host header of the caller's does not replace the URL's."""
        with a_server(says(OK)) as (port, requests):
            a_client("meta.test").get(f"http://meta.test:{port}/", headers={"Host": "evil.test"})

        assert b"evil.test" not in requests[0]

    def test_bytes_go_out_as_they_are(self) -> None:
        """A signed body is not written anew."""
        with a_server(says(OK)) as (port, requests):
            a_client("meta.test").post(
                f"http://meta.test:{port}/", b'{ "a":1 }', headers={"Content-Type": "application/json"}
            )

        assert requests[0].endswith(b'\r\n\r\n{ "a":1 }')

    def test_a_redirect_is_an_answer(self) -> None:
        """A redirect is given back, and nobody goes there."""
        with a_server(
            says(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")
        ) as (port, seen):
            answer = a_client("meta.test").get(f"http://meta.test:{port}/")

        assert (answer.status, len(seen)) == (302, 1)

    def test_no_proxy_of_the_environment_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A proxy in the environment would dial for us, unchecked: it is ignored."""
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
        with a_server(says(OK)) as (port, _):
            assert a_client("meta.test").get(f"http://meta.test:{port}/").status == 200

    def test_a_client_serves_many_threads(self) -> None:
        """One client serves ten threads at once."""
        with a_server(says(OK)) as (port, requests):
            client = a_client("meta.test")
            threads = [threading.Thread(target=client.get, args=(f"http://meta.test:{port}/",)) for _ in range(10)]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]

        assert len(requests) == 10


class TestRefused:
    @pytest.mark.parametrize("method", ["post_json", "post", "get"])
    def test_nothing_is_dialled(self, method: str) -> None:
        """Every way out checks the address first: a server of this machine hears nothing."""
        with a_server(says(OK)) as (port, requests):
            client = HttpClient(resolve=lambda host, port: ["127.0.0.1"])
            for url in (f"http://127.0.0.1:{port}/", "http://rebind.test/", f"http://localhost:{port}/"):
                with pytest.raises(DestinationRefused):
                    getattr(client, method)(url, *([b""] if method != "get" else []))

        assert requests == []


class TestWhatIsKnown:
    def test_no_connection_means_not_sent(self) -> None:
        """A closed port means that nothing was sent."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]

        with pytest.raises(NotSent):
            a_client("meta.test").get(f"http://meta.test:{port}/")

    @pytest.mark.parametrize("header", ["ñ\udcff", "a\r\nb: c", "a\0"])
    def test_what_cannot_be_written_was_not_sent(self, header: str) -> None:
        """A header that is none is noticed before anything is sent."""
        with a_server(says(OK)) as (port, requests), pytest.raises(NotSent):
            a_client("meta.test").get(f"http://meta.test:{port}/", headers={"X-A": header})

        assert [request for request in requests if request] == []

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"HTTP/1.1 200 OK\r\nContent-Le",
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
            b"\x16\x03\x01nonsense",
        ],
    )
    def test_a_cut_answer_is_no_answer(self, raw: bytes) -> None:
        """Silence, half an answer or nonsense after the request was sent: nobody knows."""
        with a_server(says(raw)) as (port, _), pytest.raises(NoAnswer):
            a_client("meta.test").get(f"http://meta.test:{port}/")

    def test_a_slow_answer_is_no_answer(self) -> None:
        """When the answer does not come in time, nobody knows."""
        with a_server(lambda connection, request: time.sleep(1)) as (port, _), pytest.raises(NoAnswer):
            a_client("meta.test", timeout=httpx.Timeout(0.1)).get(f"http://meta.test:{port}/")

    @pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"])
    def test_a_drop_at_a_time_does_not_hold_us(self, first: bytes) -> None:
        """A server that sends a byte now and then, in headers or body, is cut off at the total time."""

        def drip(connection: socket.socket, request: bytes) -> None:
            connection.sendall(first)
            for _ in range(100):
                connection.sendall(b"a")
                time.sleep(0.02)

        with a_server(drip) as (port, _), pytest.raises(NoAnswer):
            a_client("meta.test", total_seconds=0.3).get(f"http://meta.test:{port}/")

    def test_an_endless_answer_is_cut(self) -> None:
        """More than a megabyte is not read, whether announced or not, nor unfolded from something small."""
        endless = b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * (MAX_ANSWER + 1)
        with a_server(says(endless)) as (port, _), pytest.raises(NoAnswer):
            a_client("meta.test").get(f"http://meta.test:{port}/")

    def test_a_compressed_answer_is_not_unfolded(self) -> None:
        """No compression is asked for; what comes compressed stays as it is."""
        with a_server(says(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")) as (
            port,
            requests,
        ):
            answer = a_client("meta.test").get(f"http://meta.test:{port}/")

        assert answer.body == b"abc"
        assert b"accept-encoding: identity" in requests[0].lower()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for `meta.test`, signed by itself."""
    key, name = generate_private_key(SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "meta.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("meta.test")]), critical=False)
        .sign(key, SHA256())
    )
    path = tmp_path / "meta.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


@contextmanager
def a_secure_server(certificate: Path) -> Iterator[tuple[int, list[str | None]]]:
    """A TLS server: its port, and the names that it was asked for."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, _: names.append(name)

    def serve() -> None:
        with suppress(OSError):
            while True:
                plain, _ = listener.accept()
                with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65_536)
                    connection.sendall(OK)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], names


class TestTls:
    def test_tls_names_and_checks_the_host_not_the_address(self, certificate: Path) -> None:
        """The certificate must be for the name in the URL, though the address is dialled."""
        with a_secure_server(certificate) as (port, names):
            client = a_client("meta.test", "other.test", verify=ssl.create_default_context(cafile=str(certificate)))

            assert client.get(f"https://meta.test:{port}/").status == 200
            with pytest.raises(NotSent):
                client.get(f"https://other.test:{port}/")

        assert names == ["meta.test", "other.test"]

    def test_an_unknown_certificate_is_refused(self, certificate: Path) -> None:
        """A certificate that nobody vouches for ends the connection before anything is sent."""
        with a_secure_server(certificate) as (port, _), pytest.raises(NotSent):
            a_client("meta.test").get(f"https://meta.test:{port}/")
