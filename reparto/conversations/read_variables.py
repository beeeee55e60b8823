"""
Read what the variables of a text stand for, in one conversation and for whoever writes.

It reads what the conversation's own page shows, and no more.
"""

from reparto.kit.organizations import this_organization
from reparto.people.actor import Actor

from .models import Conversation


def read_variables(talk: Conversation, *, actor: Actor) -> dict[str, str]:
    """Return the values by the names of `fill_variables.VARIABLES`; those that are not known are empty."""
    contact = talk.contact
    fields = {name: str(contact.fields.get(name) or "") for name in ("company", "city")}
    return {
        "contact.name": contact.name,
        "contact.first_name": _first(contact.name),
        "contact.company": fields["company"],
        "contact.city": fields["city"],
        "agent.name": actor.name,
        "agent.first_name": _first(actor.name),
        "organization.name": this_organization().name,
        "account.name": talk.account.name,
    }


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else ""
