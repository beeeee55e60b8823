"""Why something was set aside, in a sentence; an unknown code is shown as it is. It decides nothing."""

from django.utils.translation import gettext, gettext_noop

SENTENCES = {
    "bad_json": gettext_noop("It is not JSON."),
    "too_deep": gettext_noop("It is nested too deep to be a message."),
    "wrong_shape": gettext_noop("A part that every message has is missing or of another shape."),
    "unknown_field": gettext_noop("It is a kind of event that Reparto does not know."),
    "reported_error": gettext_noop("WhatsApp reports an error."),
    "no_phone_or_email": gettext_noop("The form has neither phone nor e-mail."),
    "too_many_fields": gettext_noop("The form has too many fields."),
    "too_long": gettext_noop("A field of the form is too long."),
    "not_text": gettext_noop("A field of the form is no text."),
    "several_values": gettext_noop("A field of the form came more than once."),
    "name_too_long": gettext_noop("The name of a field is too long."),
    "foreign_object": gettext_noop("It is not an event of WhatsApp Business."),
    "foreign_number": gettext_noop("It is about another phone number than this account's."),
    "no_usable_address": gettext_noop("Nothing in it says who wrote: no phone, no e-mail, no WhatsApp user."),
    "not_an_object": gettext_noop("It is JSON, but not an object with names and values."),
    "bad_utf8": gettext_noop("It has characters that are not UTF-8."),
    "hidden_caller": gettext_noop("A call from a hidden number: nobody could be called back."),
    "foreign_account": gettext_noop("It is about another Twilio account than this one's."),
    "no_call_id": gettext_noop("It does not say which call it is about."),
    "unknown_call_status": gettext_noop("It says of a call what Reparto does not know."),
    "bad_form": gettext_noop("The form could not be read."),
    "could_not_be_absorbed": gettext_noop(
        "Storing it failed. The delivery is kept; an operator finds the cause in the log."
    ),
}


def describe_reason(code: str) -> str:
    """Return the sentence of a reason."""
    return gettext(SENTENCES[code]) if code in SENTENCES else code.replace("_", " ")
