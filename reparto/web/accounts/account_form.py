"""
What is asked about an account of each kind, with what is known of it; secrets as masks.

A mask that comes back unchanged leaves its secret as it is.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from reparto.channels.account_settings import KINDS, show_settings
from reparto.channels.add_account import EFFORTS
from reparto.channels.models import Account

from ..ask import Ask, choices_of
from ..people.person_form import group_choices
from ..read_id import read_id

NUMBERS = ("imap_port", "smtp_port")
FLAGS = ("imap_tls", "smtp_tls")


def read_account_form(sent: QueryDict, kind: str, *, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return name, group and settings as the verbs take them; what was emptied is taken away."""
    settings: dict[str, Any] = {}
    for name in KINDS[kind]:
        given = sent.get(f"settings.{name}", "").strip()
        if name in FLAGS:
            # Not asked here: what a program has set stays.
            continue
        if given:
            settings[name] = int(given) if name in NUMBERS and given.isdecimal() and len(given) < 9 else given
        elif name in stored:
            settings[name] = None
    group = sent.get("group_id", "")
    return {
        "name": sent.get("name", ""),
        "group_id": int(group) if group.isdecimal() and len(group) < 19 else 0,
        "settings": settings,
    } | ({"effort": read_id(sent.get("effort", "").strip(), otherwise=-1)} if "effort" in sent else {})


def form_of_account(account: Account) -> dict[str, Any]:
    """Return what is stored of an account, secrets masked, by the same names."""
    general = {"name": account.name, "group_id": account.group_id, "effort": account.effort}
    return general | {"settings": show_settings(account)}


def ask_account(kind: str, values: Mapping[str, Any], faults: Mapping[str, str]) -> list[Ask]:
    """Return the questions for a kind of account."""
    general = [
        Ask("name", gettext("Name"), values["name"], error=faults.get("name", ""), required=True),
        Ask(
            "group_id",
            gettext("Group"),
            choices=choices_of(group_choices(), chosen=values["group_id"]),
            hint=gettext("Managers of this group see what comes in."),
            error=faults.get("group_id", ""),
        ),
        Ask(
            "effort",
            gettext("Effort of a conversation"),
            str(values.get("effort", EFFORTS.get(kind, 1))),
            hint=gettext("How much of somebody's capacity each new conversation takes: a chat 1, a call 3."),
            error=faults.get("effort", ""),
            inputmode="numeric",
        ),
    ]
    return general + [_ask_setting(kind, name, values["settings"], faults) for name in KINDS[kind] if name not in FLAGS]


def _ask_setting(kind: str, name: str, settings: Mapping[str, Any], faults: Mapping[str, str]) -> Ask:
    label, hint = setting_words().get(name, (name.replace("_", " "), ""))
    one = KINDS[kind][name]
    value = settings.get(name)
    return Ask(
        f"settings.{name}",
        label,
        one.preset if value is None else value,
        hint=hint,
        error=faults.get(f"settings.{name}", ""),
        required=bool(one.missing and not one.instead),
        optional=not one.missing,
        autocomplete="off",
        inputmode="numeric" if name in NUMBERS else "",
    )


def setting_words() -> dict[str, tuple[str, str]]:
    """Return what each setting is called and where one finds it."""
    return {
        "phone_number_id": (gettext("Phone number ID"), gettext("In Meta's panel: WhatsApp › API setup. Digits only.")),
        "app_secret": (
            gettext("App secret"),
            gettext("In Meta's panel: App settings › Basic. Without it no message could be told from a forgery."),
        ),
        "verify_token": (
            gettext("Verify token"),
            gettext("A word of your choice: write the same one in Meta's panel, beside the address below."),
        ),
        "access_token": (gettext("Access token"), gettext("The permanent one of a system user; needed to answer.")),
        "api_base": (gettext("Address of the API"), gettext("Leave it as it is, unless you go through a provider.")),
        "business_account_id": (gettext("WhatsApp Business account ID"), ""),
        "address": (gettext("E-mail address"), ""),
        "auth_token": (gettext("Auth token"), gettext("In Twilio's console. It proves that a call event is genuine.")),
        "account_sid": (
            gettext("Account SID"),
            gettext("In Twilio's console. Events of any other account are refused."),
        ),
        "exchange_secret": (
            gettext("Secret of your telephone exchange"),
            gettext("A long word of your own, which Asterisk or FreePBX sends with each event."),
        ),
        "extensions": (
            gettext("Extensions"),
            gettext("Whose they are: 101=ana@example.com, 102=bruno@example.com"),
        ),
        "imap_host": (gettext("Server for receiving (IMAP)"), ""),
        "imap_port": (gettext("Port for receiving"), ""),
        "imap_user": (gettext("User for receiving"), ""),
        "imap_username": (gettext("User name for receiving"), ""),
        "imap_password": (gettext("Password for receiving"), ""),
        "smtp_host": (gettext("Server for sending (SMTP)"), ""),
        "smtp_port": (gettext("Port for sending"), ""),
        "smtp_user": (gettext("User for sending"), ""),
        "smtp_username": (gettext("User name for sending"), ""),
        "smtp_password": (gettext("Password for sending"), ""),
    }


def kind_words() -> dict[str, dict[str, Any]]:
    """Return what each kind is called, in the order in which it is offered."""
    not_built = gettext("Its settings are kept, but the channel itself is not built yet: nothing comes in by it.")
    return {
        "whatsapp": {"label": "WhatsApp", "say": gettext("A number of the WhatsApp Cloud API."), "note": ""},
        "webform": {"label": gettext("Web form"), "say": gettext("A form on your web site, or a program."), "note": ""},
        "email": {"label": gettext("E-mail"), "say": gettext("A mailbox."), "note": not_built},
        "phone": {"label": gettext("Phone"), "say": gettext("A phone line with call events."), "note": ""},
    }
