"""
The sweep as a machine: people act before it and while it runs, rules are edited, and clocks jump (INV-22).

A plain model beside it (`sweep_model.py`) says who is late; the sweep must move those and nobody else, each once.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.change_rules import change_rules
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.models import Ownership, Round
from reparto.assignment.record_sale import record_sale
from reparto.assignment.sweep_late import sweep_late
from reparto.contacts.add_contact import add_contact
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.cancel_sale import cancel_sale
from reparto.contacts.contact_draft import ContactDraft
from reparto.contacts.models import Contact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.people.set_availability import set_availability
from reparto.rules.edit_rule import edit_rule
from tests import cast
from tests.assignment.sweep_model import Entry, Look, Model, Turn, Waits
from tests.cast import AT
from tests.rows.late import DAY, HOUR, a_rule
from tests.trouble.check_books import check_sittings

SECOND = timedelta(seconds=1)
TRIGGERS = ("no_followup", "no_first_followup", "no_sales")
JUMPS = (-DAY, -HOUR, HOUR, DAY)
#: One second after clocks of 32 bits have run over.
RUN_OVER = datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)
#: What each step is, as often as it stands here.
TOUCHES = ("follow_up",) * 4 + ("sell", "cancel", "give", "give", "edit", "person")
MOVES = (*TOUCHES, "arrive", *("answer",) * 3, *("sweep",) * 6, "sweep_by_a_wrong_clock")
#: So many contacts there are at first and at most; a sweep that would move more than a fifth of them asks.
FEWEST, MOST = 22, 36


class Machine:
    """A company and its model, and one random life of both."""

    def __init__(self, seed: int) -> None:
        self.chance, self.at = Random(seed), AT
        self.company = company = cast.a_company()
        dora = cast.a_person("Dora", admin=company.admin, group_id=company.north_id, receives=True)
        self.people = {one.person_id: one for one in (company.alba, company.bruno, company.carla, dora)}
        self.model = Model(dict.fromkeys(self.people, True))
        for trigger in TRIGGERS:
            entity = "client" if trigger == "no_sales" else "prospect"
            rule = a_rule(company, *self.people.values(), trigger=trigger, after="3 hours", entity=entity)
            self.model.rules.append(Waits(rule.pk, trigger, 3 * HOUR))
        self.moved = self.spared = self.asked = 0
        for _ in range(FEWEST):
            self.at += timedelta(minutes=5)
            self.arrive()

    def step(self) -> None:
        """Do one thing to both."""
        self.at += self.chance.choice((1, 5, 15, 40)) * timedelta(minutes=1)
        getattr(self, self.chance.choice(MOVES))()

    def any_contact(self, among: list[Entry] | None = None) -> tuple[int, Entry]:
        """Return a contact that no sweep is just moving, if possible one of these."""
        meant = {id(one) for one in among or self.model.entries.values() if not one.moving}
        return self.chance.choice(
            [(pk, one) for pk, one in self.model.entries.items() if id(one) in meant]
            or [(pk, one) for pk, one in self.model.entries.items() if not one.moving]
        )

    def any_moment(self) -> datetime:
        """Return now, or some hours ago."""
        return self.at - self.chance.choice((0, 0, 1, 5, 30)) * HOUR

    def arrive(self) -> None:
        """A contact is added, half of them with an owner, unless there are many."""
        if len(self.model.entries) < MOST:
            kind = self.chance.choice(("prospect", "prospect", "client"))
            contact = add_contact(ContactDraft("Clara", kind=kind), actor=self.company.admin, at=self.at)
            self.model.entries[contact.pk] = Entry(self.at, kind)
            if self.chance.random() < 0.5:
                self.give((contact.pk, self.model.entries[contact.pk]))

    def follow_up(self, meant: tuple[int, Entry] | None = None) -> None:
        """Somebody calls, or notes a call of before."""
        pk, entry = meant or self.any_contact()
        done_at = self.any_moment()
        record_follow_up(pk, FollowUpDraft("call", at=done_at), actor=self.company.admin, at=self.at)
        entry.followed = max(done_at, entry.followed or done_at)

    def sell(self, meant: tuple[int, Entry] | None = None) -> None:
        """A contact buys, and is a client."""
        pk, entry = meant or self.any_contact()
        agreed = self.any_moment()
        sale = record_sale(pk, SaleDraft(Decimal(10), "MXN", agreed), actor=self.company.admin, at=self.at)
        entry.sales[sale.pk], entry.kind = (agreed, self.at), "client"

    def cancel(self, meant: tuple[int, Entry] | None = None) -> None:
        """A sale comes to nothing."""
        pk, entry = meant or self.any_contact([one for one in self.model.entries.values() if one.sales])
        if entry.sales:
            sale = self.chance.choice(list(entry.sales))
            cancel_sale(pk, sale, actor=self.company.admin, at=self.at)
            del entry.sales[sale]

    def give(self, meant: tuple[int, Entry] | None = None) -> None:
        """A contact is given to somebody by hand, or to nobody."""
        pk, entry = meant or self.any_contact()
        owner = self.chance.choice((None, *self.people))
        assign_by_hand(pk, owner_id=owner, actor=self.company.admin, at=self.at)
        self.model.give(entry, owner, at=self.at)

    def person(self, _: tuple[int, Entry] | None = None) -> None:
        """Somebody goes, or comes back."""
        person = self.chance.choice(list(self.people))
        here = self.model.people[person] = not self.model.people[person]
        status = "available" if here else "away"
        set_availability(person, status=status, actor=self.people[person], at=self.at)

    def edit(self, _: tuple[int, Entry] | None = None) -> None:
        """A rule gets another time, or is switched on or off; what was asked before is not asked any more."""
        place = self.chance.randrange(len(self.model.rules))
        hours, active = self.chance.randint(1, 6), self.chance.random() < 0.8
        changes = {"after": {"amount": hours, "unit": "hours", "clock": "calendar"}, "active": active}
        rule = self.model.rules[place]
        change_rules(lambda: edit_rule(rule.id, changes, actor=self.company.admin, at=self.at),
                     actor=self.company.admin, at=self.at)  # fmt: skip
        self.model.rules[place] = Waits(rule.id, rule.trigger, hours * HOUR, active)
        self.model.version, self.model.halt = self.model.version + 1, None

    def answer(self) -> None:
        """An administrator lets go on what asks, or pauses the rules."""
        halt = open_halt() if self.model.halt else None
        if halt is None or halt.state != "asks":
            return
        go_on = self.chance.random() < 0.8
        answer_halt(halt.pk, "go_on" if go_on else "pause", actor=self.company.admin, at=self.at)
        if go_on:
            self.model.halt, self.model.answered_at = ("goes_on", halt.found), self.at
        else:
            self.model.rules = [
                Waits(one.id, one.trigger, one.after, one.active and str(one.id) not in halt.by_rule)
                for one in self.model.rules
            ]
            self.model.version, self.model.halt = self.model.version + 1, None

    def sweep(self) -> None:
        """The worker looks."""
        self.look(self.at)

    def sweep_by_a_wrong_clock(self) -> None:
        """The worker looks while its clock is wrong by an hour, a day, or years."""
        if self.model.halt is None or self.model.halt[0] == "asks":
            # A few may go without a question; those that went in 2038 would wait for it to the end of this life.
            far = [RUN_OVER] if self.model.is_mass(RUN_OVER) else []
            self.look(self.chance.choice([*(self.at + jump for jump in JUMPS), *far, *far]))

    def look(self, began: datetime) -> None:
        """Sweep; while it runs somebody may act, or the clock jump. Compare what became of it."""
        look = self.model.look(began)
        times = iter(self.times(look, began) if look else [began])
        moved = sweep_late(self.company.organization_id, clock=lambda: next(times, began))
        if look is None:
            assert 0 == moved
            self.asked += self.model.halt is not None
        else:
            assert [] == list(times), "A parcel was not looked at."
            assert moved == look.moved
            self.model.end_halt(began + SECOND)
            self.moved, self.spared = self.moved + moved, self.spared + look.spared
        self.compare()

    def times(self, look: Look, began: datetime) -> Iterator[datetime]:
        """What the clock says each time that the sweep asks: at first, before it finds, and at each parcel."""
        yield began
        yield began + SECOND
        for parcel in look.parcels(began + SECOND):
            if self.chance.random() < 0.5:
                getattr(self, self.chance.choice(TOUCHES))(self.any_contact(parcel))
            at = began + 2 * SECOND + self.chance.choice((timedelta(), timedelta(), *JUMPS))
            look.settle(parcel, at=max(at, began + SECOND))
            yield at

    def compare(self) -> None:
        """Learn who was given what was moved; all the rest must be as the model says."""
        owners = dict(Contact.objects.values_list("pk", "owner_id"))
        for pk, entry in self.model.entries.items():
            assert not entry.moving or owners[pk] in entry.moving
            entry.owner, entry.moving = owners[pk] if entry.moving else entry.owner, frozenset()
        assert owners == {pk: one.owner for pk, one in self.model.entries.items()}
        spans = Ownership.objects.filter(until__isnull=True).values_list("contact_id", "since")
        assert dict(spans) == {pk: one.since for pk, one in self.model.entries.items() if one.since}
        assert Ownership.objects.count() == self.model.spans
        turns = {pk: one.turn for pk, one in self.model.entries.items() if one.turn}
        assert turns.keys() == {row.contact_id for row in Round.objects.all()}
        assert {} == {row: turns[row.contact_id] for row in Round.objects.all() if not same(row, turns[row.contact_id])}
        halt = open_halt()
        assert self.model.halt == (halt and (halt.state, halt.allowed if halt.state == "goes_on" else halt.found))


def same(row: Round, turn: Turn) -> bool:
    """Say whether a stored round is the model's."""
    stored = (row.number, tuple(row.missed), row.at, row.state, row.next_try_at)
    return stored == (turn.number, turn.missed, turn.at, turn.state, turn.next_try)


def live(seed: int, *, steps: int) -> Machine:
    """Let a machine live for so many steps."""
    machine = Machine(seed)
    for _ in range(steps):
        machine.step()
    return machine


@pytest.mark.django_db
class TestTheSweep:
    def test_moves_what_is_late_and_nothing_else(self) -> None:
        """INV-22: at most once a period, never what was touched meanwhile, never a mass because a clock jumped."""
        machine = live(1, steps=100)

        assert machine.moved > 30
        assert machine.asked > 1
        assert machine.spared > 0
        assert machine.moved <= check_sittings(machine.company.organization_id)

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    @pytest.mark.parametrize("seed", range(2, 22))
    def test_does_so_for_twenty_thousand_steps(self, seed: int) -> None:
        """INV-22: and in twenty lives of 1,000 steps each; rules edited while it sweeps end it."""
        machine = live(seed, steps=1000)

        assert machine.moved > 100
        assert machine.asked > 10
        assert machine.spared > 5
