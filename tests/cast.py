"""
The cast that every test shares: Alba owns, Bruno is in her group, Carla is not; and a company of strangers.

Everything is made by the verbs of the product, so that no test knows a row that people could not have made.
"""

import itertools
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.channels.add_account import AccountDraft, add_account
from reparto.channels.models import Account
from reparto.channels.set_mode import set_mode
from reparto.contacts.add_contact import add_contact
from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.models import Contact
from reparto.kit.tenancy import enter_organization, in_organization
from reparto.people.actor import Actor
from reparto.people.add_group import add_group
from reparto.people.add_person import add_person
from reparto.people.edit_person import edit_person
from reparto.people.found_company import found_company
from reparto.people.person_draft import GrantDraft, PersonDraft
from reparto.people.queries import find_person, load_actor, root_group
from reparto.people.set_availability import set_availability
from reparto.rules.add_rule import add_rule
from reparto.rules.models import Rule
from reparto.rules.rule_draft import RuleDraft
from tests.ready_company import lend_company

#: A Tuesday morning in Mexico City. Tests pass time; nobody reads a clock.
AT = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
NAME = "Cordillera"
APP_SECRET = "0123456789abcdef0123456789abcdef"
#: What an account of each kind is told at least.
SETTINGS: dict[str, dict[str, Any]] = {
    "whatsapp": {
        "phone_number_id": "106540352242922",
        "app_secret": APP_SECRET,
        "verify_token": "ask me for this",
        "access_token": "EAAG-not-a-real-token",
    },
    "webform": {},
    "email": {"address": "ventas@empresa.example.com"},
    "phone": {"auth_token": "89abcdef0123456789abcdef01234567"},
}
_numbers = itertools.count(secrets.randbelow(5_000_000))


@dataclass(frozen=True)
class Cast:
    """A company with two groups below its root and five people."""

    organization_id: int
    root_id: int
    north_id: int  #: the group of Alba and Bruno
    south_id: int  #: the group of Carla
    admin: Actor
    manager: Actor  #: of the north
    alba: Actor
    bruno: Actor
    carla: Actor


def a_company(name: str = NAME, **place: str) -> Cast:
    """Enter a company for the rest of the transaction and return its people as they act; it is new, or as good as new."""
    ready = lend_company() if name == NAME and not place else None
    return ready or _found_one(name, **place)


def _found_one(name: str, **place: str) -> Cast:
    founded = found_company(name=name, admin_email=an_email("admin"), at=AT, admin_name="Ada", **place)
    enter_organization(founded.organization_id)
    admin = actor(founded.person_id)
    root = root_group()
    north = add_group("Norte", parent_id=root.pk, actor=admin, at=AT)
    south = add_group("Sur", parent_id=root.pk, actor=admin, at=AT)
    return Cast(
        organization_id=founded.organization_id,
        root_id=root.pk,
        north_id=north.pk,
        south_id=south.pk,
        admin=admin,
        manager=a_person("Marta", role="manager", group_id=north.pk, admin=admin),
        alba=a_person("Alba", group_id=north.pk, admin=admin, receives=True),
        bruno=a_person("Bruno", group_id=north.pk, admin=admin, receives=True),
        carla=a_person("Carla", group_id=south.pk, admin=admin, receives=True),
    )


def a_stranger() -> Cast:
    """Make another company, which is nobody's business; the organization entered before stays entered."""
    founded = found_company(name="Forastera", admin_email=an_email("stranger"), at=AT)
    with in_organization(founded.organization_id):
        admin, root = actor(founded.person_id), root_group()
        alone = a_person("Extraño", group_id=root.pk, admin=admin, receives=True)
    return Cast(founded.organization_id, root.pk, root.pk, root.pk, admin, admin, alone, alone, alone)


def a_person(
    name: str, *, admin: Actor, group_id: int, role: str = "agent", receives: bool = False, available: bool = True
) -> Actor:
    """Add a person with one role in their group; whoever receives is also available."""
    draft = PersonDraft(name, an_email(name), group_id, (GrantDraft(role, group_id),))
    person = add_person(draft, actor=admin, at=AT)
    if receives:
        edit_person(person.pk, {"receives": True}, actor=admin, at=AT)
    acting = actor(person.pk)
    if receives and available:
        set_availability(person.pk, status="available", actor=acting, at=AT)
    return acting


def a_person_with(name: str, *grants: tuple[str, int], admin: Actor, group_id: int) -> Actor:
    """Add a person with any number of roles, each over a group."""
    draft = PersonDraft(name, an_email(name), group_id, tuple(GrantDraft(role, over) for role, over in grants))
    return actor(add_person(draft, actor=admin, at=AT).pk)


def an_account(
    kind: str = "whatsapp", *, admin: Actor, auto: tuple[Actor, ...] = (), group_id: int | None = None, **settings: Any
) -> Account:
    """Add an account of a kind; the people in `auto` receive from it automatically."""
    given = {**SETTINGS[kind], **settings}
    draft = AccountDraft(kind, f"Cuenta {kind}", group_id or admin.group_id, given)
    account = add_account(draft, actor=admin, at=AT)
    for person in auto:
        set_mode(person.person_id, account.pk, mode="auto", actor=admin, at=AT)
    return account


def a_whatsapp_account(*, admin: Actor, auto: tuple[Actor, ...] = (), **settings: Any) -> Account:
    """Add a WhatsApp number whose secret is `APP_SECRET`."""
    return an_account("whatsapp", admin=admin, auto=auto, **settings)


def a_contact(
    name: str = "Clara", *, admin: Actor, phone: str = "", email: str = "", owner: Actor | None = None, **more: Any
) -> Contact:
    """Add a contact by hand; its phone is its own unless it has an address. With an owner, the desk gives it one."""
    number = phone or ("" if email else a_phone())
    addresses = [AddressDraft("phone", number)] if number else []
    addresses += [AddressDraft("email", email)] if email else []
    contact = add_contact(ContactDraft(name, addresses=tuple(addresses), **more), actor=admin, at=AT)
    if owner is not None:
        assign_by_hand(contact.pk, owner_id=owner.person_id, actor=admin, at=AT)
        contact.refresh_from_db()
    return contact


def a_rule(*to: Actor, admin: Actor, description: str = "Repartir", **more: Any) -> Rule:
    """Add a rule that deals web leads and new conversations to these people in turn."""
    assign_to = more.pop("assign_to", tuple({"person_id": person.person_id} for person in to))
    return add_rule(RuleDraft(description, assign_to, **more), actor=admin, at=AT)


def actor(person_id: int) -> Actor:
    """Return a person of the entered organization as one who acts, as they are now."""
    return load_actor(find_person(person_id))


def an_email(name: str) -> str:
    """Return an e-mail that nobody has yet."""
    return f"{name.lower().replace(' ', '.').encode('ascii', 'ignore').decode()}.{secrets.token_hex(4)}@reparto.example.com"


def a_phone() -> str:
    """Return a Colombian mobile that nobody has yet; it is written in one way only."""
    return f"+57300{next(_numbers) % 10_000_000:07d}"
