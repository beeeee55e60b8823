"""Is this call event from the company's own telephone exchange? Pure."""

import hmac

SCHEME = "bearer"


def verify_secret(secret: str, header: str | None) -> bool:
    """
    Say whether `header` (`Authorization: Bearer …`) carries the account's secret for its exchange.

    Fails closed: without a secret nothing is genuine. The comparison takes the same time whatever differs.
    """
    scheme, _, given = (header or "").partition(" ")
    if not secret or scheme.lower() != SCHEME:
        return False
    # Bytes, because comparing texts that are not ASCII raises.
    return hmac.compare_digest(secret.encode(), given.strip().encode("utf-8", "replace"))
