"""
The list of rules as cards: place, sentence, people, what each did in seven days, what is wrong with it.

A fixed number of queries, however many rules there are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html

from reparto.assignment.read_rule_figures import RuleFigures, read_rule_figures
from reparto.kit.organizations import this_organization
from reparto.people.models import Person
from reparto.people.queries import find_people, people_by_group
from reparto.rules.caution_rules import caution_rules
from reparto.rules.check_rules import check_rules
from reparto.rules.models import Rule
from reparto.rules.read_rule_names import read_rule_names

from .shelf import LIVE, Shelf
from .summarize_rule import summarize_rule

#: Faces on a card; the others are a number.
FACES = 4
WEEK = timedelta(days=7)


def show_rules(rules: Sequence[Rule], *, at: datetime, may_edit: bool, shelf: Shelf = LIVE) -> list[dict[str, Any]]:
    """Return the cards of a list in force, or of a draft, in the order in which the rules are obeyed."""
    names, figures = (
        read_rule_names(rule.filters for rule in rules),
        read_rule_figures([rule.pk for rule in rules], since=at - WEEK),
    )
    behind = _people_behind(rules)
    faults = check_rules(rules, edition=this_organization().edition)
    cautions = caution_rules(rules, at=at)
    cards = []
    for place, rule in enumerate(rules):
        card = _card(rule, figures.get(rule.pk, RuleFigures()), behind[rule.pk], shelf)
        card["summary"] = summarize_rule(rule, names)
        if rule.pk in faults:
            card["summary"] = format_html("{} · {}", faults[rule.pk][0].message, card["summary"])
        told = cautions.get(rule.pk, [])
        card["unreachable"] = any(one.caution.code == "never_reached" for one in told)
        card["cautions"] = [one.message for one in told] if rule.pk not in faults else []
        card["first"], card["last"] = place == 0, place == len(rules) - 1
        if may_edit:
            card["menu"] = render_to_string("rules/card_menu.html", {"rule": card})
        cards.append(card)
    return cards


def _card(rule: Rule, figures: RuleFigures, people: list[Person], shelf: Shelf) -> dict[str, Any]:
    return {
        "id": rule.pk,
        "position": rule.position,
        "name": rule.description,
        "url": shelf.url("rule", rule_id=rule.pk),
        "people": people[:FACES],
        "more": len(people[FACES:]),
        "count_7d": figures.count,
        "last_at": figures.last_at,
        "active": rule.active,
        "switch": f"active-{rule.pk}",
        "toggle_url": shelf.url("rule_active", rule_id=rule.pk),
        "copy_url": shelf.url("rule_copy", rule_id=rule.pk),
        "delete_url": shelf.url("rule_delete", rule_id=rule.pk),
        "in_draft": shelf.is_draft,
    }


def _people_behind(rules: Sequence[Rule]) -> dict[int, list[Person]]:
    """Return the people of each rule in its order, those of groups where the group stands."""
    members = people_by_group()
    ids = {rule.pk: _ids(rule, members) for rule in rules}
    people = {person.pk: person for person in find_people({one for group in ids.values() for one in group})}
    return {
        rule: [people[one] for one in wanted if one in people and people[one].suspended_at is None]
        for rule, wanted in ids.items()
    }


def _ids(rule: Rule, members: Mapping[int, set[int]]) -> list[int]:
    found: dict[int, None] = {}
    for target in rule.assign_to:
        one = target.get("person_id")
        found |= dict.fromkeys([one] if one else sorted(members.get(target.get("group_id", 0), ())))
    return list(found)
