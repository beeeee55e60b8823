"""What each rule handed out, and to whom, against everybody's due."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format

from reparto.people.models import Person
from reparto.reports.measure_fairness import FairnessReport

from .draw_people import Bar, draw_bar


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One person of a rule."""

    person: Person
    received: int
    due: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule."""

    name: str
    url: str  #: "" for a rule that was deleted
    received: int
    index: str
    people: tuple[ShareRow, ...]


def draw_rules(report: FairnessReport) -> list[RuleRow]:
    """Return the rules that handed anything out, the busiest first."""
    known = {person.pk: person for person in report.scope.people}
    return [
        RuleRow(
            name=rule.description,
            url="" if rule.deleted else reverse("rule", args=[rule.rule_id]),
            received=rule.received,
            index="–" if rule.index is None else number_format(rule.index, 2, use_l10n=True),
            people=tuple(
                ShareRow(
                    known[one.person_id],
                    one.received,
                    number_format(one.due, 1, use_l10n=True),
                    draw_bar(one.received, one.due),
                )
                for one in rule.shares
                if one.person_id in known
            ),
        )
        for rule in report.rules
    ]
