"""
Fill a message template for one conversation: of its account, every variable with a value.

It sends nothing; `send_reply` does, as any other answer.
"""

from collections.abc import Mapping

from reparto.channels.queries import templates_of
from reparto.channels.whatsapp.fill_placeholders import MAX_BODY, FilledTemplate, fill_placeholders, read_placeholders
from reparto.kit.read_choice import is_id

from .models import Conversation
from .send_reply import CannotSend


def fill_template(talk: Conversation, template_id: int, values: Mapping[str, str]) -> FilledTemplate:
    """
    Return a template of the conversation's account with these values.

    Raises:
        CannotSend: `unknown_template`, `missing_value`, or `too_long`.

    """
    template = templates_of(talk.account_id).filter(pk=template_id).first() if is_id(template_id) else None
    if template is None:
        raise CannotSend("unknown_template")
    given = {name: values.get(name, "").replace("\0", "") for name in read_placeholders(template.body)}
    if not all(value.strip() for value in given.values()):
        raise CannotSend("missing_value")
    filled = fill_placeholders(template.name, template.language, template.body, values=given)
    if len(filled.text) > MAX_BODY:
        raise CannotSend("too_long")
    return filled
