"""The demo company as it stands in the database: who is there, and where the world knocks. It makes nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from reparto.channels.account_settings import read_settings
from reparto.channels.models import Account
from reparto.channels.queries import all_accounts
from reparto.kit.door import open_door
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.queries import all_people, find_person, load_actor

from .cast import ADMIN, DOMAIN, PHONE_NUMBER_ID
from .letters import Hook


@dataclass(frozen=True)
class Company:
    """The demo company; people by the first part of their e-mail."""

    organization_id: int
    people: Mapping[str, int]
    whatsapp: Hook
    webform: Hook
    actors: dict[int, Actor] = field(default_factory=dict, compare=False)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Run a transaction inside it."""
        with in_organization(self.organization_id):
            yield

    def actor(self, person_id: int) -> Actor:
        """Return one of its people as one who acts; inside `entered`."""
        # Grants of the demo's people may be changed by a viewer; what they could when the demo began is near enough.
        return self.actors.get(person_id) or self.actors.setdefault(person_id, load_actor(find_person(person_id)))

    @property
    def admin_id(self) -> int:
        """Its administrator."""
        return self.people[_local(ADMIN.email)]


def find_company(*, at: datetime) -> Company | None:
    """Return the demo company of this installation, if it has been founded."""
    with transaction.atomic():
        behind = open_door("email", ADMIN.email, at=at)
        return read_company(behind.organization_id) if behind else None


def read_company(organization_id: int) -> Company:
    """Return the demo company with this id."""
    with in_organization(organization_id):
        accounts = list(all_accounts())
        people = {_local(person.email): person.pk for person in all_people() if person.email.endswith(f"@{DOMAIN}")}
        return Company(organization_id, people, _hook(accounts, "whatsapp"), _hook(accounts, "webform"))


def _local(email: str) -> str:
    return email.partition("@")[0]


def _hook(accounts: list[Account], kind: str) -> Hook:
    # A viewer may have added accounts of their own: the demo's is the first of its kind.
    account = min((one for one in accounts if one.kind == kind), key=lambda one: one.pk)
    secret = str(read_settings(account).get("app_secret", ""))
    number = str(account.settings.get("phone_number_id", PHONE_NUMBER_ID))
    return Hook(account.pk, kind, account.key, secret, number)
