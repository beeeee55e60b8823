"""The two readers of the filter language say the same of every contact: SQL over the stored row, the judge in memory."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reparto.contacts.contact_fields import STORED
from reparto.contacts.filter_contacts import filter_contacts
from reparto.contacts.fold_contact import fold_contact
from reparto.contacts.match_key import Address as Written
from reparto.contacts.models import Contact, ContactTag, Tag
from reparto.contacts.read_facts import read_facts
from reparto.engine import FIELDS, OPERATORS, Facts, fold, judge, parse_filter
from reparto.people.add_campaign import add_campaign
from tests import cast
from tests.cast import AT, Cast

#: Few and awkward, so that filters meet contacts: accents, case, sigma, sharp s, LIKE's own signs, quotes, JSON's.
WORDS = (
    *("ana", "ANÁ", "La Ana", "ana maría", "José Núñez", "jose", "nunez", "100%", "10", "a_b", "axb", "\\", "ß", "ss"),
    *("Σίσυφος", "σισυφοσ", "İ", '"a"', "'; --", "{}", "[]", "null", "true", "5", " ", "%s", "{0}", "Ⅷ", "🙂"),
)
#: Two countries in all their ways, and what is none.
COUNTRIES = ("MX", "mx", "México", "MEXICO", "Méjico", "BR", "Brasil", "Brazil", "Mexicali", "m", "5")
TAGS = ("flota", "Flóta", "ñu", "%", "norte")
#: Instants on both sides of day, month and year ends, with several offsets.
INSTANTS = (
    AT,
    AT - timedelta(microseconds=1),
    AT - timedelta(hours=1),
    AT - timedelta(days=30),
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1, 1, 2, tzinfo=UTC),
    AT + timedelta(days=400),
)
NUMBERS = (0, 1, -1, 5, 5.0, 0.1, 0.30000000000000004, 7.5, 2**53, -(2**53), 1e-9)
CUSTOM = {"texto": "text", "cifra": "number", "fecha": "date", "lista": "choice", "varios": "set", "si": "choice"}


@pytest.fixture
def company(db: None) -> Cast:
    """A company, with people in two groups."""
    accounts_and_campaigns.cache_clear()  # of another test, rolled back
    return cast.a_company()


def a_population(company: Cast, size: int, *, seed: int = 1) -> list[int]:
    """Store contacts of every kind: with and without a value, of each awkward sort, in each field."""
    chance = Random(seed)
    owners = (None, None, company.alba.person_id, company.carla.person_id, company.admin.person_id)
    came = accounts_and_campaigns(company)
    drafts = [a_draft(chance, chance.choice(owners)) for _ in range(size)]
    return store(
        company, [draft | {name: chance.choice((None, *ids)) for name, ids in came.items()} for draft in drafts]
    )


@lru_cache(maxsize=1)
def accounts_and_campaigns(company: Cast) -> dict[str, list[int]]:
    """Two accounts in two groups, and two campaigns; the same however often they are asked for."""
    groups = company.north_id, company.south_id
    accounts = [cast.an_account("webform", admin=company.admin, group_id=group).pk for group in groups]
    campaigns = [add_campaign(name, actor=company.admin, at=AT).pk for name in ("Otoño", "Invierno")]
    return {"account_id": accounts, "campaign_id": campaigns}


def a_draft(chance: Random, owner_id: int | None) -> dict[str, Any]:
    """One contact as its columns, fields, addresses and tags."""
    fields = {name: chance.choice(WORDS) for name in (*STORED, "custom.texto", "custom.lista", "suelto")}
    fields |= {
        "country": chance.choice(COUNTRIES),
        "sellers": chance.choice((*NUMBERS, "5", "no number", "1,5", "")),
        "custom.cifra": chance.choice(NUMBERS),
        "custom.fecha": {"at": chance.choice(INSTANTS).isoformat()},
        "custom.varios": chance.sample(WORDS, chance.randrange(4)),
        "custom.si": chance.choice((True, False)),
    }
    return {
        "name": chance.choice(WORDS),
        "source": chance.choice(("", *WORDS)),
        "kind": chance.choice(("prospect", "client")),
        "owner_id": owner_id,
        "conversation_count": chance.choice((0, 1, 5)),
        "last_follow_up_at": chance.choice((None, *INSTANTS)),
        "created_at": chance.choice(INSTANTS),
        "fields": {name: value for name, value in fields.items() if chance.random() < 0.7},
        "tags": set(chance.sample(TAGS, chance.randrange(4))),
        "phones": chance.sample(("+525512345678", "+5491123456789"), chance.randrange(3)),
        "emails": chance.sample(("ana@acme.example.com", "JOSE@beta.example.com", "x@peña.mx"), chance.randrange(3)),
    }


def every_leaf(company: Cast) -> Iterator[tuple[str, str, str]]:
    """Every field with every operator that its kind knows."""
    fields = {**FIELDS, **{f"custom.{key}": kind for key, kind in CUSTOM.items()}}
    return ((name, kind, op) for name, kind in fields.items() for op in OPERATORS[kind])


def a_leaf(company: Cast, question: tuple[str, str, str], chance: Random) -> dict[str, Any]:
    """A question with a value that it takes."""
    name, kind, op = question
    if op in ("empty", "not_empty"):
        return {"field": name, "op": op}
    choices = values_for(company, name, kind)
    if op in ("in", "not_in", "has_any", "has_all", "has_none"):
        return {"field": name, "op": op, "value": chance.sample(choices, chance.randrange(1, 4))}
    if op == "between":
        pair = chance.sample(choices, 2)
        return {"field": name, "op": op, "value": sorted(pair, key=datetime.fromisoformat if kind == "date" else None)}
    if op in ("last", "before_last"):
        unit = chance.choice(("hours", "days", "weeks", "months"))
        return {"field": name, "op": op, "value": {"amount": chance.choice((1, 2, 24, 30, 400, 100_000)), "unit": unit}}
    return {"field": name, "op": op, "value": chance.choice(choices)}


def values_for(company: Cast, name: str, kind: str) -> tuple[Any, ...]:
    """What the contacts have in this field, in other spellings, and what none has."""
    named: dict[str, tuple[Any, ...]] = {
        "owner": (company.alba.person_id, company.carla.person_id, 10**12),
        "groups": (company.root_id, company.north_id, company.south_id),
        "campaign": (*accounts_and_campaigns(company)["campaign_id"], 10**12),
        "account": (*accounts_and_campaigns(company)["account_id"], 10**12),
        "phone": ("+525512345678", "5512", "52", "+54", "9112345", "+", "5491123456789"),
        "email": ("ana@acme.example.com", "@acme.", "jose", "x@peña.mx", "PEÑA", "x@", "JOSE@beta.example.com"),
        "tags": (*TAGS, "nu", "otra"),
        "country": (*COUNTRIES, "Chile"),
        "kind": ("prospect", "CLIENT", "cli"),
        "custom.si": ("true", "false", "x"),
    }
    of_kind = {"number": NUMBERS, "date": tuple(written for instant in INSTANTS for written in in_zones(instant))}
    return named.get(name) or of_kind.get(kind) or tuple(word for word in WORDS if word.strip())


def in_zones(instant: datetime) -> tuple[str, ...]:
    """The same instant as it is written in Greenwich, and in two other places."""
    zones = (UTC, timezone(timedelta(hours=-6)), timezone(timedelta(hours=5, minutes=45)))
    return tuple(instant.astimezone(zone).isoformat() for zone in zones if instant.year > 1 or zone is UTC)


def trees_of(company: Cast) -> st.SearchStrategy[dict[str, Any]]:
    """Filters of any shape, empty ones included."""
    leaves = st.builds(
        lambda question, seed: a_leaf(company, question, Random(seed)),
        st.sampled_from(list(every_leaf(company))),
        st.integers(0, 2**20),
    )
    return st.recursive(
        leaves,
        lambda children: st.one_of(
            st.builds(lambda nodes: {"all": nodes}, st.lists(children, max_size=3)),
            st.builds(lambda nodes: {"any": nodes}, st.lists(children, max_size=3)),
            st.builds(lambda node: {"not": node}, children),
        ),
        max_leaves=6,
    )


def store(company: Cast, drafts: list[dict[str, Any]]) -> list[int]:
    """Store contacts as the verbs do: folded, with tags."""
    rows = []
    for draft in drafts:
        columns = {name: draft[name] for name in draft if name not in ("tags", "phones", "emails")}
        contact = Contact(organization_id=company.organization_id, updated_at=AT, **columns)
        written = [Written("phone", key, key, key) for key in draft["phones"]]
        written += [Written("email", value, value.lower(), value) for value in draft["emails"]]
        fold_contact(contact, written)
        rows.append(contact)
    Contact.objects.bulk_create(rows)
    mark(company, {row.pk: draft["tags"] for row, draft in zip(rows, drafts, strict=True)})
    return [row.pk for row in rows]


def mark(company: Cast, names: Mapping[int, set[str]]) -> None:
    """Put tags on contacts."""
    tags: dict[str, Tag] = {}
    for name in sorted(set().union(*names.values())):
        found, _ = Tag.objects.get_or_create(
            organization_id=company.organization_id, folded=fold(name), defaults={"name": name}
        )
        tags[name] = found
    ContactTag.objects.bulk_create(
        (
            ContactTag(organization_id=company.organization_id, contact_id=contact_id, tag=tags[name])
            for contact_id, marked in names.items()
            for name in marked
        ),
        ignore_conflicts=True,
    )


def compare(tree: dict[str, Any], wanted: list[int], facts: Mapping[int, Facts], *, known: bool) -> None:
    """Ask both readers about the same contacts; a stored filter is read without knowing the company's fields."""
    node = parse_filter(tree, custom=CUSTOM if known else None)
    judged = {contact_id for contact_id in wanted if judge(node, facts[contact_id], at=AT)}
    found = set(filter_contacts(Contact.objects.filter(pk__in=wanted), node, at=AT).values_list("pk", flat=True))
    assert judged == found, json.dumps(tree, ensure_ascii=False)


def hold_equal(company: Cast, examples: int, *, size: int, seed: int = 1) -> None:
    """Compare the readers on `examples` filters of any shape, `size` contacts each."""
    wanted = a_population(company, size, seed=seed)
    facts, pairs = read_facts(wanted), 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(trees_of(company), st.booleans())
    def check(tree: dict[str, Any], known: bool) -> None:
        nonlocal pairs
        compare(tree, wanted, facts, known=known)
        pairs += len(wanted)

    check()
    assert examples * size <= pairs


class TestTwoReaders:
    def test_every_field_with_every_operator(self, company: Cast) -> None:
        """UP-10: the list and a rule take the same contacts for each question, and for its contrary."""
        wanted, chance = a_population(company, 60), Random(7)
        facts = read_facts(wanted)

        for question in every_leaf(company):
            for _ in range(3):
                leaf = a_leaf(company, question, chance)
                compare(leaf, wanted, facts, known=True)
                compare({"not": leaf}, wanted, facts, known=False)

    def test_filters_of_any_shape(self, company: Cast) -> None:
        """They agree on 20,000 generated pairs too, empty lists, nested contraries and time zones included."""
        hold_equal(company, 250, size=80)

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    @pytest.mark.parametrize("seed", range(2, 7))
    def test_very_many_filters_of_any_shape(self, company: Cast, seed: int) -> None:
        """The same for 20,000 filters, on 60 contacts each."""
        hold_equal(company, 4_000, size=60, seed=seed)


class TestGroups:
    def test_of_a_lead_are_those_of_the_account_by_which_it_came(self, company: Cast) -> None:
        """UP-10: without an owner a contact is in its account's group and those above it; by no account, in the root."""
        account = cast.an_account("webform", admin=company.admin, group_id=company.north_id)
        draft = a_draft(Random(1), None)
        lead, loose = store(company, [draft | {"account_id": account.pk}, draft])
        facts = read_facts([lead, loose])

        assert {company.root_id, company.north_id} == facts[lead]["groups"]
        assert {company.root_id} == facts[loose]["groups"]
        for group_id in (company.root_id, company.north_id, company.south_id):
            leaf = {"field": "groups", "op": "has", "value": group_id}
            compare(leaf, [lead, loose], facts, known=True)
            compare({"not": leaf}, [lead, loose], facts, known=True)


class TestCountries:
    @pytest.mark.parametrize("asked", ["México", "Mexico", "MX", "mx", "Méjico"])
    def test_are_one_value_however_they_are_written(self, company: Cast, asked: str) -> None:
        """UP-10: whoever is in «México», "Mexico", "MX" or "mx" meets a filter that says any of these, and no other."""
        draft = a_draft(Random(1), None)
        stored = store(company, [draft | {"fields": {"country": one}} for one in COUNTRIES])
        mexican = set(stored[:5])

        for leaf in ({"op": "is", "value": asked}, {"op": "in", "value": [asked, "Chile"]}):
            node = parse_filter({"field": "country", **leaf})
            found = filter_contacts(Contact.objects.filter(pk__in=stored), node, at=AT)
            assert mexican == set(found.values_list("pk", flat=True))
            compare({"not": {"field": "country", **leaf}}, stored, read_facts(stored), known=True)


class TestFacts:
    def test_they_cost_one_query_however_many_contacts(self, company: Cast) -> None:
        """The desk asks for the facts of a whole batch at once."""
        wanted = a_population(company, 50)

        with CaptureQueriesContext(
            connection,
        ) as queries:
            facts = read_facts(wanted)

        assert (1, 50) == (len(queries), len(facts))
