"""
Make an organization, the root of its tree and its first administrator.

It needs nobody to act: this is how the first one comes to be. It makes no demo data.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.clock import now
from reparto.kit.door import hang_door
from reparto.kit.faults import Faults
from reparto.kit.models import Organization
from reparto.kit.organizations import next_organization_id
from reparto.kit.read_choice import read_choice, read_email, read_language, read_time_zone
from reparto.kit.read_text import read_line
from reparto.kit.tenancy import in_organization

from .email_taken import EmailTaken
from .invite_person import invite_person
from .models import Grant, Group, Person
from .read_person import NAME_LIMIT

EDITIONS = ("basic", "pro")


class Place(TypedDict, total=False):
    """Where a company is and what it may use."""

    country: str  #: two letters; preset MX
    time_zone: str  #: preset America/Mexico_City
    language: str  #: preset es
    edition: str  #: basic or pro; preset pro


@dataclass(frozen=True, slots=True)
class Founded:
    """A new organization."""

    organization_id: int
    person_id: int  #: its first administrator
    sign_in_url: str  #: used once, within 72 hours


def found_company(
    *, name: str, admin_email: str, at: datetime | None = None, admin_name: str = "", **place: Unpack[Place]
) -> Founded:
    """
    Found a company in a transaction of its own.

    Raises:
        Invalid: Something is wrong with what was given; has all faults.
        EmailTaken: The e-mail already signs somebody in.

    """
    at = at or now()
    values, email = _read(name, admin_email, place)
    try:
        with transaction.atomic():
            organization_id = next_organization_id()
            with in_organization(organization_id):
                Organization(pk=organization_id, created_at=at, **values).save(force_insert=True)
                admin = _seat_admin(organization_id, email, admin_name or email.split("@")[0], values, at)
                url = invite_person(admin.pk, at=at)
                _record(organization_id, values, at)
    except IntegrityError:
        # Everything else is new here: only the e-mail can be somebody's already.
        raise EmailTaken("admin_email") from None
    return Founded(organization_id, admin.pk, url)


def _read(name: str, email: str, place: Place) -> tuple[dict[str, Any], str]:
    faults = Faults()
    values = {
        "name": read_line(name, path="name", limit=NAME_LIMIT, faults=faults),
        "country": _country(place.get("country", "MX"), faults),
        "time_zone": read_time_zone(place.get("time_zone", "America/Mexico_City"), path="time_zone", faults=faults),
        "language": read_language(place.get("language", "es"), path="language", faults=faults),
        "edition": read_choice(place.get("edition", "pro"), path="edition", choices=EDITIONS, faults=faults),
    }
    email = read_email(email, path="admin_email", faults=faults)
    faults.check()
    return values, email


def _country(raw: str, faults: Faults) -> str:
    code = raw.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        faults.add("country", "unknown_country", gettext("Write the two letters of a country, such as MX."))
    return code


def _seat_admin(organization_id: int, email: str, name: str, values: dict[str, Any], at: datetime) -> Person:
    root = Group(organization_id=organization_id, name=values["name"])
    root.save(force_insert=True)
    root.path = f"/{root.pk}/"
    root.save(update_fields=["path"])
    admin = Person(
        organization_id=organization_id,
        group=root,
        name=name,
        email=email,
        password=make_password(None),
        language=values["language"],
        time_zone=values["time_zone"],
        created_at=at,
    )
    admin.save(force_insert=True)
    Grant(organization_id=organization_id, person=admin, role="admin", group=root).save(force_insert=True)
    hang_door("email", email, organization_id=organization_id, target_id=admin.pk)
    return admin


def _record(organization_id: int, values: dict[str, Any], at: datetime) -> None:
    record_audit(
        None,
        "company.found",
        object_kind="organization",
        object_id=organization_id,
        before=None,
        after=values,
        at=at,
    )
