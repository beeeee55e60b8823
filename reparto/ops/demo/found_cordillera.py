"""
Found the demo company by the verbs of the product, as its administrator would have.

It has no past yet: `live_the_past` gives it one.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime

from reparto.channels.add_account import AccountDraft, add_account
from reparto.channels.set_mode import set_mode
from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.kit.tenancy import in_organization
from reparto.people.accept_invitation import accept_invitation
from reparto.people.actor import Actor
from reparto.people.add_campaign import add_campaign
from reparto.people.add_group import add_group
from reparto.people.add_person import add_person
from reparto.people.edit_person import edit_person
from reparto.people.found_company import found_company
from reparto.people.invite_person import invite_person
from reparto.people.person_draft import GrantDraft, PersonDraft
from reparto.people.queries import find_person, load_actor, root_group
from reparto.people.set_campaign_members import set_campaign_members
from reparto.rules.add_rule import add_rule
from reparto.rules.rule_draft import RuleDraft

from .cast import ADMIN, CAMPAIGNS, FIELDS, GROUPS, NAME, PASSWORD, PEOPLE, PHONE_NUMBER_ID, RULES, SIGN_INS, Part, Plan
from .company import Company, read_company

Ids = Mapping[str, int]


def found_cordillera(*, api_base: str, at: datetime) -> Company:
    """Make the company with its people, accounts, campaigns and rules, as of `at`; replies go to `api_base`."""
    founded = found_company(
        name=NAME,
        admin_email=ADMIN.email,
        admin_name=ADMIN.name,
        at=at,
        country="CL",
        time_zone="America/Santiago",
        language="es",
    )
    with in_organization(founded.organization_id):
        admin = load_actor(find_person(founded.person_id))
        groups = _add_groups(admin, at)
        people = {ADMIN.name: admin.person_id} | {
            part.name: _add_person(part, groups, admin, at) for part in PEOPLE if part is not ADMIN
        }
        _add_accounts(people, groups, api_base, admin, at)
        by_first_name = {name.split()[0]: person_id for name, person_id in people.items()}
        for key, (label, kind) in FIELDS.items():
            add_custom_field(CustomFieldDraft(key, label, kind), actor=admin, at=at)
        for name, members in CAMPAIGNS.items():
            campaign = add_campaign(name, actor=admin, at=at)
            set_campaign_members(campaign.pk, [by_first_name[one] for one in members], actor=admin, at=at)
        for plan in RULES:
            _add_rule(plan, by_first_name, groups, admin, at)
        for part, _ in SIGN_INS:
            _set_password(people[part.name], at)
    return read_company(founded.organization_id)


def _add_groups(admin: Actor, at: datetime) -> Ids:
    made = {"": root_group().pk}
    for name, above in GROUPS.items():
        made[name] = add_group(name, parent_id=made[above], actor=admin, at=at).pk
    return made


def _add_person(part: Part, groups: Ids, admin: Actor, at: datetime) -> int:
    draft = PersonDraft(
        part.name,
        part.email,
        groups[part.group],
        (GrantDraft(part.role, groups[part.group]),),
        capacity=part.capacity,
        language=part.language,
        time_zone=part.zone,
    )
    person = add_person(draft, actor=admin, at=at)
    if part.receives:
        edit_person(person.pk, {"receives": True}, actor=admin, at=at)
    return person.pk


def _add_accounts(people: Ids, groups: Ids, api_base: str, admin: Actor, at: datetime) -> None:
    number = {
        "phone_number_id": PHONE_NUMBER_ID,
        "app_secret": secrets.token_hex(16),
        "verify_token": secrets.token_urlsafe(16),
        "access_token": f"demo-{secrets.token_urlsafe(16)}",
        "api_base": api_base,
    }
    drafts = (
        AccountDraft("whatsapp", "WhatsApp Cordillera", groups["Ventas"], number),
        AccountDraft("webform", "Sitio web", groups[""], {}),
    )
    for draft in drafts:
        account = add_account(draft, actor=admin, at=at)
        for part in PEOPLE:
            mode = "auto" if draft.kind in part.ways else "enabled" if part.receives else "disabled"
            set_mode(people[part.name], account.pk, mode=mode, actor=admin, at=at)


def _add_rule(plan: Plan, people: Ids, groups: Ids, admin: Actor, at: datetime) -> None:
    assign_to = [{"person_id": people[name]} for name in plan.people]
    assign_to += [{"group_id": groups[plan.group]}] if plan.group else []
    draft = RuleDraft(
        plan.description,
        tuple(assign_to),
        tags=plan.tags,
        filters=plan.filters,
        if_nobody=plan.if_nobody,
        active=plan.active,
    )
    add_rule(draft, actor=admin, at=at)


def _set_password(person_id: int, at: datetime) -> None:
    key = invite_person(person_id, at=at).rstrip("/").rpartition("/")[2]
    accept_invitation(key, password=PASSWORD, at=at)
