"""
The shape of ¿Por qué?: the same four blocks for every decision, in words.

It has no addresses; pages add theirs.
"""

from dataclasses import dataclass
from datetime import datetime

from reparto.people.models import Person


@dataclass(frozen=True, slots=True)
class WhyRule:
    """The rule that decided, as it was then."""

    id: int
    name: str
    version: int  #: of the rule set
    conditions: str  #: those that the contact met, as one phrase


@dataclass(frozen=True, slots=True)
class WhyStep:
    """A route or a rule that was asked and did not decide."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class WhySkipped:
    """Somebody who was considered and did not get it."""

    name: str
    reason: str
    short: str = ""  #: the figure behind the reason: "12/12", "15:30"
    kind: str = "warn"  #: tint of `short`


@dataclass(frozen=True, slots=True)
class WhyPlace:
    """A place in the ranking of a round, and the results that gave it."""

    place: int
    name: str
    figure: str
    served: bool  #: had received in this round already


@dataclass(frozen=True, slots=True)
class WhyCard:
    """One decision, explained from what was stored with it."""

    decision_id: int
    at: datetime
    title: str
    person: Person | None  #: whose face stands beside the title
    route_label: str
    rule: WhyRule | None
    passed: tuple[WhyStep, ...]
    chosen_because: str
    skipped: tuple[WhySkipped, ...]
    next_try: str
    tried: str = ""  #: when it was tried last, while it waits
    ranking: tuple[WhyPlace, ...] = ()  #: of the round, when a rule goes by people's results
    turn: str = ""  #: of the rule: before and after, and whether a tie decided
    version: int = 0  #: of the rules in force; 0: by hand, or there were none
    mails: bool = False  #: its rule has a template for whoever received
