"""Is this call event from Twilio? Pure; looks at the address that Twilio was given and at the form's fields alone."""

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from .read_fields import read_fields

#: Ports that an address may name or leave out.
PORTS = {"https": 443, "http": 80}


def verify_twilio(secret: str, raw: bytes, header: str | None, *, url: str) -> bool:
    """
    Say whether `header` (`X-Twilio-Signature`) signs this form, posted to this address, with the account's auth token.

    What is signed: the whole address with its query, as the outside sees it, then each field's name and value in the
    order of the names, nothing between them; HMAC-SHA1, in base64. A value that comes twice counts once, and Twilio
    may write the port or leave it out. Source: Twilio, "Webhooks security: validating signatures", and its helper
    library's `RequestValidator`. Fails closed: without a secret nothing is genuine. The comparison takes the same time
    whatever differs.
    """
    if not secret or not header:
        return False
    fields = read_fields(raw)
    if fields is None:
        return False
    said = "".join(name + value for name in sorted(fields) for value in sorted(set(fields[name])))
    given = header.encode("utf-8", "replace")
    # All of them are compared, so that the time says nothing of which one it was.
    return sum(hmac.compare_digest(_sign(secret, one + said), given) for one in _spellings(url)) > 0


def _sign(secret: str, text: str) -> bytes:
    return base64.b64encode(hmac.new(secret.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha1).digest())


def _spellings(url: str) -> list[str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = PORTS.get(parts.scheme)
    if port is None or parts.port not in (None, port):
        return [url]
    return [parts._replace(netloc=host).geturl(), parts._replace(netloc=f"{host}:{port}").geturl()]
