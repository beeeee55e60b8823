"""Answer Meta's question whether a hook is ours. Pure."""

import hmac


def handshake(mode: str | None, token: str | None, challenge: str | None, verify_token: str) -> str | None:
    """
    Give back the challenge when the caller knows the account's verify token; else None, which is a 403.

    Fails closed: an account without a verify token answers nobody.
    """
    if mode != "subscribe" or not verify_token or not challenge:
        return None
    same = hmac.compare_digest((token or "").encode("utf-8", "replace"), verify_token.encode("utf-8", "replace"))
    return challenge if same else None
