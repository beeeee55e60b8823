"""
What is sent to a door: made from its schema, or named here where one body is not enough.

Another body may be another action: to take is not to give. A new door needs a line only if an empty form does not reach
what it has to refuse.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from reparto.kit.clock import now
from reparto.people.actor import Actor

from .routes import Door
from .scene import BOTH, OWN, Scene


@dataclass(frozen=True)
class Asked:
    """Who asks, in which scene."""

    scene: Scene
    who: str

    @property
    def me(self) -> Actor:
        """Whoever walks."""
        return self.scene.walkers[self.who]

    @property
    def other(self) -> int:
        """Somebody whom a manager who walks may give to."""
        cast = self.scene.cast
        return (cast.carla if self.who == BOTH else cast.bruno).person_id


@dataclass(frozen=True)
class Way:
    """One way to knock: what is sent, and which actions any of which opens the door."""

    label: str = ""
    body: Callable[[Asked], Any] | None = None  #: none: made from the schema
    actions: tuple[str, ...] = ()  #: none: those that the door names
    anyway: frozenset[str] = frozenset()  #: situations in which nothing is left to do, which is no refusal
    refused: frozenset[int] = frozenset({403})
    absent: bool = False  #: the scene has no such row yet, so 404 is no refusal
    only: tuple[str, ...] = ()  #: these who walk and no others, whatever the action: what is somebody's own


def _send(**names: Any) -> Callable[[Asked], Any]:
    """Return a body in which `me` and `other` stand for people."""

    def body(asked: Asked) -> dict[str, Any]:
        return {name: _person(value, asked) for name, value in names.items()}

    return body


def _person(value: Any, asked: Asked) -> Any:
    if isinstance(value, list):
        return [_person(one, asked) for one in value]
    return {"me": asked.me.person_id, "other": asked.other}.get(value, value) if isinstance(value, str) else value


TAKE_OR_GIVE = ("contact.take", "contact.assign")
WORK = ("conversation.take", "conversation.assign")
HAVING = frozenset({OWN})

WAYS: Mapping[tuple[str, str], tuple[Way, ...]] = {
    # pages
    ("contact_owner", "POST"): (
        Way("to me", _send(person="me"), TAKE_OR_GIVE, anyway=HAVING),
        Way("to another", _send(person="other"), ("contact.assign",)),
        Way("to nobody", _send(person=""), ("contact.assign",)),
    ),
    ("contact_follow_ups", "POST"): (Way(body=_send(kind="call", note="")),),
    ("contact_sale_cancel", "POST"): (Way(absent=True),),
    ("person_absence_remove", "POST"): (Way(absent=True),),
    ("contact_default_assignees", "POST"): (Way(body=_send(add_person="other")),),
    ("inbox_default_assignees", "POST"): (Way(body=_send(add_person="other")),),
    ("inbox_assignees", "POST"): (
        Way("another", _send(add_person="other"), ("conversation.assign",)),
        Way("nobody new", _send(), ("conversation.assign",)),
    ),
    ("inbox_put_back", "POST"): (Way(refused=frozenset({403, 409})),),
    ("inbox_take", "POST"): (Way(refused=frozenset({403, 409})),),
    ("inbox_messages", "POST"): (
        Way("a reply", _send(text="Hola", mode="reply", seen=0), ("conversation.reply",)),
        Way("a note", _send(text="Hola", mode="note"), ("conversation.reply",)),
    ),
    ("inbox_snooze", "POST"): (Way(body=_send(until="2099-01-01T09:00:00+00:00")),),
    ("contact_call_back", "POST"): (Way(refused=frozenset({403, 409})),),
    ("contact_merge", "POST"): (Way(body=lambda asked: {"other": asked.scene.own[asked.who].contact_id}),),
    ("rule_new", "GET"): (Way(actions=("rules.manage",)),),
    ("flow_new", "GET"): (Way(actions=("flows.manage",)),),
    ("team_availability_set", "POST"): (Way(body=_send(availability="away")),),
    ("undo_decision", "POST"): (Way(only=("admin",)),),
    ("shadows", "POST"): (Way(body=lambda asked: {"draft": asked.scene.own_id("draft_id")}),),
    # operations
    ("POST /rules/preview", "POST"): (
        Way("a contact", lambda asked: {"contact_id": asked.scene.own[asked.who].contact_id}, ("rules.view",)),
        Way("a time", _send(), ("rules.manage",)),
    ),
    ("PATCH /contacts/{contact_id}", "PATCH"): (
        Way("a name", _send(name="Otra"), ("contact.edit",)),
        Way("to me", _send(owner_id="me"), TAKE_OR_GIVE, anyway=HAVING),
        Way("to another", _send(owner_id="other"), ("contact.assign",)),
    ),
    ("PUT /contacts/{contact_id}/owner", "PUT"): (
        Way("to me", _send(owner_id="me"), TAKE_OR_GIVE, anyway=HAVING),
        Way("to another", _send(owner_id="other"), ("contact.assign",)),
        Way("to nobody", _send(owner_id=None), ("contact.assign",)),
    ),
    ("PUT /conversations/{conversation_id}/assignees", "PUT"): (
        Way("me", _send(person_ids=["me"]), WORK),
        Way("another", _send(person_ids=["other"]), ("conversation.assign",)),
        Way("nobody", _send(), ("conversation.assign",)),
    ),
    ("POST /decisions/{decision_id}/undo", "POST"): (Way(only=("admin",)),),
    ("POST /people/{person_id}/absences", "POST"): (
        Way(body=_send(since="2099-01-01T09:00:00+00:00", until="2099-01-02T09:00:00+00:00")),
    ),
    ("DELETE /people/{person_id}/absences/{absence_id}", "DELETE"): (Way(absent=True),),
    ("POST /contacts/{contact_id}/sales/{sale_id}/cancel", "POST"): (Way(absent=True),),
    ("POST /conversations/{conversation_id}/snooze", "POST"): (Way(body=_send(until="2099-01-01T09:00:00+00:00")),),
    ("GET /people/{person_id}/handover", "GET"): (Way(absent=True),),
    ("PUT /people/{person_id}/availability", "PUT"): (Way(actions=("availability.others",)),),
}


def ways(door: Door) -> tuple[Way, ...]:
    """Return how to knock at a door."""
    return WAYS.get((door.name, door.method), (Way(),))


def body_of(door: Door, way: Way, asked: Asked) -> Any:
    """Return what to send."""
    if way.body is not None:
        return way.body(asked)
    return None if door.schema is None else sample(door.schema, "", asked)


def sample(schema: Mapping[str, Any], name: str, asked: Asked) -> Any:
    """Return something that a schema takes: only what it requires, ids of rows that are there."""
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return sample(next((one for one in schema[choice] if one.get("type") != "null"), {}), name, asked)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("type") == "object":
        return {one: sample(schema["properties"][one], one, asked) for one in schema.get("required", ())}
    if schema.get("type") == "array":
        return [sample(schema["items"], name, asked)] * schema.get("minItems", 0)
    return _plain(schema, name, asked)


def _plain(schema: Mapping[str, Any], name: str, asked: Asked) -> Any:
    if schema.get("format") == "date-time":
        return (now() + timedelta(days=1)).isoformat()
    return {"integer": _id(name, asked), "number": 1, "boolean": False}.get(schema.get("type", ""), "Prueba")


def _id(name: str, asked: Asked) -> int:
    cast, own = asked.scene.cast, asked.scene.own[asked.who]
    known = {"owner_id": asked.me.person_id, "heir_id": cast.carla.person_id, "other_id": own.contact_id}
    if name in known:
        return known[name]
    if name in ("contact_id", "conversation_id"):
        found: int = getattr(own, name)
        return found
    return asked.scene.own_id(name) or 1
