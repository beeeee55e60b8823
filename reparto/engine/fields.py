"""
The catalogue of the filter language: what may be asked of a contact, and with which operators.

Data only. How a question is read is in `filters`, how it is answered in `judge`.
"""

from collections.abc import Mapping
from typing import Final, Literal

Kind = Literal["text", "choice", "number", "date", "set"]

FIELDS: Final[Mapping[str, Kind]] = {
    "owner": "choice",
    "name": "text",
    "tags": "set",
    "company": "text",
    "status": "choice",
    "stage": "choice",
    "title": "text",
    "source": "choice",
    "sex": "choice",
    "email": "text",
    "country": "choice",
    "region": "text",
    "phone": "text",
    "groups": "set",
    "industry": "text",
    "mobile": "text",
    "business_group": "text",
    "position": "text",
    "sellers": "number",
    "comment": "text",
    "street": "text",
    "neighbourhood": "text",
    "city": "text",
    "website": "text",
    "municipality": "text",
    "facebook": "text",
    "twitter": "text",
    "skype": "text",
    "linkedin": "text",
    "kind": "choice",
    "campaign": "choice",
    "account": "choice",
    "language": "choice",
    "created": "date",
    "last_follow_up": "date",
    "conversations": "number",
}
"""Every standard field of a contact and its kind. The company's own are written `custom.KEY`."""

ID_FIELDS: Final = frozenset({"owner", "campaign", "account", "groups"})
"""Fields whose values are ids (integers). The values of other choices and sets are folded text."""

CUSTOM: Final = "custom."
"""What the name of a custom field begins with."""

OPERATORS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "text": ("is", "is_not", "contains", "starts", "empty", "not_empty"),
    "choice": ("is", "in", "not_in", "empty"),
    "number": ("=", "<", "<=", ">", ">=", "between", "empty"),
    "date": ("=", "<", "<=", ">", ">=", "between", "empty", "last", "before_last"),
    "set": ("has", "has_any", "has_all", "has_none", "empty", "not_empty"),
}
"""The operators of each kind, in the order in which a screen offers them."""

UNITS: Final = ("hours", "days", "weeks", "months")
"""The units of `last` and `before_last`."""
