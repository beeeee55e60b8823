"""
Shortens a name to the one or two letters inside an avatar.

It must not change capital letters of scripts that have none, nor fail on an empty name.
"""

NO_NAME = "·"
PARTICLES = frozenset({"de", "del", "la", "las", "los", "da", "das", "do", "dos", "e", "y", "van", "von"})


def initials_of(name: str) -> str:
    """Return the initials: first letters of the first two words that carry the name."""
    words = [word for word in name.split() if word[0].isalnum()]
    carrying = [word for word in words if word.lower() not in PARTICLES] or words
    return "".join(word[0] for word in carrying[:2]).upper() or NO_NAME
