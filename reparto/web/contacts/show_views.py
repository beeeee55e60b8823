"""
Saved views as tabs of the list, each with its address.

It keeps none.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from reparto.contacts.keep_view import SHARE
from reparto.people.actor import Actor
from reparto.people.permissions import may

from .list_query import ListQuery, read_list_query


def show_views(query: ListQuery, views: Sequence[Mapping[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """Return the actor's own views and the shared ones, as the frame has them; the present one is marked."""
    return [
        {
            "id": view["id"],
            "name": view["name"],
            "shared": view["shared"],
            "url": address_of(view["id"], view["address"], view["columns"]).here(),
            "on": view["id"] == query.view,
            "own": view["person_id"] == actor.person_id or (view["shared"] and may(actor, SHARE)),
        }
        for view in views
    ]


def address_of(view_id: int, address: dict[str, str], columns: list[str]) -> ListQuery:
    """Return the list that a view stands for."""
    return read_list_query({**address, "cols": ",".join(columns), "view": str(view_id)})
