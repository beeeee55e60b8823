"""
What the latest contacts have in a field, for whoever has to write one of these: as it is spelled most, in order.

It says what is usual and not what there is: the latest are read by their ids, however many there are. Of
contacts that the actor may not see it tells nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db.models import CharField, F, QuerySet
from django.db.models.fields.json import KeyTextTransform

from reparto.engine import fold
from reparto.people.actor import Actor

from .models import Contact
from .relation import visible_to

#: How many of the latest contacts of the company are looked at, and of one's own.
LATEST = 1000
#: How many values of a field are worth a list.
MOST = 100


def suggest_values(fields: Collection[str], *, actor: Actor) -> dict[str, list[str]]:
    """Return the usual values of these fields, texts of the contact's own, by name (one to three queries)."""
    if not fields:
        return {}
    names = sorted(fields)
    rows = _latest(actor).values_list(*(_column(name) for name in names))
    # Of no rows there are no columns either.
    return {name: _usual(column) for name, column in zip(names, zip(*rows, strict=True), strict=False)}


def _latest(actor: Actor) -> QuerySet[Contact]:
    contacts = Contact.objects.order_by("-id")
    if actor.is_admin:
        return contacts.filter(visible_to(actor))[:LATEST]
    # Among the company's latest there may be few that the actor sees. Read first, ids are no join with all.
    own = contacts.filter(owner_id=actor.person_id)
    latest = [*contacts.values_list("pk", flat=True)[:LATEST], *own.values_list("pk", flat=True)[:LATEST]]
    return contacts.filter(visible_to(actor), pk__in=set(latest))


def _column(name: str) -> F | KeyTextTransform:
    return F("source") if name == "source" else KeyTextTransform(name, "fields", output_field=CharField())


def _usual(values: Iterable[str | None]) -> list[str]:
    """Return the values that are met most, each as it is spelled most, in alphabetical order."""
    spelled: dict[str, Counter[str]] = {}
    for value in values:
        if value and (word := fold(value)):
            spelled.setdefault(word, Counter())[value] += 1
    met = sorted(spelled, key=lambda word: (-spelled[word].total(), word))[:MOST]
    return [spelled[word].most_common(1)[0][0] for word in sorted(met)]
