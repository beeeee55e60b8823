"""
What countries are called where a contact's field has only their code, as many forms and spreadsheets write it.

What is no code of the list stays as it was written.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: Mapping[str, str | Promise] = {
    "AR": _("Argentina"),
    "BO": _("Bolivia"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CL": _("Chile"),
    "CO": _("Colombia"),
    "CR": _("Costa Rica"),
    "CU": _("Cuba"),
    "DO": _("Dominican Republic"),
    "EC": _("Ecuador"),
    "ES": _("Spain"),
    "GT": _("Guatemala"),
    "HN": _("Honduras"),
    "MX": _("Mexico"),
    "NI": _("Nicaragua"),
    "PA": _("Panama"),
    "PE": _("Peru"),
    "PR": _("Puerto Rico"),
    "PT": _("Portugal"),
    "PY": _("Paraguay"),
    "SV": _("El Salvador"),
    "US": _("United States"),
    "UY": _("Uruguay"),
    "VE": _("Venezuela"),
}


def name_country(written: str) -> str:
    """Return the name of a country's code; anything else as it is."""
    return str(NAMES.get(written.strip().upper(), written))
