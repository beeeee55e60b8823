"""
What requests and answers are made of: ids, texts, instants, whole numbers, each bounded; unknown fields are refused.

Meaning is judged by the verbs; here only the form.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from reparto.kit.clock import YEARS

MAX_ID = 2**63 - 1
#: Names no row; what is no id at all is answered like an id that nobody has.
NO_ID = 0


class Shape(BaseModel):
    """A body: every field is listed, and nothing is guessed from another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def given(self) -> dict[str, Any]:
        """Return the fields that the caller wrote, as plain values."""
        return self.model_dump(exclude_unset=True)


class Answer(BaseModel):
    """A part of an answer; a row can be handed over as it is."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Page[Item](BaseModel):
    """One page of a list."""

    items: list[Item]
    next_cursor: str | None = Field(description="For the next page; null on the last.")


def _row_id(raw: Any) -> int:
    text = str(raw)
    if text.isascii() and text.isdigit() and len(text) < 20:
        number = int(text)
        return number if number <= MAX_ID else NO_ID
    return NO_ID


def _only_text(raw: Any) -> Any:
    # The library would also take a number as seconds since 1970.
    if not isinstance(raw, str):
        raise PydanticCustomError("not_an_instant", "not an instant")
    return raw


def _in_this_age(instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise PydanticCustomError("not_an_instant", "not an instant")
    return instant


#: An id in a path: whatever is none is answered as an id that nobody has, never as a fault.
PathId = Annotated[int, BeforeValidator(_row_id, json_schema_input_type=int)]
#: An id in a body.
Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Version = Annotated[int, Field(ge=0)]
Ids = Annotated[list[Id], Field(max_length=500)]
Line = Annotated[str, Field(max_length=400)]
Text = Annotated[str, Field(max_length=10_000)]
Instant = Annotated[
    AwareDatetime, Strict(False), BeforeValidator(_only_text, json_schema_input_type=str), AfterValidator(_in_this_age)
]
Values = dict[str, Any]

Role = Literal["admin", "manager", "operator", "agent"]
Availability = Literal["available", "away", "offline"]
Mode = Literal["disabled", "enabled", "auto"]
ChannelKind = Literal["whatsapp", "email", "webform", "phone"]
ContactKind = Literal["prospect", "client"]


class PersonIds(Answer):
    """People, by id."""

    person_ids: list[int]


class Assignees(Answer):
    """People and groups, by id."""

    person_ids: list[int]
    group_ids: list[int]
