"""
The scene of the walk: one person of each role, three who have theirs over a group that they are not in, and a contact
with a conversation in every situation in which it can be.

Made by the verbs of the product; the strangers' company has a row in every table, so that every foreign id is a real one.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.models import Decision
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation, Message
from reparto.engine import RuleSet
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.add_campaign import add_campaign
from reparto.people.permissions import Relation, Standing
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.start_simulation import Asked, start_simulation
from reparto.rules.add_draft import add_draft
from tests.cast import Cast, a_company, a_person, a_person_with, a_phone, a_rule, a_stranger, a_whatsapp_account
from tests.kit.every_row import fill, tenant_models
from tests.road import a_text, write

#: Who walks: each role over the group of whoever has it, all of the north but the administrator …
ROLES = ("admin", "manager", "operator", "agent")
#: … and whoever is not where their role is: one of the root who manages the north, an agent of the north who manages
#: the south, an operator of the south who manages the north.
DIRECTOR, BOTH, MIXED = "director", "agent and manager", "operator and manager"
WALKERS = (*ROLES, DIRECTOR, BOTH, MIXED)
OWN, GROUP, OTHER, FREE, CAMPAIGN = "own", "own group", "other group", "unassigned", "foreign campaign"
STRANGER, MISSING = "other organization", "not existing"
NOBODY = 999_999_999


def _all(*relations: Relation) -> dict[str, Standing]:
    return {role: frozenset((role, one) for one in relations) for role in ROLES}  # type: ignore[misc]


def _of(**by_role: Relation | tuple[Relation, ...]) -> Standing:
    pairs = ((role, ones if isinstance(ones, tuple) else (ones,)) for role, ones in by_role.items())
    return frozenset((role, one) for role, ones in pairs for one in ones)  # type: ignore[misc]


MINE, THEIRS, NONE, OPEN, SHUT = Relation.OWN, Relation.SCOPE, Relation.FOREIGN, Relation.FREE, Relation.CLOSED
#: Situation → how it stands to whoever walks, by the requirements and not by the code that is tried.
RELATIONS: dict[str, dict[str, Standing]] = {
    OWN: _all(MINE, THEIRS)
    | {
        DIRECTOR: _of(manager=MINE),
        BOTH: _of(agent=(MINE, THEIRS), manager=MINE),
        MIXED: _of(operator=(MINE, THEIRS), manager=MINE),
    },
    GROUP: _all(THEIRS)
    | {
        DIRECTOR: _of(manager=THEIRS),
        BOTH: _of(agent=THEIRS, manager=NONE),
        MIXED: _of(operator=NONE, manager=THEIRS),
    },
    OTHER: _all(NONE)
    | {
        "admin": _of(admin=THEIRS),
        DIRECTOR: _of(manager=NONE),
        BOTH: _of(agent=NONE, manager=THEIRS),
        MIXED: _of(operator=THEIRS, manager=NONE),
    },
    FREE: _all(OPEN)
    | {
        DIRECTOR: _of(manager=OPEN),
        BOTH: _of(agent=OPEN, manager=OPEN),
        MIXED: _of(operator=OPEN, manager=OPEN),
    },
    CAMPAIGN: _all(OPEN)
    | {
        "agent": _of(agent=SHUT),
        DIRECTOR: _of(manager=OPEN),
        BOTH: _of(agent=SHUT, manager=OPEN),
        MIXED: _of(operator=OPEN, manager=OPEN),
    },
}


@dataclass(frozen=True)
class Thing:
    """The ids of what is about one contact."""

    contact_id: int = NOBODY
    conversation_id: int = NOBODY
    decision_id: int = NOBODY
    message_id: int = NOBODY


@dataclass
class Scene:
    """Who walks, what there is, and what is not theirs."""

    cast: Cast
    strangers: Cast
    walkers: dict[str, Actor]
    ids: dict[str, int]  #: name of a parameter → a row of the company
    foreign: dict[str, int]  #: name of a model → a row of the strangers
    own: dict[str, Thing] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)  #: situation → thing

    def thing(self, situation: str, walker: str) -> Thing:
        """Return what stands so to somebody."""
        return self.own[walker] if situation == OWN else self.things.get(situation, Thing())

    def foreign_id(self, parameter: str) -> int:
        """Return the strangers' row that a parameter would name."""
        return self.foreign.get(model_of(parameter), NOBODY)

    def own_id(self, parameter: str) -> int | None:
        """Return a row of the company for a parameter; None when the scene has none."""
        return self.ids.get(parameter)


#: Parameters that are not named after their model.
MODELS = {
    "draft_id": "rulesetdraft",
    "job_id": "bulkjob",
    "view_id": "savedview",
    "row_id": "directassignment",
    "field_id": "customfield",
}


def model_of(parameter: str) -> str:
    """Return the name of the model of which a parameter names a row; nothing when none is called so."""
    wanted = MODELS.get(parameter, parameter.removesuffix("_id").replace("_", ""))
    names = [model._meta.model_name or "" for model in tenant_models()]
    return next((name for name in sorted(names, key=len) if name == wanted or name.endswith(wanted)), "")


def set_scene() -> Scene:
    """Found both companies and put everything in its place."""
    cast = a_company()
    walkers: dict[str, Actor] = {
        "admin": cast.admin,
        "manager": cast.manager,
        "operator": a_person("Olga", role="operator", group_id=cast.north_id, admin=cast.admin),
        "agent": cast.alba,
    } | _who_are_elsewhere(cast)
    account = a_whatsapp_account(admin=cast.admin)
    campaign = add_campaign("Ajena", actor=cast.admin, at=now())
    ids = {
        "person_id": cast.bruno.person_id,
        "group_id": cast.south_id,
        "account_id": account.pk,
        "campaign_id": campaign.pk,
        "rule_id": a_rule(cast.bruno, admin=cast.admin, active=False).pk,
        "draft_id": (draft := add_draft("Prueba", actor=cast.admin, at=now())).pk,
        "simulation_id": start_simulation(
            Asked(RuleSet(), since=now() - timedelta(days=7), until=now()), actor=cast.admin, at=now()
        ).pk,
        "shadow_id": begin_shadow(draft.pk, actor=cast.admin, at=now()).pk,
        "number": 1,
    }
    strangers = a_stranger()
    with in_organization(strangers.organization_id):
        rows = fill(strangers.organization_id, root_id=strangers.root_id)
    scene = Scene(cast, strangers, walkers, ids, {model._meta.model_name or "": pk for model, pk in rows.items()})
    _place_things(scene, account, campaign.pk)
    return scene


def _who_are_elsewhere(cast: Cast) -> dict[str, Actor]:
    admin, north, south = cast.admin, cast.north_id, cast.south_id
    both, mixed = (("agent", north), ("manager", south)), (("operator", south), ("manager", north))
    return {
        DIRECTOR: a_person_with("Dora", ("manager", north), admin=admin, group_id=cast.root_id),
        BOTH: a_person_with("Berta", *both, admin=admin, group_id=north),
        MIXED: a_person_with("Mina", *mixed, admin=admin, group_id=south),
    }


def _place_things(scene: Scene, account: Any, campaign_id: int) -> None:
    cast = scene.cast
    scene.own = {name: _a_thing(scene, account, owner=walker) for name, walker in scene.walkers.items()}
    scene.things = {
        GROUP: _a_thing(scene, account, owner=cast.bruno),
        OTHER: _a_thing(scene, account, owner=cast.carla),
        FREE: _a_thing(scene, account),
        CAMPAIGN: _a_thing(scene, account, campaign_id=campaign_id),
        STRANGER: Thing(*(scene.foreign[name] for name in ("contact", "conversation", "decision", "message"))),
        MISSING: Thing(),
    }


def _a_thing(scene: Scene, account: Any, *, owner: Actor | None = None, campaign_id: int | None = None) -> Thing:
    """Let somebody write, and the administrator give it to whom it belongs, or take it away again."""
    admin = scene.cast.admin
    write(account, a_text(a_phone(), at=now()), at=now())
    contact = Contact.objects.latest("id")
    talk = Conversation.objects.get(contact=contact)
    for person in [owner] if owner else [scene.cast.carla, None]:
        assign_by_hand(contact.pk, owner_id=person.person_id if person else None, actor=admin, at=now())
    if campaign_id is not None:
        edit_contact(contact.pk, {"campaign_id": campaign_id}, actor=admin, at=now())
    message = Message.objects.filter(conversation=talk).latest("id")
    return Thing(contact.pk, talk.pk, Decision.objects.filter(contact=contact).latest("id").pk, message.pk)


def tables() -> list[str]:
    """Return every table whose rows are a company's."""
    return sorted(model._meta.db_table for model in tenant_models())
