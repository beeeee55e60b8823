"""
What is asked about a person: name, e-mail, group, capacity, language, zone; `show_grants` asks what they may do.

It judges nothing; the verbs of people do.
"""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext

from reparto.kit.organizations import this_organization
from reparto.people.in_tree_order import in_tree_order
from reparto.people.models import Group, Person
from reparto.people.person_draft import GrantDraft
from reparto.people.queries import all_groups, grants_of

from ..ask import Ask, choices_of
from ..read_id import NO_ID, read_id
from ..sign_in.zones import zones

LIMITS = ("capacity", "per_hour", "per_day")


def read_person_form(sent: QueryDict) -> dict[str, Any]:
    """Return what the verbs of people take, as it was typed."""
    return {
        "name": sent.get("name", ""),
        "email": sent.get("email", ""),
        "group_id": read_id(sent.get("group_id", "")),
        "grants": _grants(sent),
        **{name: _limit(sent.get(name, "")) for name in LIMITS},
        "language": sent.get("language", ""),
        "time_zone": sent.get("time_zone", ""),
    }


def _limit(written: str) -> int | str | None:
    """Return a number; what is none stays as it was typed, for the verbs to refuse and the form to show again."""
    text = written.strip()
    number = read_id(text, otherwise=-1)
    return (number if number >= 0 else text) if text else None


def _grants(sent: QueryDict) -> tuple[GrantDraft, ...]:
    """Return a grant for each line with a role; one that names no group is over the person's own."""
    home = sent.get("group_id", "")
    lines = zip_longest(sent.getlist("role"), sent.getlist("over"), fillvalue="")
    return tuple(GrantDraft(role, read_id(over or home)) for role, over in lines if role)


def form_of_person(person: Person) -> dict[str, Any]:
    """Return what is stored of a person, by the same names."""
    names = ("name", "email", "group_id", *LIMITS, "language", "time_zone")
    return {name: getattr(person, name) for name in names} | {"grants": grants_of(person)}


def empty_form() -> dict[str, Any]:
    """Return the presets of a new person: an agent of their own group, which is asked for where there are several."""
    organization, groups = this_organization(), all_groups()[:2]
    return {
        "name": "",
        "email": "",
        # The company itself is above all: nobody is to see everything because a choice was not made.
        "group_id": groups[0].pk if len(groups) == 1 else NO_ID,
        "grants": (GrantDraft("agent", NO_ID),),
        **dict.fromkeys(LIMITS),
        "language": organization.language,
        "time_zone": organization.time_zone,
    }


def ask_person(values: Mapping[str, Any], faults: Mapping[str, str]) -> list[Ask]:
    """Return the questions with what is known."""
    groups: list[tuple[object, str]] = [*group_choices()]
    if not values["group_id"]:
        groups.insert(0, ("", gettext("Choose a group")))
    languages = [
        (code, translation.get_language_info(code)["name_local"].capitalize()) for code, _ in settings.LANGUAGES
    ]
    return [
        Ask("name", gettext("Name"), values["name"], error=faults.get("name", ""), required=True),
        Ask(
            "email",
            gettext("E-mail"),
            values["email"],
            type="email",
            hint=gettext("They sign in with it."),
            error=faults.get("email", ""),
            required=True,
        ),
        Ask(
            "group_id",
            gettext("Group"),
            choices=choices_of(groups, chosen=values["group_id"]),
            required=True,
            error=faults.get("group_id", ""),
        ),
        *_ask_limits(values, faults),
        Ask("language", gettext("Language"), choices=choices_of(languages, chosen=values["language"])),
        Ask(
            "time_zone",
            gettext("Time zone"),
            choices=choices_of(zones(), chosen=values["time_zone"]),
            error=faults.get("time_zone", ""),
        ),
    ]


def _ask_limits(values: Mapping[str, Any], faults: Mapping[str, str]) -> list[Ask]:
    said = {
        "capacity": (gettext("Capacity"), gettext("How much open at once, over all accounts; empty: no limit.")),
        "per_hour": (gettext("New per hour"), gettext("How many the rules give in an hour; empty: no limit.")),
        "per_day": (gettext("New per day"), gettext("And on one day, until midnight where they are.")),
    }
    return [
        Ask(
            name,
            label,
            "" if values[name] is None else str(values[name]),
            hint=hint,
            error=faults.get(name, ""),
            optional=True,
            inputmode="numeric",
        )
        for name, (label, hint) in said.items()
    ]


def group_choices() -> list[tuple[int, str]]:
    """Return the groups in the order of the tree, each by its way from below the company."""
    groups = in_tree_order(all_groups())
    return [(group.pk, path_of(group, groups)) for group in groups]


def path_of(group: Group, groups: Iterable[Group]) -> str:
    """Return the names of the groups above one and its own, the company's left out unless it is the one."""
    names = {str(one.pk): one.name for one in groups if one.parent_id is not None}
    return " › ".join(names[one] for one in group.path.strip("/").split("/") if one in names) or group.name
