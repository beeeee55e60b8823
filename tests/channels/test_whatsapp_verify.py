"""Only Meta, with the account's own secret, over the very bytes, gets in (INV-9)."""

import hashlib
import hmac
from random import Random

import pytest

from reparto.channels.whatsapp.handshake import handshake
from reparto.channels.whatsapp.verify import verify

SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
BODY = '{"object":"whatsapp_business_account","entry":[{"text":"¿Hola? ☕"}]}'.encode()


def signed(raw: bytes = BODY, secret: str = SECRET) -> str:
    """Sign as Meta signs."""
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


class TestVerify:
    def test_the_right_signature_is_genuine(self) -> None:
        """A body signed with the account's app secret is genuine."""
        assert verify(SECRET, BODY, signed())

    def test_no_secret_means_nothing_is_genuine(self) -> None:
        """An account without a secret accepts nothing, not even what is signed with the empty secret (bug 17)."""
        assert not verify("", BODY, signed(secret=""))

    @pytest.mark.parametrize(
        "header",
        [None, "", "sha256=", signed()[7:], signed().upper(), "sha1=" + signed()[7:], signed() + "0", "sha256=ñandú"],
    )
    def test_any_other_header_is_refused(self, header: str | None) -> None:
        """A missing, bare, upper-case, longer or foreign header is refused, and none raises."""
        assert not verify(SECRET, BODY, header)

    def test_the_same_json_written_otherwise_is_refused(self) -> None:
        """The signature is over the bytes: JSON that means the same but is written otherwise is refused (bug 18)."""
        assert not verify(SECRET, BODY.replace(b":", b": "), signed())

    def test_another_app_is_refused(self) -> None:
        """A body signed with the secret of another app is refused."""
        assert not verify(SECRET, BODY, signed(secret="f" + SECRET[1:]))

    def test_every_flipped_bit_is_refused(self) -> None:
        """One flipped bit anywhere in the body or the header makes it false."""
        header = signed()
        bodies = [BODY[:i] + bytes([BODY[i] ^ 1 << bit]) + BODY[i + 1 :] for i in range(len(BODY)) for bit in range(8)]
        headers = [header[:i] + chr(ord(header[i]) ^ 1 << bit) + header[i + 1 :] for i in range(71) for bit in range(7)]

        assert not any(verify(SECRET, body, header) for body in bodies)
        assert not any(verify(SECRET, BODY, one) for one in headers)

    def test_a_hundred_thousand_flips_are_refused(self) -> None:
        """100,000 single bits flipped at random in body, signature or secret: none is accepted (INV-9)."""
        chance, accepted = Random(9), 0
        for _ in range(100_000):
            parts = [bytearray(BODY), bytearray(signed().encode()), bytearray(SECRET.encode())]
            part = chance.choice(parts)
            part[chance.randrange(len(part))] ^= 1 << chance.randrange(7)
            accepted += verify(parts[2].decode(), bytes(parts[0]), parts[1].decode())

        assert accepted == 0


class TestHandshake:
    def test_the_right_token_gets_the_challenge_back(self) -> None:
        """Whoever knows the verify token gets the challenge back as it was."""
        assert handshake("subscribe", "llave", "1158201444", "llave") == "1158201444"

    @pytest.mark.parametrize(
        ("mode", "token", "challenge", "verify_token"),
        [
            ("subscribe", "otra", "1", "llave"),
            ("subscribe", None, "1", "llave"),
            ("subscribe", "", "1", ""),
            ("unsubscribe", "llave", "1", "llave"),
            (None, "llave", "1", "llave"),
            ("subscribe", "llave", None, "llave"),
            ("subscribe", "\udcff", "1", "llave"),
        ],
    )
    def test_anything_else_gets_nothing(
        self, mode: str | None, token: str | None, challenge: str | None, verify_token: str
    ) -> None:
        """A wrong or missing token, mode or challenge gets nothing, nor does an account without a token."""
        assert handshake(mode, token, challenge, verify_token) is None
