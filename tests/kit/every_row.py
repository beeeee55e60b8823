"""One row in every table of a company, made from the models alone, so that a new table needs no line here."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.apps import apps
from django.db import models

from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from tests.cast import AT

#: (table, column) → the column that is empty where this one is filled, by a check or a partial key of the table.
EMPTY_BESIDE = {
    ("conversations_assignee", "person_id"): "group_id",
    ("conversations_assignee", "group_id"): "person_id",
    ("assignment_waiting", "contact_id"): "conversation_id",
}

type Rows = dict[type[models.Model], int]


@dataclass(frozen=True)
class Link:
    """A reference from one table of companies to another."""

    model: type[Any]
    name: str
    table: str
    column: str
    referred: str
    referred_model: type[Any]

    @property
    def empty_beside(self) -> str | None:
        """The column that has to be empty when this one is not."""
        return EMPTY_BESIDE.get((self.table, self.column))


def tenant_models() -> list[type[Any]]:
    """Return every model whose rows are a company's, those that others refer to first."""
    left = [model for model in apps.get_models() if issubclass(model, OfOrganization)]
    ordered: list[type[Any]] = []
    while left:
        ready = [model for model in left if all(one.referred_model not in left for one in links_of(model))]
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered


def links_of(model: type[Any]) -> Iterator[Link]:
    """Return the references of a model to other models."""
    return (one for one in _links(model) if one.referred_model is not model)


def references() -> list[Link]:
    """Return every reference between rows of companies."""
    return [one for model in tenant_models() for one in _links(model)]


def _links(model: type[Any]) -> Iterator[Link]:
    for field in model._meta.concrete_fields:
        if isinstance(field, Reference):
            to: Any = field.related_model
            yield Link(model, field.name, model._meta.db_table, field.column, to._meta.db_table, to)


def fill(organization_id: int, *, root_id: int) -> Rows:
    """Make a row in every table of the entered company; return their ids."""
    rows: Rows = {}
    for model in tenant_models():
        row = a_row(model, organization_id, rows, root_id=root_id)
        row.save(force_insert=True)
        rows[model] = row.pk
    return rows


def a_row(model: type[Any], organization_id: int, rows: Rows, *, root_id: int) -> Any:
    """Return an unsaved row whose columns are all filled, its references with rows of the same company."""
    values: dict[str, Any] = {"organization_id": organization_id}
    itself = root_id if model._meta.db_table == "people_group" else None  # only groups need one above them
    for field in model._meta.concrete_fields:
        if isinstance(field, Reference):
            values[field.column] = rows.get(field.related_model) if field.related_model is not model else itself
        elif not field.primary_key and field.name != "organization":
            values[field.attname] = _value(field)
    if model._meta.db_table == "conversations_assignee":
        values["group_id"] = None
    return model(**values)


def _value(field: Any) -> Any:
    """Return something that the column takes and that is like no other."""
    number = secrets.randbelow(30_000)
    made: dict[type[Any], Any] = {
        models.EmailField: f"{secrets.token_hex(8)}@reparto.example.com",
        models.CharField: secrets.token_hex(80)[: field.max_length or 80],
        models.TextField: "text",
        models.BooleanField: False,
        models.DateTimeField: AT,
        models.DateField: AT.date(),
        models.TimeField: time(9),
        models.JSONField: {},
        models.BinaryField: secrets.token_bytes(32),
        models.IntegerField: number,
        models.BigIntegerField: number,
        models.DecimalField: number,
        models.FloatField: float(number),
    }
    for kind in type(field).__mro__:
        if kind in made:
            return made[kind]
    raise LookupError(f"{field}: say in every_row.py what such a column takes.")
