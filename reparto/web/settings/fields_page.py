"""The company's own fields of a contact: add, rename, order, retire. What is kept of contacts is never lost by it."""

import re
from collections.abc import Collection
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reparto.contacts.add_custom_field import WITH_CHOICES, CustomFieldDraft, add_custom_field
from reparto.contacts.edit_custom_field import UnknownField, edit_custom_field
from reparto.contacts.models import CustomField
from reparto.contacts.order_custom_fields import order_custom_fields
from reparto.contacts.queries import all_custom_fields
from reparto.engine import FIELDS, fold
from reparto.kit.faults import Invalid

from ..ask import choices_of, faults_by_path
from ..page import Page
from .sections_of import sections_of

TYPES: dict[str, str | Promise] = {
    "text": _("Text"),
    "number": _("Number"),
    "date": _("Date"),
    "choice": _("One of a list"),
    "multi": _("Several of a list"),
    "yesno": _("Yes or no"),
}


class FieldsPage(Page):
    """`/ajustes/campos`, and `/ajustes/campos/{id}` with that one in the editor."""

    action: ClassVar[str] = "settings.manage"
    section: ClassVar[str] = "settings"

    def get(self, request: HttpRequest, field_id: int | None = None) -> HttpResponse:
        """Show the list, and one of it to be changed."""
        if field_id is None:
            return self._ask(CustomFieldDraft("", "", "text"), None, None)
        field = all_custom_fields().filter(pk=field_id).first()
        if field is None:
            raise UnknownField(f"Field {field_id} does not exist.")
        return self._ask(CustomFieldDraft(field.key, field.label, field.type, tuple(field.choices)), field_id, None)

    def post(self, request: HttpRequest, field_id: int | None = None) -> HttpResponse:
        """Keep the field of the form; or move, retire or ask again the one whose button was pressed."""
        sent = request.POST
        for act, change in (("up", self._move), ("down", self._move), ("retire", self._retire), ("ask", self._retire)):
            if act in sent:
                return change(_number(sent[act]), act)
        choices = tuple(line.strip() for line in sent.get("choices", "").splitlines() if line.strip())
        draft = CustomFieldDraft(_key(sent.get("label", "")), sent.get("label", ""), sent.get("type", ""), choices)
        try:
            if field_id is None:
                add_custom_field(draft, actor=self.actor, at=self.at)
            else:
                edit_custom_field(field_id, {"label": draft.label, "choices": choices}, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(draft, field_id, invalid)
        return self.done(gettext("The field is saved."), to=reverse("custom_fields"))

    def _move(self, field_id: int, act: str) -> HttpResponse:
        ids = list(all_custom_fields().values_list("pk", flat=True))
        if field_id not in ids:
            raise UnknownField(f"Field {field_id} does not exist.")
        place = ids.index(field_id)
        ids.insert(max(place + (-1 if act == "up" else 1), 0), ids.pop(place))
        order_custom_fields(ids, actor=self.actor, at=self.at)
        return self.done(gettext("The order is saved."), to=reverse("custom_fields"))

    def _retire(self, field_id: int, act: str) -> HttpResponse:
        field = edit_custom_field(field_id, {"retired": act == "retire"}, actor=self.actor, at=self.at)
        said = gettext("«%(name)s» is asked no more; what is kept of it stays.")
        if act == "ask":
            said = gettext("«%(name)s» is asked again.")
        return self.done(said % {"name": field.label}, to=reverse("custom_fields"))

    def _ask(self, draft: CustomFieldDraft, field_id: int | None, invalid: Invalid | None) -> HttpResponse:
        rows = list(all_custom_fields())
        faults = dict(faults_by_path(invalid))
        several = next((said for path, said in faults.items() if path.startswith("choices")), "")
        context: dict[str, Any] = {
            "sections": sections_of(self.actor, "custom_fields"),
            "rows": [_row(field, place, len(rows)) for place, field in enumerate(rows)],
            "draft": draft,
            "choices": "\n".join(draft.choices),
            "types": choices_of(TYPES.items(), chosen=draft.type),
            "type": TYPES.get(draft.type, ""),
            "edited": field_id,
            "asks_choices": field_id is None or draft.type in WITH_CHOICES,
            "faults": faults | {"choices": several},
        }
        return self.show("settings/fields.html", context, status=422 if invalid else 200)


def _row(field: CustomField, place: int, count: int) -> dict[str, Any]:
    return {"field": field, "type": TYPES.get(field.type, field.type), "first": place == 0, "last": place == count - 1}


def _key(label: str) -> str:
    """Return a key that nobody has yet, made of the label: small letters, digits and _."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:34]
    base = plain if plain[:1].isalpha() else f"f_{plain}".rstrip("_")
    return _free(base, {*all_custom_fields().values_list("key", flat=True), *FIELDS})


def _free(base: str, taken: Collection[str]) -> str:
    number = 1
    while (key := base if number == 1 else f"{base}_{number}") in taken:
        number += 1
    return key


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
