"""
Read what somebody writes to a contact: their words as they are, but for what no text can hold, or a form does to lines.

It tidies nothing else: a reply is said as it was typed.
"""

from collections.abc import Mapping


def read_words(given: Mapping[str, str]) -> str:
    """Return the `text` of a reply, a note or a draft."""
    # A form sends each line break as two signs: one was typed, and the box counts one.
    return given.get("text", "").replace("\0", "").replace("\r\n", "\n")
