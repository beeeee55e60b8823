"""
Encrypt what a push says for one browser (RFC 8291, RFC 8188): the push service that carries it cannot read it. Pure.

It sends nothing; where to is not its business.
"""

import base64
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
#: One record; a push service takes 4,096 bytes at least.
RECORD = 4096
MOST_BYTES = 3000
SALT_BYTES, SECRET_BYTES, POINT_BYTES = 16, 16, 65


class BadKeys(ValueError):
    """What a browser gave as its keys is none."""


@dataclass(frozen=True, slots=True)
class BrowserKeys:
    """What a browser gave when it subscribed."""

    p256dh: str  #: its public key, uncompressed, base64url
    auth: str  #: its secret, base64url


def encrypt_push(
    text: bytes, keys: BrowserKeys, *, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """Return the body (`Content-Encoding: aes128gcm`); `own` and `salt` are made for each message. Raises BadKeys."""
    theirs, secret = read_keys(keys)
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(SALT_BYTES)
    ours = point_of(own)
    info = b"WebPush: info\0" + _point(theirs) + ours
    shared = _derive(own.exchange(ec.ECDH(), theirs), salt=secret, info=info, length=32)
    key = _derive(shared, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derive(shared, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    sealed = AESGCM(key).encrypt(nonce, text[:MOST_BYTES] + b"\2", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours + sealed


def read_keys(keys: BrowserKeys) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """Return a browser's public key and secret. Raises BadKeys."""
    try:
        point, secret = from_base64(keys.p256dh), from_base64(keys.auth)
        if len(secret) != SECRET_BYTES or len(point) != POINT_BYTES:
            raise BadKeys("The keys of a browser are 65 and 16 bytes.")
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point), secret
    except ValueError as error:
        raise BadKeys("These are no keys of a browser.") from error


def point_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public key of a private one, uncompressed."""
    return _point(private.public_key())


def to_base64(raw: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_base64(text: str) -> bytes:
    """Read base64url, padded or not. Raises ValueError."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
