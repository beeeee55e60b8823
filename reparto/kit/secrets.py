"""
Keep the secrets of accounts so that a copy of the database alone does not give them away.

The keys stay outside the database; this module is handed them and remembers none. It never logs and never shows what it
holds.
"""

import base64
import json
from collections.abc import Mapping, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MIN_KEY = 32
"""Characters of a key; fewer could be guessed."""

PURPOSE = b"reparto account secrets 1"
"""Other uses of the same installation key derive other keys."""


class NoSecretKey(Exception):
    """There is no key to encrypt with, or one is too short to be one."""


class SecretsLost(Exception):
    """What is stored was encrypted with none of these keys, or was tampered with."""


def encrypt_secrets(secrets: Mapping[str, str], *, keys: Sequence[str]) -> bytes:
    """
    Encrypt with the first key.

    Raises:
        NoSecretKey: Without a usable key nothing is stored.

    """
    return _box(keys).encrypt(json.dumps(dict(secrets), ensure_ascii=False, sort_keys=True).encode())


def decrypt_secrets(stored: bytes, *, keys: Sequence[str]) -> dict[str, str]:
    """
    Decrypt with whichever of the keys fits; nothing stored means no secrets.

    Raises:
        SecretsLost: No key fits.

    """
    if not stored:
        return {}
    try:
        secrets: dict[str, str] = json.loads(_box(keys).decrypt(bytes(stored)))
    except InvalidToken:
        raise SecretsLost(f"None of the {len(keys)} keys opens these secrets; put the former key back.") from None
    return secrets


def rotate_secrets(stored: bytes, *, keys: Sequence[str]) -> bytes:
    """
    Encrypt anew with the first key, so that a former one can be retired.

    Raises:
        SecretsLost: No key fits.

    """
    if not stored:
        return stored
    try:
        return _box(keys).rotate(bytes(stored))
    except InvalidToken:
        raise SecretsLost(f"None of the {len(keys)} keys opens these secrets; put the former key back.") from None


def _box(keys: Sequence[str]) -> MultiFernet:
    if not keys or any(len(key) < MIN_KEY for key in keys):
        raise NoSecretKey(f"Give at least one key, each of {MIN_KEY} characters or more.")
    return MultiFernet([_fernet(key) for key in keys])


def _fernet(key: str) -> Fernet:
    # The keys are random already: a slow derivation would protect nothing and cost each message.
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
