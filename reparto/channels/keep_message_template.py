"""
Keep a message template as Meta has approved it, or forget it.

It asks Meta nothing: one that Meta does not know is refused there when it is sent, and shown as failed.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line, read_lines
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import MessageTemplate
from .queries import find_account, find_template
from .whatsapp.fill_placeholders import MAX_BODY, read_placeholders

NAME = re.compile(r"[a-z0-9_]{1,512}")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A message template to be kept; one of this account, name and language gets another body."""

    account_id: int
    name: str
    language: str
    body: str


def keep_message_template(draft: TemplateDraft, *, actor: Actor, at: datetime) -> MessageTemplate:
    """
    Keep a template of a WhatsApp account.

    Raises:
        NotAllowed: The actor does not manage accounts.
        UnknownAccount: No such account.
        Invalid: With all that is wrong.

    """
    check(actor, "accounts.manage")
    account = find_account(draft.account_id)
    name, language, body = _read(draft, is_whatsapp=account.kind == "whatsapp")
    row, _ = MessageTemplate.objects.update_or_create(
        organization_id=actor.organization_id,
        account_id=account.pk,
        name=name,
        language=language,
        defaults={"body": body, "updated_at": at},
    )
    _record(row, actor, kept=True, at=at)
    return row


def forget_message_template(template_id: int, *, actor: Actor, at: datetime) -> None:
    """Forget a template; what was sent with it stays. Raises NotAllowed, UnknownTemplate."""
    check(actor, "accounts.manage")
    row = find_template(template_id)
    _record(row, actor, kept=False, at=at)
    row.delete()


def _record(row: MessageTemplate, actor: Actor, *, kept: bool, at: datetime) -> None:
    said = {"name": row.name, "language": row.language, "body": row.body}
    record_audit(
        actor.person_id,
        "accounts.template",
        object_kind="account",
        object_id=row.account_id,
        before=None if kept else said,
        after=said if kept else None,
        at=at,
    )


def _read(draft: TemplateDraft, *, is_whatsapp: bool) -> tuple[str, str, str]:
    faults = Faults()
    name = read_line(draft.name, path="name", limit=512, faults=faults)
    language = read_line(draft.language, path="language", limit=20, faults=faults)
    body = read_lines(draft.body, path="body", limit=MAX_BODY, faults=faults)
    if not is_whatsapp:
        faults.add("account_id", "wrong_kind", gettext("Only WhatsApp accounts have templates."))
    if name and not NAME.fullmatch(name):
        faults.add("name", "bad_name", gettext("As Meta has it: small letters, digits and _."))
    if language and not LANGUAGE.fullmatch(language):
        faults.add("language", "bad_language", gettext("As Meta has it: es, es_MX, pt_BR…"))
    if not _is_whole(body):
        faults.add(
            "body", "bad_placeholders", gettext("Number the variables from {{1}} on, or give all of them names.")
        )
    faults.check()
    return name, language, body


def _is_whole(body: str) -> bool:
    """Say whether placeholders are all names, or all numbers from 1 on without a gap."""
    names = read_placeholders(body)
    numbers = [name for name in names if name.isdecimal()]
    return not numbers or list(names) == [str(number) for number in range(1, len(names) + 1)]
