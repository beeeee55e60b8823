"""
Why somebody may not do a thing, in a sentence with the way out.

It decides nothing: the verb already refused.
"""

from django.utils.translation import gettext, gettext_noop

SENTENCES = {
    "contact.assign": gettext_noop("Only a manager may give a contact to somebody. Ask yours."),
    "contact.take": gettext_noop("You may take a contact that has nobody, if its campaign is yours."),
    "contact.edit": gettext_noop("You may change your own contacts and those that nobody has."),
    "contact.default_assignees": gettext_noop("Only a manager may choose who is put on new conversations."),
    "conversation.take": gettext_noop("You may take a conversation that has nobody."),
    "conversation.assign": gettext_noop("Only a manager may give a conversation to somebody. Ask yours."),
    "conversation.reply": gettext_noop("Only who works the conversation may answer it."),
    "rules.manage": gettext_noop("Only an administrator may change the rules."),
}
OTHERWISE = gettext_noop("Your role does not include this. Ask an administrator.")


def describe_refusal(action: str) -> str:
    """Return why the action was refused."""
    return gettext(SENTENCES.get(action, OTHERWISE))
