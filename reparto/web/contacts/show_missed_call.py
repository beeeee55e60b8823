"""
A call that waits to be called back, as profile and inbox show it.

It decides nothing: who may call back is the table's to say.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.models import Contact
from reparto.contacts.relation import relation_to
from reparto.conversations.find_missed_calls import Call, call_rows, gather_missed_calls
from reparto.people.actor import Actor
from reparto.people.permissions import may


def show_missed_call(contact: Contact, actor: Actor, calls: Iterable[Call] | None = None) -> dict[str, Any] | None:
    """
    Return what `components/call_back.html` needs; None when nothing waits. `may`: dial, or only see it.

    `calls`: the contact's, where they were read with others.
    """
    missed = gather_missed_calls(call_rows([contact.pk]) if calls is None else calls).get(contact.pk)
    if missed is None:
        return None
    relation = relation_to(contact, actor)
    return {
        "contact_id": contact.pk,
        "number": missed.number,
        "at": missed.at,
        "may": bool(missed.number) and may(actor, "contact.call_back", relation),
        "takes": not may(actor, "contact.follow_up", relation),
        "text": gettext("Its first call was not answered.") if missed.first else gettext("Its call was not answered."),
    }
