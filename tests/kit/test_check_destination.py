"""Reparto speaks to public addresses only, whatever they are called (INV-55)."""

# ruff: noqa: SIM905 (a table of addresses is read better without two hundred quotes)

import pytest

from reparto.kit.check_destination import DestinationRefused, check_destination, is_public

PUBLIC = "93.184.216.34"
NAMES = {
    "api.example.com": [PUBLIC],
    "api.example.com.mx": [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946"],
    "xn--espaa-rta.example": [PUBLIC],
    "sub_domain.example.com": [PUBLIC],
    "a-1.example.co": ["8.8.8.8"],
    "six.example.com": ["2606:4700::6810:84e5"],
}


def resolve(host: str, port: int) -> list[str]:
    """Look a name up in the table."""
    if host in NAMES:
        return NAMES[host]
    raise OSError("no such host")


def code(url: str, *, allowed: str = "") -> str:
    """Return why a URL is refused, or `ok`."""
    try:
        check_destination(url, allowed_hosts=frozenset(filter(None, [allowed])), resolve=resolve)
    except DestinationRefused as error:
        return error.code
    return "ok"


LOCAL_IPV4 = """
0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.0.0.2
127.255.255.255 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9
192.0.0.10 192.0.0.170 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255
198.51.100.1 203.0.113.1 224.0.0.1 224.0.0.251 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
""".split()

LOCAL_IPV6 = """
:: ::1 ::2 ::127.0.0.1 ::a00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::ffff:a9fe:a9fe
::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 100:0:0:1::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::
2002:a00:1::1 2002:c0a8:1::1 2002:808:808::1 3fff::1 3fff:fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fd12:3456:789a::1
fe80::1 fe80::a9fe:a9fe fec0::1 ff02::1 ff05::2 ff0e::1 4000::1 8000::1 e000::1
""".split()

ODD_HOSTS = """
localhost LOCALHOST localhost. localhost.localdomain. 127.1 127.0.1 0 0x7f.1 0x7f000001 0x7F.0.0.1 0177.0.0.1 0177.1
017700000001 2130706433 3232235521 127.0.0.1. 127.0.0.01 127.00.0.1 0127.0.0.1 10.1 192.168.257 1.2.3 1.2.3.4.5
256.1.1.1 0xa9fea9fe 0251.0376.0251.0376 2852039166 169.254.43518 1.1.1.0x7f a.0x1 example api.example.com.
api.example.com.. .api.example.com api..example.com -api.example.com api-.example.com api.example.123 api.example.0x12
metadata intranet router.1 api_.example.com %31%32%37.0.0.1
""".split()

BAD_URLS = [
    ("", "bad_scheme"),
    ("api.example.com", "bad_scheme"),
    ("//api.example.com/", "bad_scheme"),
    ("ftp://api.example.com/", "bad_scheme"),
    ("file:///etc/passwd", "bad_scheme"),
    ("gopher://api.example.com/", "bad_scheme"),
    ("javascript:alert(1)", "bad_scheme"),
    ("data:text/plain,hola", "bad_scheme"),
    ("ws://api.example.com/", "bad_scheme"),
    ("unix:///run/docker.sock", "bad_scheme"),
    ("http+unix://%2Frun%2Fdocker.sock/", "bad_scheme"),
    ("http://", "bad_host"),
    ("http:///path", "bad_host"),
    ("https://?q", "bad_host"),
    ("https://user@api.example.com/", "credentials"),
    ("https://user:pass@api.example.com/", "credentials"),
    ("https://@api.example.com/", "credentials"),
    ("https://:@api.example.com/", "credentials"),
    ("https://api.example.com@127.0.0.1/", "credentials"),
    ("https://127.0.0.1@api.example.com/", "credentials"),
    ("https://api.example.com%40127.0.0.1/", "bad_host"),
    ("https://api.example.com\\@127.0.0.1/", "bad_url"),
    ("https:\\\\api.example.com/", "bad_url"),
    ("https://api.example.com/\r\nHost: x", "bad_url"),
    ("https://api.example.com/a b", "bad_url"),
    ("https://api.example.com/\t", "bad_url"),
    (" https://api.example.com/", "bad_url"),
    ("https://api.example.com/\0", "bad_url"),
    ("https://api.example.com/\x7f", "bad_url"),
    ("https://api.example.com/\u2028", "bad_url"),
    ("https://api.example.com/" + "a" * 3000, "bad_url"),
    ("https://[::1", "bad_url"),
    ("https://[not-an-address]/", "bad_url"),
    ("https://api.example.com:port/", "bad_url"),
    ("https://api.example.com:99999/", "bad_port"),
    ("https://api.example.com:-1/", "bad_port"),
    ("https://api.example.com:0/", "bad_port"),
    ("https://api.example.com:22/", "bad_port"),
    ("https://api.example.com:25/", "bad_port"),
    ("http://api.example.com:3306/", "bad_port"),
    ("http://api.example.com:5432/", "bad_port"),
    ("http://api.example.com:6379/", "bad_port"),
    ("http://api.example.com:8080/", "bad_port"),
    ("https://api.example.com:8443/", "bad_port"),
    ("http://api.example.com:11211/", "bad_port"),
    ("https://nowhere.example.com/", "unresolved"),
    ("https://127.0.0.1.nip.example/", "unresolved"),
]

GOOD_URLS = """
https://api.example.com https://api.example.com/ http://api.example.com/ https://API.Example.COM/
https://api.example.com:443/v26.0/1/messages http://api.example.com:80/ https://api.example.com:80/ http://api.example.com:443/
https://api.example.com/a?b=c#d https://api.example.com/@user https://api.example.com/?q=user@host https://api.example.com/#a@b
https://api.example.com.mx/ https://españa.example/ https://sub_domain.example.com/ https://a-1.example.co/
https://six.example.com/ https://93.184.216.34/ https://8.8.8.8:443/ http://1.1.1.1/ https://[2606:4700::6810:84e5]/
https://[2606:4700::6810:84e5]:443/ https://[2a00:1450:4003::200e]/ https://172.15.255.255/ https://172.32.0.1/ https://11.0.0.1/
https://100.63.255.255/ https://100.128.0.1/ https://169.253.0.1/ https://192.167.1.1/ https://198.20.0.1/ https://223.255.255.1/
""".split()


class TestTable:
    def test_the_table_has_two_hundred_urls(self) -> None:
        """The table below is as long as the promise (INV-55)."""
        assert len(LOCAL_IPV4) * 2 + len(LOCAL_IPV6) * 2 + len(ODD_HOSTS) + len(BAD_URLS) + len(GOOD_URLS) >= 200

    @pytest.mark.parametrize("address", LOCAL_IPV4)
    def test_a_local_ipv4_is_refused(self, address: str) -> None:
        """Loopback, private, link-local, shared, metadata, documentation and multicast addresses are refused."""
        assert code(f"http://{address}/") == code(f"https://{address}:443/") == "not_public"

    @pytest.mark.parametrize("address", LOCAL_IPV6)
    def test_a_local_or_wrapped_ipv6_is_refused(self, address: str) -> None:
        """Local addresses and those that wrap an IPv4 one (mapped, NAT64, 6to4, Teredo) are refused."""
        assert code(f"http://[{address}]/") == code(f"https://[{address}]:443/") == "not_public"

    @pytest.mark.parametrize("host", ODD_HOSTS)
    def test_an_odd_host_is_refused(self, host: str) -> None:
        """Decimal, octal and shortened addresses, trailing dots and names of one label are refused before any look-up."""
        assert code(f"http://{host}/") in {"bad_host", "bad_url"}

    @pytest.mark.parametrize(("url", "reason"), BAD_URLS)
    def test_a_bad_url_is_refused(self, url: str, reason: str) -> None:
        """Other schemes, credentials, ports, white space and backslashes are refused, each with its code."""
        assert code(url) == reason

    @pytest.mark.parametrize("url", GOOD_URLS)
    def test_a_public_url_is_good(self, url: str) -> None:
        """Public names and addresses on the ports of the web are good."""
        assert code(url) == "ok"


class TestResolution:
    @pytest.mark.parametrize("local", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "nonsense"])
    def test_one_local_address_among_public_ones_is_enough(self, local: str) -> None:
        """A name with a public and a local address is refused, in either order."""
        for addresses in ([PUBLIC, local], [local, PUBLIC]):
            with pytest.raises(DestinationRefused) as refused:
                check_destination(
                    "https://x.example.com/", allowed_hosts=frozenset(), resolve=lambda h, p, a=addresses: a
                )

            assert refused.value.code == "not_public"

    def test_a_name_is_resolved_once(self) -> None:
        """A name that answers public first and local afterwards is asked once, and that answer is dialled (bug 20)."""
        answers = iter([[PUBLIC], ["127.0.0.1"]])
        found = check_destination(
            "https://x.example.com/", allowed_hosts=frozenset(), resolve=lambda h, p: next(answers)
        )

        assert (found.address, found.host, found.port) == (PUBLIC, "x.example.com", 443)
        assert next(answers) == ["127.0.0.1"]

    def test_a_name_without_addresses_is_refused(self) -> None:
        """No address at all is no destination."""
        with pytest.raises(DestinationRefused) as refused:
            check_destination("https://x.example.com/", allowed_hosts=frozenset(), resolve=lambda h, p: [])

        assert refused.value.code == "unresolved"


class TestAllowedHosts:
    def test_an_allowed_host_may_be_anywhere(self) -> None:
        """A host that the installation names may be local and on any port."""
        assert code("http://127.0.0.1:8099/v1", allowed="127.0.0.1") == "ok"
        assert code("http://[::1]:8099/", allowed="::1") == "ok"

    def test_only_the_very_host_is_allowed(self) -> None:
        """Another spelling, a neighbour, or a name that leads to an allowed address is not."""
        others = ["http://127.1/", "http://127.0.0.1./", "http://2130706433/", "http://127.0.0.2/", "http://localhost/"]

        assert "ok" not in {code(url, allowed="127.0.0.1") for url in others}
        with pytest.raises(DestinationRefused):
            check_destination(
                "http://x.example.com/", allowed_hosts=frozenset({"127.0.0.1"}), resolve=lambda h, p: ["127.0.0.1"]
            )

    def test_an_allowed_host_is_still_a_web_address(self) -> None:
        """Scheme and credentials are checked all the same."""
        assert code("ftp://127.0.0.1/", allowed="127.0.0.1") == "bad_scheme"
        assert code("http://a@127.0.0.1/", allowed="127.0.0.1") == "credentials"


class TestPublic:
    def test_nonsense_is_not_public(self) -> None:
        """What is no address is not public."""
        assert not is_public("localhost")
        assert is_public(PUBLIC)
