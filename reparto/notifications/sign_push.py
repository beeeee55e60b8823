"""
Say to a push service who sends (VAPID, RFC 8292): a token signed with the installation's own key.

The key follows from the installation's secret key, which is kept with its secrets; a browser stays with the key for
which it subscribed, so keys of former secrets (`REPARTO_OLD_SECRET_KEYS`) still sign.
"""

import json
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from .encrypt_push import CURVE, point_of, to_base64

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
#: RFC 8292 allows a day at most.
VALID = timedelta(hours=12)


class UnknownKey(LookupError):
    """No secret of the installation gives this key any more."""


def sign_push(endpoint: str, *, key: str, at: datetime) -> str:
    """Return the header `Authorization` for a push service, signed with the private key of a public one."""
    private = next((one for one in _private_keys() if to_base64(point_of(one)) == key), None)
    if private is None:
        raise UnknownKey("The installation's secret key was changed; the browser has to subscribe again.")
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((at + VALID).timestamp()), "sub": settings.BASE_URL}
    said = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    r, s = decode_dss_signature(private.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    signature = to_base64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={said}.{signature}, k={key}"


def push_key() -> str:
    """Return the public key with which browsers subscribe now."""
    return to_base64(point_of(_private_keys()[0]))


def _private_keys() -> list[ec.EllipticCurvePrivateKey]:
    return [_key_of(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@cache
def _key_of(secret: str) -> ec.EllipticCurvePrivateKey:
    drawn = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"reparto web push").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (ORDER - 1) + 1, CURVE)


def _part(content: dict[str, object]) -> str:
    return to_base64(json.dumps(content, separators=(",", ":")).encode())
