"""
Which addresses Reparto may speak to: public ones, on the ports of the web, and hosts that the installation names.

Reads a URL with the very parser that the connection uses, so that the two cannot disagree. Opens nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

PRESET_PORTS = {"http": 80, "https": 443}
PORTS = frozenset(PRESET_PORTS.values())
MAX_URL = 2_048

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to addresses as text; raises OSError when there are none."""

# Only here does the Internet give out addresses; all else in IPv6 is local, reserved or a wrapping.
GLOBAL_UNICAST = IPv6Network("2000::/3")
REFUSED = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # Azure's host, seen from within
        "2001::/23",  # protocol assignments; Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # documentation
    )
)

HOSTNAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")
"""At least two labels; the last has a letter, so `2130706433`, `0177.0.0.1` and `127.1` are no names."""
CREDENTIALS = re.compile(r"[^/?#]*//[^/?#]*@")
HEXADECIMAL = re.compile(r"0x[0-9a-f]*")


class DestinationRefused(Exception):
    """Reparto does not speak to this address. `code` says why; nothing was sent."""

    def __init__(self, code: str, url: str) -> None:
        super().__init__(f"{url[:200]!r} is refused: {code}.")
        self.code = code


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to connect: `address` was checked, and is what must be dialled."""

    url: httpx.URL
    host: str  #: for the Host header and TLS
    port: int
    address: str


def check_destination(url: str, *, allowed_hosts: frozenset[str], resolve: Resolve) -> Destination:
    """
    Resolve a URL once and check every address that it has.

    A host of `allowed_hosts` (as it is written in the URL) may be anywhere, on any port.

    Raises:
        DestinationRefused: `bad_url`, `bad_scheme`, `credentials`, `bad_host`, `bad_port`, `unresolved`, `not_public`.

    """
    parsed = _read(url)
    host = parsed.raw_host.decode("ascii").lower()
    port = parsed.port if parsed.port is not None else PRESET_PORTS.get(parsed.scheme, 0)
    if parsed.scheme not in {"http", "https"}:
        raise DestinationRefused("bad_scheme", url)
    if CREDENTIALS.match(url):
        raise DestinationRefused("credentials", url)
    allowed = host in allowed_hosts
    if not allowed and not _is_host(host):
        raise DestinationRefused("bad_host", url)
    if not allowed and port not in PORTS:
        raise DestinationRefused("bad_port", url)
    address = _dial(host, port, allowed=allowed, resolve=resolve, url=url)
    return Destination(parsed, host, port, address)


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public Internet, not a wrapping of another."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (ip not in GLOBAL_UNICAST or ip.scope_id):
        return False
    if any(ip in block for block in REFUSED if block.version == ip.version):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _read(url: str) -> httpx.URL:
    if len(url) > MAX_URL or any(c <= " " or c in "\\\x7f" or c.isspace() for c in url):
        raise DestinationRefused("bad_url", url)
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise DestinationRefused("bad_url", url) from None


def _is_host(host: str) -> bool:
    if _literal(host):
        return True
    return bool(HOSTNAME.fullmatch(host)) and not HEXADECIMAL.fullmatch(host.rpartition(".")[2])


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _dial(host: str, port: int, *, allowed: bool, resolve: Resolve, url: str) -> str:
    try:
        addresses = [host] if _literal(host) else list(resolve(host, port))
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise DestinationRefused("unresolved", url)
    # One bad address among good ones is how rebinding begins.
    if not allowed and not all(is_public(address) for address in addresses):
        raise DestinationRefused("not_public", url)
    return addresses[0]
