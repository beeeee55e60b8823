"""The company's own fields of a contact: add, rename, order, retire. What is kept of contacts is never lost by it."""

import re
from collections.abc import Collection, Mapping
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
from ..merge_form import Merged, merge_form, write_was
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
            return self._ask(merge_form({}, {}, {}), None)
        field = _find(field_id)
        return self._ask(merge_form({}, _form_of(field), {}), field)

    def post(self, request: HttpRequest, field_id: int | None = None) -> HttpResponse:
        """Keep the field of the form; or move, retire or ask again the one whose button was pressed."""
        sent = request.POST
        for act, change in (("up", self._move), ("down", self._move), ("retire", self._retire), ("ask", self._retire)):
            if act in sent:
                return change(_number(sent[act]), act)
        field = None if field_id is None else _find(field_id)
        merged = merge_form(_typed(sent.dict()), _form_of(field) if field else {}, sent.dict())
        if merged.clashing:
            return self._ask(merged, field, status=412)
        try:
            self._keep(merged, field)
        except Invalid as invalid:
            return self._ask(merged, field, invalid, status=422)
        return self.done(gettext("The field is saved."), to=reverse("custom_fields"))

    def _keep(self, merged: Merged, field: CustomField | None) -> None:
        label, choices = merged.values.get("label", ""), _lines(merged)
        if field is not None:
            edit_custom_field(field.pk, {"label": label, "choices": choices}, actor=self.actor, at=self.at)
            return
        draft = CustomFieldDraft(_key(label), label, self.request.POST.get("type", ""), choices)
        add_custom_field(draft, actor=self.actor, at=self.at)

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

    def _ask(
        self, merged: Merged, field: CustomField | None, invalid: Invalid | None = None, *, status: int = 200
    ) -> HttpResponse:
        rows = list(all_custom_fields())
        chosen = field.type if field else self.request.POST.get("type", "text")
        faults = dict(faults_by_path(invalid))
        several = next((said for path, said in faults.items() if path.startswith("choices")), "")
        context: dict[str, Any] = {
            "sections": sections_of(self.actor, "custom_fields"),
            "rows": [_row(field, place, len(rows)) for place, field in enumerate(rows)],
            "label": merged.values.get("label", ""),
            "choices": "\n".join(_lines(merged)),
            "types": choices_of(TYPES.items(), chosen=chosen),
            "type": TYPES.get(chosen, ""),
            "edited": field.pk if field else None,
            "asks_choices": field is None or chosen in WITH_CHOICES,
            "was": write_was(merged.theirs) if field else "",
            "clashes": merged.say({"label": gettext("Name"), "choices": gettext("Choices")}, _say),
            "faults": faults | {"choices": several},
        }
        return self.show("settings/fields.html", context, status=status)


def _find(field_id: int) -> CustomField:
    field = all_custom_fields().filter(pk=field_id).first()
    if field is None:
        raise UnknownField(f"Field {field_id} does not exist.")
    return field


def _form_of(field: CustomField) -> dict[str, Any]:
    """Return what the form shows of one as it is."""
    return {"label": field.label, "choices": list(field.choices)}


def _typed(sent: Mapping[str, str]) -> dict[str, Any]:
    lines = [line.strip() for line in sent.get("choices", "").splitlines()]
    return {"label": sent.get("label", "").strip(), "choices": [line for line in lines if line]}


def _lines(merged: Merged) -> tuple[str, ...]:
    return tuple(merged.values.get("choices") or ())


def _say(_: str, value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""


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
