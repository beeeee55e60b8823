"""Secrets of accounts are unreadable without the key, and keys can be changed (threat 30, INV-77)."""

import pytest

from reparto.kit.secrets import NoSecretKey, SecretsLost, decrypt_secrets, encrypt_secrets, rotate_secrets

OLD, NEW, OTHER = "old-" * 10, "new-" * 10, "other-" * 10
SECRETS = {"access_token": "EAAñ☕", "app_secret": "0f1e2d3c"}


class TestSecrets:
    def test_what_goes_in_comes_out(self) -> None:
        """With the same key the secrets come out as they went in."""
        assert decrypt_secrets(encrypt_secrets(SECRETS, keys=[OLD]), keys=[OLD]) == SECRETS

    def test_what_is_stored_says_nothing(self) -> None:
        """Neither values nor names can be read, and the same secrets never look the same."""
        first, second = (encrypt_secrets(SECRETS, keys=[OLD]) for _ in range(2))

        assert first != second
        assert not any(word in first for word in (b"access_token", b"EAA", b"0f1e2d3c"))

    def test_nothing_stored_is_no_secrets(self) -> None:
        """An account without secrets has none."""
        assert decrypt_secrets(b"", keys=[OLD]) == {}
        assert rotate_secrets(b"", keys=[OLD]) == b""

    def test_a_database_hands_out_memoryviews(self) -> None:
        """What a driver hands out is read as well."""
        assert decrypt_secrets(memoryview(encrypt_secrets(SECRETS, keys=[OLD])), keys=[OLD]) == SECRETS  # type: ignore[arg-type]

    def test_a_new_key_goes_in_front(self) -> None:
        """With the new key first, old secrets are still read; after rotation the old key is not needed."""
        stored = encrypt_secrets(SECRETS, keys=[OLD])
        rotated = rotate_secrets(stored, keys=[NEW, OLD])

        assert decrypt_secrets(stored, keys=[NEW, OLD]) == SECRETS
        assert decrypt_secrets(rotated, keys=[NEW]) == SECRETS
        with pytest.raises(SecretsLost):
            decrypt_secrets(rotated, keys=[OLD])

    @pytest.mark.parametrize(
        "spoil", [lambda s: s[:-1], lambda s: b"A" + s, lambda s: s[:40] + bytes([s[40] ^ 1]) + s[41:], lambda s: b"{}"]
    )
    def test_tampering_is_noticed(self, spoil) -> None:  # type: ignore[no-untyped-def]
        """What was cut, changed or written by hand is not opened."""
        for use in (decrypt_secrets, rotate_secrets):
            with pytest.raises(SecretsLost):
                use(spoil(encrypt_secrets(SECRETS, keys=[OLD])), keys=[OLD])

    def test_a_foreign_key_opens_nothing(self) -> None:
        """Another key opens nothing, and the message names no secret."""
        with pytest.raises(SecretsLost) as lost:
            decrypt_secrets(encrypt_secrets(SECRETS, keys=[OLD]), keys=[OTHER])

        assert OTHER not in str(lost.value)

    @pytest.mark.parametrize("keys", [[], [""], ["short"], [OLD, "short"]])
    def test_without_a_real_key_nothing_is_stored(self, keys: list[str]) -> None:
        """No key, or one short enough to be guessed, stores nothing."""
        with pytest.raises(NoSecretKey):
            encrypt_secrets(SECRETS, keys=keys)
