"""
What a reply step says in a conversation: its text, or the template of the conversation's account, filled in.

It sends nothing, and asks nothing of WhatsApp's window.
"""

from reparto.channels.queries import templates_of
from reparto.contacts.queries import contacts_by_id
from reparto.conversations.fill_template import fill_template
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import CannotSend, Reply
from reparto.kit.organizations import this_organization

from .fill_text import fill_text
from .find_step import Step


def fill_reply(step: Step, talk: Conversation, *, contact_id: int) -> Reply:
    """
    Return a step's reply as this contact is told it.

    Raises:
        CannotSend: `unknown_template`: the account has none of that name and language; `missing_value`, `too_long`.

    """
    names = {"contact_name": contacts_by_id([contact_id])[contact_id].name}
    names["organization_name"] = this_organization().name
    wanted = step.get("template")
    if wanted is None:
        return Reply(fill_text(step["text"], **names))
    row = templates_of(talk.account_id).filter(name=wanted["name"], language=wanted["language"]).first()
    if row is None:
        raise CannotSend("unknown_template")
    values = {name: fill_text(value, **names) for name, value in wanted["values"].items()}
    filled = fill_template(talk, row.pk, values)
    return Reply(filled.text, template=filled.content)
