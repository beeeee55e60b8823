"""Add a filter: first its field, then operator and value; the answer is the list's address with it (UX-10, UX-11)."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.describe_condition import describe_field
from reparto.contacts.field_labels import OPERATOR_LABELS
from reparto.contacts.queries import all_custom_fields, custom_kinds
from reparto.contacts.read_filter import read_filter
from reparto.contacts.suggest_values import suggest_values
from reparto.engine import CUSTOM, FIELDS, OPERATORS, UNITS, Kind
from reparto.kit.faults import Faults
from reparto.people.actor import Actor
from reparto.people.queries import all_people

from ..filters.fit_condition import BY_OPERATOR
from ..filters.offer_values import SUGGESTED, Offer, offer_values
from ..page import Page
from .list_query import ListQuery, read_list_query
from .read_condition import read_condition

#: What people ask for most; the others follow in alphabetical order.
FIRST = ("owner", "source", "tags", "created", "status", "stage", "campaign", "kind")
#: As many choices as are offered as boxes to tick; a longer list is typed.
MOST_CHOICES = 200


class FilterDialog(Page):
    """`/contactos/filtro?<the list's address>`: with `field` the second step, with `add` the end."""

    action: ClassVar[str] = "contact.list"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the step, or lead to the list with the filter added."""
        query, field = read_list_query(request.GET), request.GET.get("field", "")
        custom = custom_kinds()
        kind = FIELDS.get(field) or custom.get(field.removeprefix(CUSTOM))
        if kind is None:
            return self._answer({"query": query, "fields": _fields(query)})
        faults: list[str] = []
        if "add" in request.GET:
            condition = read_condition(request.GET, field=field, kind=kind)
            found = Faults()
            if read_filter({"all": [condition]}, path="", faults=found) is not None:
                return self._lead(query.with_condition(condition))
            faults = [fault.message for fault in found.found]
        return self._answer(_second_step(request, query, field, kind, _offer(field, self.actor)) | {"faults": faults})

    def _answer(self, context: dict[str, Any]) -> HttpResponse:
        if self.by_htmx:
            return self.show_part("contacts/filter.html#dialog", context)
        return self.show("contacts/filter.html", context)

    def _lead(self, to: str) -> HttpResponse:
        if self.by_htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": to})
        return HttpResponseRedirect(to)


def _fields(query: ListQuery) -> list[dict[str, str]]:
    own = [(CUSTOM + key, label) for key, label in all_custom_fields().values_list("key", "label")]
    rest = sorted(((name, describe_field(name)) for name in FIELDS if name not in FIRST), key=lambda one: one[1])
    named = [(name, describe_field(name)) for name in FIRST] + own + rest
    return [{"label": label, "url": _step(query, name)} for name, label in named]


def _step(query: ListQuery, field: str) -> str:
    return f"{reverse('contacts_filter')}{query.query() or '?'}&{urlencode({'field': field})}"


def _second_step(request: HttpRequest, query: ListQuery, field: str, kind: Kind, offer: Offer | None) -> dict[str, Any]:
    ticked = offer is not None and (not offer.open or kind != "text")
    choices = offer.values if offer and ticked else []
    operators = [op for op in OPERATORS[kind] if not choices or op not in ("is", "has")]
    preset = "last" if kind == "date" else operators[0]
    op = request.GET.get("op", "")
    chosen = op if op in operators else preset
    labels = dict(all_custom_fields().values_list("key", "label")) if field.startswith(CUSTOM) else {}
    return {
        "query": query,
        "field": field,
        "label": labels.get(field.removeprefix(CUSTOM)) or describe_field(field),
        "kind": kind,
        "operators": [{"value": one, "label": OPERATOR_LABELS[one], "on": one == chosen} for one in operators],
        "op": chosen,
        "shape": BY_OPERATOR.get(chosen, "boxes" if choices else "one"),
        "choices": choices,
        "others": bool(offer and offer.open),
        "hints": offer.values if offer and not ticked else [],
        "value": request.GET.get("value", ""),
        "units": _units(),
        "back": reverse("contacts_filter") + query.query(),
    }


def _offer(field: str, actor: Actor) -> Offer | None:
    """Return what may be chosen; None where a value is typed, and of so many that nobody reads the list."""
    key, held = field.removeprefix(CUSTOM), suggest_values({field} & SUGGESTED, actor=actor)
    own = all_custom_fields().filter(key=key).first() if key != field else None
    offer = Offer(_owners()) if field == "owner" else offer_values(field, own, held=held.get(field, ()))
    return offer if offer and len(offer.values) <= MOST_CHOICES else None


def _owners() -> list[tuple[Any, str]]:
    """Return everybody: what suspended people have, or had, is looked for as well."""
    gone = gettext("Suspended")
    return [(one.pk, f"{one.name} · {gone}" if one.suspended_at else one.name) for one in all_people()]


def _units() -> list[tuple[str, str]]:
    names = {
        "hours": gettext("hours"),
        "days": gettext("days"),
        "weeks": gettext("weeks"),
        "months": gettext("months"),
    }
    return [(unit, names[unit]) for unit in UNITS]
