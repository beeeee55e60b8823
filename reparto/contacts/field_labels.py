"""
What screens call the fields and operators of the filter language.

Words only: the catalogue itself is `engine.FIELDS`, and a test holds the two together.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELD_LABELS: Final[Mapping[str, Promise]] = {
    "owner": _("Owner"),
    "name": _("Name"),
    "tags": _("Tags"),
    "company": _("Contact's company"),
    "status": pgettext_lazy("of a contact", "Status"),
    "stage": _("Stage"),
    "title": pgettext_lazy("of a person", "Title"),
    "source": _("Source"),
    "sex": _("Sex"),
    "email": _("E-mail"),
    "country": _("Country"),
    "region": _("Region"),
    "phone": _("Phone"),
    "groups": _("Groups"),
    "industry": _("Industry"),
    "mobile": _("Mobile"),
    "business_group": _("Business group"),
    "position": pgettext_lazy("job", "Position"),
    "sellers": _("Number of salespeople"),
    "comment": _("Comment"),
    "street": _("Street"),
    "neighbourhood": _("Neighbourhood"),
    "city": _("City"),
    "website": _("Web page"),
    "municipality": _("Municipality"),
    "facebook": _("Facebook"),
    "twitter": _("Twitter"),
    "skype": _("Skype"),
    "linkedin": _("LinkedIn"),
    "kind": _("Kind of contact"),
    "campaign": _("Campaign"),
    "account": _("Account"),
    "language": _("Language"),
    "created": _("Created"),
    "last_follow_up": _("Last follow-up"),
    "conversations": _("Number of conversations"),
}

#: Signs are the same in every language.
OPERATOR_LABELS: Final[Mapping[str, str | Promise]] = {
    "is": pgettext_lazy("filter", "is"),
    "is_not": pgettext_lazy("filter", "is not"),
    "contains": pgettext_lazy("filter", "contains"),
    "starts": pgettext_lazy("filter", "begins with"),
    "empty": pgettext_lazy("filter", "is empty"),
    "not_empty": pgettext_lazy("filter", "is not empty"),
    "in": pgettext_lazy("filter", "is one of"),
    "not_in": pgettext_lazy("filter", "is none of"),
    "=": "=",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "between": pgettext_lazy("filter", "is between"),
    "last": pgettext_lazy("filter", "in the last"),
    "before_last": pgettext_lazy("filter", "longer ago than"),
    "has": pgettext_lazy("filter", "has"),
    "has_any": pgettext_lazy("filter", "has any of"),
    "has_all": pgettext_lazy("filter", "has all of"),
    "has_none": pgettext_lazy("filter", "has none of"),
}
