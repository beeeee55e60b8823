"""The rows of people: what each carries, received and was due, with the bar of the difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

from reparto.people.models import Person
from reparto.reports.measure_fairness import PersonFigures

from .say_duration import say_duration

#: From this share of the due on, a difference stands out, unless it is less than one whole item.
MUCH = 0.15
#: The longest bar, in units of its drawing, and the share of the due that it stands for.
LONGEST, AT_MOST = 42, 0.5


@dataclass(frozen=True, slots=True)
class Bar:
    """A difference: to the right of the middle for more than the due, to the left for less."""

    said: str  #: "+4 %"
    width: int
    more: bool
    hot: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person."""

    person: Person
    figures: PersonFigures
    due: str
    bar: Bar | None  #: None: nothing was their due
    speed: str


def draw_people(people: Sequence[PersonFigures]) -> list[PersonRow]:
    """Return the rows, in the order given."""
    return [
        PersonRow(
            person=one.person,
            figures=one,
            due=number_format(one.due, 1, use_l10n=True),
            bar=draw_bar(one.received, one.due),
            speed=say_duration(one.given.median_seconds),
        )
        for one in people
    ]


def draw_bar(received: int, due: float) -> Bar | None:
    """Return the bar of a difference; None for whoever was due nothing."""
    if due <= 0:
        return None
    share = (received - due) / due
    percent = round(abs(share) * 100)
    sign = "" if not percent else "+" if share > 0 else "−"
    return Bar(
        said=f"{sign}{number_format(percent, use_l10n=True)} %",
        width=round(LONGEST * min(abs(share), AT_MOST) / AT_MOST),
        more=share > 0,
        hot=stands_out(received, due),
    )


def stands_out(received: int, due: float) -> bool:
    """Say whether somebody got so much more or less than their due that one should look."""
    return due > 0 and abs(received - due) >= max(1, MUCH * due)
