"""
Say in plain text what a message holds: body, caption, title, emoji, place. Pure; no sentence of our own, so nothing to
translate.
"""

from collections.abc import Callable, Mapping
from typing import Any

from reparto.channels.whatsapp.not_readable import NotReadable

Content = Mapping[str, Any]


def describe_content(kind: str, item: Content) -> str | None:
    """
    Give what an agent can read of a message; None when there is nothing to read (a sticker, a voice note).

    Raises:
        NotReadable: The part that should hold the text is missing or of another shape.

    """
    describe = _BY_KIND.get(kind)
    if describe is None:
        return None
    content = item.get(kind)
    if not isinstance(content, list if kind == "contacts" else dict):
        raise NotReadable("wrong_shape")
    return describe(content) or None


def _text(content: Content, *path: str) -> str:
    """The text at a path; empty when absent, an error when it is something else."""
    value: Any = content
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotReadable("wrong_shape")
    return value


def _body(content: Content) -> str:
    if not isinstance(content.get("body"), str):
        raise NotReadable("wrong_shape")
    return _text(content, "body")


def _captioned(content: Content) -> str:
    return _text(content, "caption")


def _document(content: Content) -> str:
    return _text(content, "caption") or _text(content, "filename")


def _location(content: Content) -> str:
    place = [_text(content, "name"), _text(content, "address")]
    latitude, longitude = content.get("latitude"), content.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        raise NotReadable("wrong_shape")
    return ", ".join([*filter(None, place), f"{latitude:.6f}, {longitude:.6f}"])


def _reaction(content: Content) -> str:
    # Taken back: Meta leaves the emoji out.
    return _text(content, "emoji")


def _interactive(content: Content) -> str:
    answers = (
        ("button_reply", "title"),
        ("list_reply", "title"),
        ("nfm_reply", "body"),
        ("nfm_reply", "response_json"),
        ("call_permission_reply", "response"),
    )
    return next((said for path in answers if (said := _text(content, *path))), "")


def _button(content: Content) -> str:
    return _text(content, "text") or _text(content, "payload")


def _order(content: Content) -> str:
    products = content.get("product_items")
    lines = [_product(one) for one in products if isinstance(one, dict)] if isinstance(products, list) else []
    return "\n".join(filter(None, [_text(content, "text"), *lines]))


def _product(product: Content) -> str:
    parts = (product.get("quantity"), product.get("product_retailer_id"))
    return " × ".join(str(part) for part in parts if isinstance(part, str | int | float))


def _edit(content: Content) -> str:
    message = content.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise NotReadable("wrong_shape")
    return "" if message["type"] == "edit" else describe_content(message["type"], message) or ""


def _revoke(content: Content) -> str:
    return ""


def _cards(cards: list[Any]) -> str:
    return "\n".join(filter(None, (_card(one) for one in cards if isinstance(one, dict))))


def _card(card: Content) -> str:
    phones = card.get("phones")
    numbers = [_text(one, "phone") for one in phones if isinstance(one, dict)] if isinstance(phones, list) else []
    return " ".join(filter(None, [_text(card, "name", "formatted_name"), *numbers]))


_BY_KIND: dict[str, Callable[[Any], str]] = {
    "text": _body,
    "image": _captioned,
    "video": _captioned,
    "audio": lambda content: "",
    "sticker": lambda content: "",
    "document": _document,
    "contacts": _cards,
    "location": _location,
    "reaction": _reaction,
    "interactive": _interactive,
    "button": _button,
    "order": _order,
    "system": lambda content: _text(content, "body"),
    "edit": _edit,
    "revoke": _revoke,
}
