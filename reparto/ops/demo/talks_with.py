"""Find the conversations with a customer of the demo, by the telephone that tells who they are."""

from reparto.contacts.match_key import match_key
from reparto.contacts.queries import taken_addresses
from reparto.conversations.models import Conversation
from reparto.conversations.queries import open_conversations_of

from .customers import Customer


def talks_with(customer: Customer) -> list[Conversation]:
    """Return a customer's conversations that are not closed, and hold their rows; inside `company.entered`."""
    key = ("phone", match_key("phone", customer.phone, country=customer.country).key)
    contact_id = taken_addresses([key]).get(key)
    return open_conversations_of(contact_id) if contact_id else []
