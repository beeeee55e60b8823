"""Is this delivery from Meta? Pure; looks at the raw bytes alone, before anything reads them."""

import hashlib
import hmac

PREFIX = "sha256="


def verify(secret: str, raw: bytes, header: str | None) -> bool:
    """
    Say whether `header` (`X-Hub-Signature-256`) signs exactly these bytes with the account's app secret.

    Fails closed: without a secret nothing is genuine. The comparison takes the same time
    whatever differs. Source: Meta, "Validating webhook payloads".
    """
    if not secret or not header or not header.startswith(PREFIX):
        return False
    expected = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    # Bytes, because comparing texts that are not ASCII raises.
    return hmac.compare_digest(expected.encode(), header.removeprefix(PREFIX).encode("utf-8", "replace"))
