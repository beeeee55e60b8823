"""
Read what was written of a template: every fault at once, each with the line in which it stands.

It stores nothing.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from reparto.contacts.queries import all_custom_fields
from reparto.engine import CUSTOM
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line, read_lines

from .fill_template import MERGE_FIELDS, unknown_fields

NAME_LIMIT = 100
SUBJECT_LIMIT = 200
BODY_LIMIT = 10_000
#: Of one text; who writes more of them sees the first.
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template as somebody wrote it."""

    name: str
    subject: str
    body: str


def read_template(draft: TemplateDraft, faults: Faults, *, named: bool = True) -> TemplateDraft:
    """Return it tidied; one that is only tried needs no name."""
    known = merge_fields()
    name = read_line(draft.name, path="name", limit=NAME_LIMIT, faults=faults, required=named)
    subject = read_line(draft.subject, path="subject", limit=SUBJECT_LIMIT, faults=faults)
    body = read_lines(draft.body, path="body", limit=BODY_LIMIT, faults=faults)
    for path, text in (("subject", subject), ("body", body)):
        for line, field in list(unknown_fields(text, known))[:MOST_FAULTS]:
            code, said = _fault(field)
            where = gettext("Line %(line)d: ") % {"line": line} if path == "body" else ""
            faults.add(path, code, where + said)
    return TemplateDraft(name, subject, body)


def merge_fields() -> dict[str, str]:
    """Return all that a template may name here, each with what the company's own are called, else ""."""
    own = {f"contact.{CUSTOM}{field.key}": field.label for field in all_custom_fields()}
    return dict.fromkeys(MERGE_FIELDS, "") | own


def _fault(field: str) -> tuple[str, str]:
    if field:
        return "unknown_field", gettext("There is no field «%(name)s».") % {"name": field[:60]}
    return "lone_braces", gettext("Braces must stand in pairs: {{contact.name}}.")
