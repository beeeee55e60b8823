"""Take out of a stranger's text what cannot be stored or would deceive the eye. Pure; changes no word."""

import re

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line ends, and those that turn the direction of writing."""


def clean_text(text: str) -> str:
    """Take out NUL, which PostgreSQL refuses, and put U+FFFD where half a character was sent."""
    if text.isascii():
        return text.replace("\0", "")
    # Pairs of escapes were joined by the JSON reader already; what is left stands alone.
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_lines(text: str) -> str:
    """Clean a text of several lines for reading."""
    return UNSEEN.sub("", clean_text(text)).replace("\r\n", "\n").strip()


def clean_line(text: str) -> str:
    """Clean a name or another text of one line for reading."""
    return " ".join(UNSEEN.sub(" ", clean_text(text)).split())
