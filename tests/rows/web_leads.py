"""What tests of rules share: a web form from which all three agents receive, and those who fill it in."""

from datetime import timedelta
from typing import Any

from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.kit.outbox import send_outbox
from reparto.kit.tenancy import enter_organization
from reparto.people.actor import Actor
from tests.cast import AT, Cast, an_account
from tests.road import submit_form


def a_web_form(cast: Cast) -> Account:
    """Add the form."""
    return an_account("webform", admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))


def fill_in(form: Account, name: str = "Rosa", **fields: str) -> Contact:
    """Let somebody new fill it in, and a worker take its turn; return the contact as it is then."""
    address = f"alguien.{Contact.objects.count()}@cliente.example.com"
    submit_form(form, key=None, at=AT, **{"name": name, "email": address, **fields})
    return Contact.objects.latest("id")


def owners_of(form: Account, count: int) -> list[int | None]:
    """Return whose each of so many new ones becomes, one after the other."""
    return [fill_in(form).owner_id for _ in range(count)]


def to(*people: Actor, group_id: int | None = None) -> list[dict[str, int]]:
    """Return these people in their order, and a group behind them, as a rule names them."""
    named = [{"person_id": one.person_id} for one in people]
    return [*named, {"group_id": group_id}] if group_id else named


def a_body(*people: Actor, **more: Any) -> dict[str, Any]:
    """Return a rule for web leads as a program writes it."""
    rule = {"description": "Web", "entity": "prospect", "trigger": "web_integration", "assign_to": to(*people)}
    return rule | more


def send_mails(cast: Cast) -> None:
    """Let the worker send what is due."""
    send_outbox(cast.organization_id, at=AT + timedelta(minutes=5))
    enter_organization(cast.organization_id)
