"""
An organization's own settings: what they are before anybody chose, what may be chosen, what holds now.

It decides nobody's permission; a verb above does.
"""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from .faults import Faults
from .models import Organization
from .organizations import lock_organization, this_organization
from .read_choice import read_choice, read_flag, read_integer

#: A day; a longer grace would be none.
MOST_SECONDS = 86_400
#: Two years of results; and more contacts than anybody needs to be believed.
MOST_DAYS, MOST_SAMPLE = 730, 1000
#: Channels on which somebody waits for an answer now; e-mail asks for no sign of life.
LIVE_CHANNELS = ("whatsapp", "webform", "phone")

PRESETS: Mapping[str, Mapping[str, Any]] = {
    # What an agent sees of what others have: nothing, what is of the groups that the agent is in, or all.
    "inbox": {"first_responder_owns": False, "agents_see": "group"},
    "presence": {"sign_of_life": True, "grace_seconds": dict.fromkeys(LIVE_CHANNELS, 600)},
    "distribution": {"owner_away": "cover", "retry_seconds": 300},
    # By what people's results are measured: how many days back, from how many contacts on, and how many contacts at
    # everybody's mean are added to each person's own.
    "figures": {"days": 90, "minimum_sample": 5, "shrinkage": 5},
}


def read_settings() -> dict[str, dict[str, Any]]:
    """Return all settings of the entered organization, presets included (one query)."""
    return with_presets(this_organization().settings)


def with_presets(stored: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return stored settings, completed by what holds while nobody chose."""
    return {section: copy.deepcopy(dict(preset)) | stored.get(section, {}) for section, preset in PRESETS.items()}


def read_policy(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of the stored settings a decision depends on, by the names of `engine.Policy`."""
    settings = with_presets(stored)
    measured = {name: settings["figures"][name] for name in ("minimum_sample", "shrinkage")}
    return settings["presence"] | settings["distribution"] | measured


def setting_question(section: str, name: str) -> Coalesce:
    """Return the question for one setting of the entered organization that is a word, to be asked with others."""
    stored = Organization.objects.values(one=KT(f"settings__{section}__{name}"))[:1]
    return Coalesce(Subquery(stored), Value(PRESETS[section][name]), output_field=TextField())


def country_of(organization_id: int) -> str:
    """Return the country in which a phone without a country code is dialled."""
    return Organization.objects.values_list("country", flat=True).get(pk=organization_id)


def store_settings(section: str, changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    Change settings of one section; return the section as it was and as it is.

    Raises:
        Invalid: Something is wrong with the changes; has all faults.

    """
    faults = Faults()
    values = {name: _read(section, name, given, faults) for name, given in changes.items()}
    faults.check()
    organization = lock_organization()
    before = with_presets(organization.settings)[section]
    organization.settings = organization.settings | {section: before | values}
    organization.save(update_fields=["settings"])
    return before, before | values


def _read(section: str, name: str, given: object, faults: Faults) -> Any:
    reader = _READERS.get((section, name))
    if reader is None:
        faults.add(name, "unknown_setting", gettext("There is no such setting."))
        return None
    return reader(given, name, faults)


def _grace(given: object, path: str, faults: Faults) -> dict[str, int]:
    if not isinstance(given, Mapping) or not set(given) <= set(LIVE_CHANNELS):
        sentence = gettext("Write seconds for any of: %(choices)s.")
        faults.add(path, "unknown_choice", sentence % {"choices": ", ".join(LIVE_CHANNELS)})
        return {}
    return {channel: _seconds(seconds, f"{path}.{channel}", faults) for channel, seconds in given.items()}


def _seconds(given: object, path: str, faults: Faults) -> int:
    return read_integer(given, path=path, least=30, most=MOST_SECONDS, faults=faults)


def _flag(given: object, path: str, faults: Faults) -> bool:
    return read_flag(given, path=path, faults=faults)


def _days(given: object, path: str, faults: Faults) -> int:
    return read_integer(given, path=path, least=1, most=MOST_DAYS, faults=faults)


def _sample(given: object, path: str, faults: Faults) -> int:
    return read_integer(given, path=path, least=1, most=MOST_SAMPLE, faults=faults)


def _shrinkage(given: object, path: str, faults: Faults) -> int:
    return read_integer(given, path=path, least=0, most=MOST_SAMPLE, faults=faults)


def _agents_see(given: object, path: str, faults: Faults) -> str:
    return read_choice(given, path=path, choices=("own", "group", "all"), faults=faults)


def _owner_away(given: object, path: str, faults: Faults) -> str:
    return read_choice(given, path=path, choices=("cover", "wait"), faults=faults)


_READERS: Mapping[tuple[str, str], Callable[[object, str, Faults], Any]] = {
    ("inbox", "first_responder_owns"): _flag,
    ("inbox", "agents_see"): _agents_see,
    ("presence", "sign_of_life"): _flag,
    ("presence", "grace_seconds"): _grace,
    ("distribution", "owner_away"): _owner_away,
    ("distribution", "retry_seconds"): _seconds,
    ("figures", "days"): _days,
    ("figures", "minimum_sample"): _sample,
    ("figures", "shrinkage"): _shrinkage,
}
