"""
Search conversations by whom they are with or by what was said in them: any part of it, accents and case ignored.

It narrows what the actor may see and widens nothing.
"""

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from reparto.contacts.queries import all_contacts
from reparto.contacts.search_contacts import LIMIT, MOST_WORDS, search_contacts
from reparto.engine import fold

from .models import Conversation

#: The index of what was said knows parts of three letters.
FEWEST_LETTERS = 3


def search_conversations(talks: QuerySet[Conversation], text: str) -> QuerySet[Conversation]:
    """Return those whose contact has every word of the text, or in which every longer word was said."""
    needle = "".join(sign for sign in fold(text[:LIMIT]) if sign.isprintable() or sign.isspace())
    words = [word for word in needle.split()[:MOST_WORDS] if len(word) >= FEWEST_LETTERS]
    found = Q(contact_id__in=search_contacts(all_contacts(), text).values("pk"))
    return talks.filter(found | _said(words)) if words else talks.filter(found)


def _said(words: list[str]) -> Q:
    said = Q()
    for word in words:
        # One reviewed function, because row-level security keeps LIKE from using the trigram index.
        said &= Q(pk__in=RawSQL("SELECT conversations_saying(%s)", [word]))
    return said
