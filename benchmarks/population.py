"""
A company of a given size from one seed: people, an account, rules, and work that waits.

Made by the verbs where a person would make it, and by bulk SQL where there is too much of it.
"""

import os
import random
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import psycopg
from django.db import connection, transaction

from reparto.channels.add_account import AccountDraft, add_account
from reparto.channels.set_mode import set_mode
from reparto.kit.tenancy import enter_organization
from reparto.people.actor import Actor
from reparto.people.add_person import add_person
from reparto.people.edit_person import edit_person
from reparto.people.found_company import found_company
from reparto.people.person_draft import GrantDraft, PersonDraft
from reparto.people.queries import find_person, load_actor, root_group
from reparto.people.set_availability import set_availability
from reparto.rules.add_rule import add_rule
from reparto.rules.rule_draft import RuleDraft

MANY = 100_000
AT = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
SECRET = "0123456789abcdef0123456789abcdef"
NAMES = ["Ana", "Beto", "Camila", "Diego", "Elena", "Fabián", "Gabriela", "Hugo", "Inés", "Joaquín", "Karla", "Luis"]
SURNAMES = ["Núñez", "Peña", "Rojas", "Soto", "Herrera", "Fuentes", "Vidal", "Contreras", "Muñoz", "Araújo", "Ibáñez"]


@dataclass(frozen=True)
class Company:
    """What the benchmarks need to know of a company."""

    organization_id: int
    admin: Actor
    account_id: int
    account_key: str
    people: tuple[int, ...]


def a_company(*, people: int = 20, rules: int = 6, seed: int = 1) -> Company:
    """Found a company with agents that can receive and rules of which the last one matches everybody."""
    chance = random.Random(seed)
    with transaction.atomic():
        founded = found_company(name="Medida", admin_email=f"admin.{secrets.token_hex(6)}@medida.example.com", at=AT)
        enter_organization(founded.organization_id)
        admin = load_actor(find_person(founded.person_id))
        settings = {"phone_number_id": str(chance.randrange(10**14, 10**15)), "app_secret": SECRET}
        account = add_account(AccountDraft("whatsapp", "Ventas", root_group().pk, settings), actor=admin, at=AT)
        team = tuple(_agent(chance, admin, account.pk) for _ in range(people))
        for number in range(rules):
            everybody = number == rules - 1
            filters = {} if everybody else {"all": [{"field": "city", "op": "is", "value": f"Ciudad {number}"}]}
            to = tuple({"person_id": person} for person in team)
            add_rule(RuleDraft(f"Regla {number}", to, filters=filters), actor=admin, at=AT)
        _never_ask_for_signs_of_life(founded.organization_id)
    return Company(founded.organization_id, admin, account.pk, account.key, team)


def _agent(chance: random.Random, admin: Actor, account_id: int) -> int:
    name = f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}"
    email = f"agente.{secrets.token_hex(6)}@medida.example.com"
    draft = PersonDraft(name, email, admin.group_id, (GrantDraft("agent", admin.group_id),))
    person = add_person(draft, actor=admin, at=AT)
    edit_person(person.pk, {"receives": True}, actor=admin, at=AT)
    set_mode(person.pk, account_id, mode="auto", actor=admin, at=AT)
    set_availability(person.pk, status="available", actor=load_actor(find_person(person.pk)), at=AT)
    return person.pk


def _never_ask_for_signs_of_life(organization_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kit_organization SET settings = settings || %s WHERE id = %s",
            ['{"presence": {"sign_of_life": false}}', organization_id],
        )


def add_contacts(company: Company, count: int, *, line: bool = False, seed: int = 2) -> list[int]:
    """Add contacts by bulk SQL; in line, each with an open conversation that waits for a decision."""
    chance = random.Random(seed)
    names = [f"{chance.choice(NAMES)} {chance.choice(SURNAMES)} {chance.choice(SURNAMES)}" for _ in range(count)]
    phones = [f"+52155{chance.randrange(10**7, 10**8)}{number:06d}" for number in range(count)]
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organization(company.organization_id)
        cursor.execute(
            CONTACTS,
            {"o": company.organization_id, "a": company.account_id, "names": names, "phones": phones, "at": AT},
        )
        made = [row[0] for row in cursor.fetchall()]
        if line:
            cursor.execute(LINE, {"o": company.organization_id, "a": company.account_id, "contacts": made, "at": AT})
    return made


@cache
def a_large_company() -> Company:
    """Return the company of the measures that only look: 100,000 contacts, made once a run."""
    company = a_company()
    for seed in range(5):
        add_contacts(company, MANY // 5, seed=100 + seed)
    gather_statistics()
    return company


def gather_statistics() -> None:
    """Let the database see how large its tables have become, as it does by itself within a minute."""
    with psycopg.connect(os.environ["REPARTO_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE")


CONTACTS = """
WITH made AS (
    INSERT INTO contacts_contact (organization_id, name, kind, account_id, arrived_by_itself, source, fields, folded,
                                  search, conversation_count, created_at, updated_at, version)
    SELECT %(o)s, name, 'prospect', %(a)s, true, 'WhatsApp', '{}', jsonb_build_object('name', lower(name)),
           lower(name) || ' ' || phone, 0, %(at)s, %(at)s, 1
    FROM unnest(%(names)s::text[], %(phones)s::text[]) AS t (name, phone) RETURNING id
) SELECT id FROM made
"""
LINE = """
WITH talk AS (
    INSERT INTO conversations_conversation (organization_id, contact_id, account_id, status, opened_at, last_message_at,
                                            preview, preview_kind, version)
    SELECT %(o)s, contact, %(a)s, 'open', %(at)s, %(at)s, '', 'text', 1
    FROM unnest(%(contacts)s::bigint[]) AS t (contact) RETURNING id, contact_id
)
INSERT INTO assignment_waiting (organization_id, contact_id, conversation_id, since, due_at, outcome, reason)
SELECT %(o)s, contact_id, id, %(at)s, %(at)s, '', '' FROM talk ORDER BY id
"""
