"""The fields of a form, each with all its values. Pure; None when the bytes are no form that anybody signed."""

from urllib.parse import parse_qsl

MOST_FIELDS = 200


def read_fields(raw: bytes) -> dict[str, list[str]] | None:
    """Return names and values as they were before they were encoded, in UTF-8."""
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
