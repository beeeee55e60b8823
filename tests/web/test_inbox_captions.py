"""What a message is that has no words of its own."""

import pytest

from reparto.web.inbox.say_kind import caption_of


class TestAttachments:
    @pytest.mark.parametrize(
        ("kind", "content", "named"),
        [
            ("document", {"filename": "Ficha.pdf", "mime_type": "application/pdf"}, ("Ficha.pdf", "application/pdf")),
            ("audio", {"mime_type": "audio/ogg; codecs=opus"}, ("Mensaje de voz", "audio/ogg")),
            ("location", {"latitude": -33.4, "longitude": -70.6}, ("Ubicación", "-33.4, -70.6")),
            ("location", {"name": "Taller", "address": "Av. Uno 1"}, ("Taller", "Av. Uno 1")),
            (
                "contacts",
                [{"name": {"formatted_name": "Eva Luna"}}, "x", {"name": 3}],
                ("Tarjeta de contacto", "Eva Luna"),
            ),
            ("reaction", {"emoji": "👍"}, ("Reacción", "👍")),
            ("image", ["odd"], ("Foto", "")),
            ("location", {"name": {"a": 1}, "latitude": None}, ("Ubicación", "")),
        ],
    )
    def test_are_named_by_kind(self, kind: str, content: object, named: tuple[str, str]) -> None:
        """A caption says what it is and what the channel told of it; a payload that is odd breaks nothing."""
        caption = caption_of(kind, {kind: content})

        assert caption is not None
        assert named == (caption["name"], caption["size"])
