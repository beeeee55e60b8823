"""
The desk as a machine: rules edited, ordered, switched, published and rolled back while people come, go and write.

A plain model beside it holds lists and counters, and asks the pure engine; the desk must decide the same, to the last turn.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import QuerySet

from reparto.assignment.change_rules import change_rules
from reparto.assignment.decide_waiting import decide_waiting
from reparto.assignment.models import Decision, Waiting
from reparto.assignment.wake_waiting import wake_waiting
from reparto.engine import Agent, Cursor, Policy, Rule, RuleSet, Snapshot, Target, WorkItem, decide, fold
from reparto.kit.faults import Invalid
from reparto.people.set_availability import set_availability
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.rules.add_draft import add_draft
from reparto.rules.delete_rule import delete_rule
from reparto.rules.edit_draft import edit_draft
from reparto.rules.edit_rule import edit_rule
from reparto.rules.publish_draft import publish_draft
from reparto.rules.queries import current_version_number
from reparto.rules.reorder_rules import reorder_rules
from reparto.rules.roll_back_rules import roll_back_rules
from tests import cast
from tests.cast import AT
from tests.road import a_text, write
from tests.trouble.check_books import check_sittings

STRATEGIES = ("round_robin", "least_loaded")
POLICY = Policy(ties_in_turn=True, keeps_turns=True)
#: What each step is, as often as it stands here.
MOVES = (
    ("arrive",) * 9
    + ("person",) * 3
    + ("edit",) * 3
    + ("reorder", "switch", "switch", "add", "delete", "draft", "back")
)
#: Nobody is silent for so long that they would count as gone: the model knows only what people say of themselves.
UNSEEN = timedelta(minutes=5)


@dataclass
class Model:
    """What is so, in lists and counters."""

    people: dict[int, str]  #: person → availability
    rules: list[dict[str, Any]] = field(default_factory=list)
    versions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    loads: dict[int, int] = field(default_factory=dict)
    last: dict[int, datetime] = field(default_factory=dict)
    cursors: dict[int, Cursor] = field(default_factory=dict)
    waiting: dict[int, tuple[WorkItem, datetime | None]] = field(default_factory=dict)  #: item → when it is due
    arrived: int = 0

    def publish(self) -> None:
        """Keep the list as one more version."""
        self.versions[len(self.versions) + 1] = [dict(rule) for rule in self.rules]

    def arrive(self, name: str, account: int, at: datetime) -> None:
        """Let somebody stand in line."""
        self.arrived += 1
        item = WorkItem(
            self.arrived,
            self.arrived,
            self.arrived,
            account,
            "whatsapp",
            facts={"name": fold(name), "tags": frozenset()},
        )
        self.waiting[self.arrived] = item, at

    def wake(self, at: datetime, *, unmatched: bool) -> None:
        """Let what is queued be tried now; when the rules changed, also what no rule spoke for."""
        for number, (item, due) in self.waiting.items():
            if due is not None or unmatched:
                self.waiting[number] = item, at

    def decide(self, account: int, at: datetime) -> list[tuple[Any, ...]]:
        """Decide what is due, and return what was assigned."""
        items = tuple(item for item, due in self.waiting.values() if due is not None and due <= at)
        modes = {account: "auto"}
        agents = {
            person: Agent(
                person,
                availability=availability,  # type: ignore[arg-type]
                modes=modes,  # type: ignore[arg-type]
                last_seen_at=at,
                load=self.loads.get(person, 0),
                last_assigned_at=self.last.get(person),
            )
            for person, availability in self.people.items()
        }
        rules = tuple(_rule(rule, place) for place, rule in enumerate(self.rules, start=1))
        version = RuleSet(len(self.versions), rules)
        return [
            self._settle(one, at) for one in decide(Snapshot(at, items, agents, rule_set=version, cursors=self.cursors, policy=POLICY))
            if one.outcome == "assigned" or self._wait(one.item_id, one.next_try_at)
        ]  # fmt: skip

    def _wait(self, number: int, due: datetime | None) -> bool:
        self.waiting[number] = self.waiting[number][0], due
        return False

    def _settle(self, decision: Any, at: datetime) -> tuple[Any, ...]:
        (person,) = decision.person_ids
        self.loads[person], self.last[person] = self.loads.get(person, 0) + 1, at
        self.cursors = {**self.cursors, decision.rule_id: decision.cursor}
        del self.waiting[decision.item_id]
        place = (decision.rule_id, decision.rule_version, decision.rule_position, decision.cursor.sequence)
        return (decision.item_id, [person], *place)


def _rule(rule: dict[str, Any], place: int) -> Rule:
    to = tuple(Target(**target) for target in rule["assign_to"])
    return Rule(position=place, **{**rule, "assign_to": to})


class Machine:
    """The desk and its model, and one random life of both."""

    def __init__(self, seed: int) -> None:
        self.chance, self.at, self.seen = Random(seed), AT, AT
        self.company = cast.a_company()
        self.people = (self.company.alba, self.company.bruno, self.company.carla)
        self.account = cast.a_whatsapp_account(admin=self.company.admin, auto=self.people)
        self.model = Model({person.person_id: "available" for person in self.people})
        self.last_decision = 0
        self.numbers: dict[int, int] = {}  # conversation → its number in the model, in the order of the line
        self.assigned = 0
        for _ in range(2):
            self.add()

    def step(self) -> None:
        """Do one thing to both, and compare."""
        self.at += timedelta(seconds=7)
        if self.chance.random() < 0.05 or self.at - self.seen >= UNSEEN:
            self.seen = self.at
            for person in self.people:
                show_sign_of_life(person.person_id, at=self.at)
        getattr(self, self.chance.choice(MOVES))()
        decide_waiting(self.company.organization_id, at=self.at)
        expected = self.model.decide(self.account.pk, self.at)
        assert sorted(expected) == sorted(self.decided())
        assert len(self.model.waiting) == Waiting.objects.count()
        assert len(self.model.versions) == current_version_number()

    def decided(self) -> list[tuple[Any, ...]]:
        """Return what the desk has assigned since the last look."""
        rows = list(self.fresh())
        self.last_decision = max((row.pk for row in rows), default=self.last_decision)
        found = [
            (self.numbers[row.conversation_id or 0], row.person_ids, *place_of(row))
            for row in rows
            if row.outcome == "assigned"
        ]
        self.assigned += len(found)
        return found

    def arrive(self) -> None:
        """One to four people write, in one webhook."""
        texts = [a_text(cast.a_phone(), at=self.at) for _ in range(self.chance.randint(1, 4))]
        write(self.account, *texts, at=self.at)
        for row in self.fresh().filter(conversation_id__isnull=False).select_related("contact"):
            if row.conversation_id not in self.numbers:
                self.numbers[row.conversation_id or 0] = len(self.numbers) + 1
                self.model.arrive(row.contact.name, self.account.pk, self.at)

    def fresh(self) -> QuerySet[Decision]:
        """Return what was decided since the last look, in the order in which it was."""
        return Decision.objects.filter(pk__gt=self.last_decision).order_by("sitting_id", "place")

    def person(self) -> None:
        """Somebody goes, or comes back."""
        person = self.chance.choice(self.people)
        status = "away" if self.model.people[person.person_id] == "available" else "available"
        set_availability(person.person_id, status=status, actor=person, at=self.at)
        wake_waiting(self.company.organization_id, reason="people", at=self.at)
        self.model.people[person.person_id] = status
        self.model.wake(self.at, unmatched=False)

    def edit(self) -> None:
        """A rule gets other people, another filter, criterion or end."""
        rule = self.chance.choice(self.model.rules)
        name = self.chance.choice(("assign_to", "filters", "strategy", "if_nobody"))
        changed = {name: self.any_rule()[name]}
        if self.change(lambda: edit_rule(rule["id"], changed, actor=self.company.admin, at=self.at)):
            rule |= changed
            self.model.publish()

    def switch(self) -> None:
        """A rule is paused or activated."""
        rule = self.chance.choice(self.model.rules)
        changed = {"active": not rule["active"]}
        if self.change(lambda: edit_rule(rule["id"], changed, actor=self.company.admin, at=self.at)):
            rule |= changed
            self.model.publish()

    def reorder(self) -> None:
        """The rules change places."""
        rules = self.chance.sample(self.model.rules, len(self.model.rules))
        ids = [rule["id"] for rule in rules]
        if self.change(lambda: reorder_rules(ids, actor=self.company.admin, at=self.at)):
            self.model.rules = rules
            self.model.publish()

    def add(self) -> None:
        """A rule is added, unless there are many."""
        if len(self.model.rules) < 5:
            given = self.any_rule()
            if made := self.change(lambda: cast.a_rule(admin=self.company.admin, **given)):
                self.model.rules.append({"id": made.pk, **given})
                self.model.publish()

    def delete(self) -> None:
        """A rule is deleted, unless there are few."""
        if len(self.model.rules) > 2:
            rule = self.model.rules.pop(self.chance.randrange(len(self.model.rules)))
            self.change(lambda: delete_rule(rule["id"], actor=self.company.admin, at=self.at))
            self.model.publish()

    def draft(self) -> None:
        """A draft turns the list around and switches everything on; it is published as one version."""
        draft = add_draft("", actor=self.company.admin, at=self.at)
        rules = [rule | {"active": True, "if_nobody": "next"} for rule in reversed(draft.content)]
        edit_draft(draft.pk, {"rules": rules}, actor=self.company.admin, at=self.at)
        self.change(lambda: publish_draft(draft.pk, actor=self.company.admin, at=self.at))
        self.model.rules = [rule | {"active": True, "if_nobody": "next"} for rule in reversed(self.model.rules)]
        self.model.publish()

    def back(self) -> None:
        """An earlier version comes back."""
        number = self.chance.randint(1, len(self.model.versions))
        self.change(lambda: roll_back_rules(number, actor=self.company.admin, at=self.at))
        self.model.rules = [dict(rule) for rule in self.model.versions[number]]
        self.model.publish()

    def change(self, act: Any) -> Any:
        """Change the rules as pages and API do; None when a rule would never be reached: then nothing has changed."""
        try:
            made = change_rules(act, actor=self.company.admin, at=self.at)
        except Invalid as refused:
            if {fault.code for fault in refused.faults} != {"never_reached"}:
                raise
            return None
        self.model.wake(self.at, unmatched=True)
        return made

    def any_rule(self) -> dict[str, Any]:
        """Return a rule for some of the people and some of the contacts."""
        people = self.chance.sample(self.people, self.chance.randint(1, 3))
        digit = {"field": "name", "op": "contains", "value": str(self.chance.randint(0, 9))}
        return {
            "description": "Regla",
            "assign_to": [{"person_id": person.person_id} for person in people],
            "filters": self.chance.choice(({}, digit, {"not": digit})),
            "strategy": self.chance.choice(STRATEGIES),
            "if_nobody": self.chance.choice(("next", "wait")),
            "active": self.chance.random() < 0.8,
        }


def place_of(row: Decision) -> tuple[int | None, ...]:
    """Return by which rule a decision was made, of which version, where it stood, and which turn of it that was."""
    return row.rule_id, row.rule_version, row.rule_position, row.rule_sequence


def live(seed: int, *, steps: int) -> Machine:
    """Let a machine live for so many steps."""
    machine = Machine(seed)
    for _ in range(steps):
        machine.step()
    return machine


@pytest.mark.django_db
class TestTheDesk:
    def test_decides_as_the_model_says(self) -> None:
        """INV-14: through 150 edits, orders, switches, drafts, ways back, arrivals and absences, 0 decisions differ."""
        machine = live(1, steps=150)

        assert machine.assigned > 50
        assert len(machine.model.versions) > 25
        assert machine.assigned <= check_sittings(machine.company.organization_id)

    @pytest.mark.slow
    @pytest.mark.timeout(7200)
    @pytest.mark.parametrize("seed", range(50))
    def test_decides_so_for_fifty_thousand_steps(self, seed: int) -> None:
        """INV-14: and in fifty lives of 1,000 steps each."""
        machine = live(seed, steps=1000)

        assert machine.assigned <= check_sittings(machine.company.organization_id)
