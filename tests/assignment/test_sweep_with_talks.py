"""A sweep and the conversations that follow its contacts: whoever gets them may have them, and has room (INV-19, INV-20)."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.assignment.halt_sweep import FEW
from reparto.channels.models import Account
from reparto.channels.set_cap import set_cap
from reparto.channels.set_mode import set_mode
from reparto.contacts.models import Contact
from reparto.conversations.models import Assignee, Conversation
from reparto.conversations.snooze_conversation import snooze_conversation
from reparto.people.actor import Actor
from reparto.people.edit_person import edit_person
from reparto.people.show_sign_of_life import show_sign_of_life
from tests import cast
from tests.cast import AT, Cast
from tests.road import a_text, write
from tests.rows.late import DAY, HOUR, a_rule, sweep
from tests.trouble.check_books import check_sittings

pytestmark = pytest.mark.django_db
LATER = AT + 2 * HOUR
#: A conversation that follows its contact, and who is on it.
type Carried = tuple[Conversation, set[int]]


@dataclass
class House:
    """A company with two numbers, whose people have each what chance gave them."""

    company: Cast
    people: dict[int, Actor]
    accounts: list[Account]
    modes: dict[tuple[int, int], str] = field(default_factory=dict)
    caps: dict[tuple[int, int], int | None] = field(default_factory=dict)
    capacity: dict[int, int | None] = field(default_factory=dict)

    def carried(self) -> dict[int, list[Carried]]:
        """What follows each contact: what its owner works, and what nobody works, with who is on it."""
        people: dict[int, set[int]] = {}
        for talk, person in Assignee.objects.filter(person__isnull=False).values_list("conversation", "person"):
            people.setdefault(talk, set()).add(person)
        owners = dict(Contact.objects.values_list("pk", "owner_id"))
        carried: dict[int, list[Carried]] = {pk: [] for pk in owners}
        for one in Conversation.objects.exclude(status="closed"):
            on_it = people.get(one.pk, set())
            if not on_it or owners[one.contact_id] in on_it:
                carried[one.contact_id].append((one, on_it))
        return carried

    def may(self, person: int, carried: list[Carried]) -> bool:
        """Whether modes let a person have conversations: by hand is enough for what they work already."""
        return all(
            self.modes[person, one.account_id] in (("auto", "enabled") if person in on_it else ("auto",))
            for one, on_it in carried
        )

    def limits(self) -> dict[tuple[int, int], int | None]:
        """What each may have open: on each account, and by the number 0 on the whole."""
        return self.caps | {(person, 0): limit for person, limit in self.capacity.items()}

    def has_room(self, person: int, carried: list[Carried], open_now: Counter[tuple[int, int]]) -> bool:
        """Whether a person has room for conversations, were they theirs alone; what is put off takes none."""
        needs: Counter[tuple[int, int]] = Counter({(person, 0): 0})
        for one, on_it in carried:
            if person not in on_it and one.status == "open":
                needs[person, one.account_id] += one.effort
                needs[person, 0] += one.effort
        needs[person, 0] = max(needs[person, 0], 1)
        return all(
            (limit := self.limits()[key]) is None or open_now[key] + effort <= limit for key, effort in needs.items()
        )

    def opened(self) -> Counter[tuple[int, int]]:
        """What each has open, as `limits` has it; nothing of it is put off."""
        opened: Counter[tuple[int, int]] = Counter()
        rows = Assignee.objects.filter(conversation__status="open", person__isnull=False)
        for person, account, effort in rows.values_list("person", "conversation__account", "conversation__effort"):
            opened[person, 0] += effort
            opened[person, account] += effort
        return opened


def a_house(chance: Random) -> House:
    """A company whose people may have this and that, and contacts of Alba's who have written to either number."""
    company = cast.a_company()
    dora = cast.a_person("Dora", admin=company.admin, group_id=company.north_id, receives=True)
    people = {one.person_id: one for one in (company.alba, company.bruno, company.carla, dora)}
    house = House(company, people, [cast.a_whatsapp_account(admin=company.admin) for _ in range(2)])
    Account.objects.filter(pk=house.accounts[1].pk).update(effort=3)
    for _ in range(chance.randint(4, FEW)):
        _a_contact(house, chance)
    for person in people:
        house.capacity[person] = chance.choice((None, None, 3, 6))
        edit_person(person, {"capacity": house.capacity[person]}, actor=company.admin, at=AT)
        show_sign_of_life(person, at=LATER)
        for account in house.accounts:
            mode, cap = (
                chance.choice(("auto", "auto", "auto", "enabled", "disabled")),
                chance.choice((None, None, 0, 4)),
            )
            set_mode(person, account.pk, mode=mode, actor=company.admin, at=AT)
            set_cap(person, account.pk, cap=cap, actor=company.admin, at=AT)
            house.modes[person, account.pk], house.caps[person, account.pk] = mode, cap
    a_rule(company, *people.values())
    return house


def _a_contact(house: House, chance: Random) -> None:
    phone, admin = cast.a_phone(), house.company.admin
    for account in chance.sample(house.accounts, chance.randint(1, 2)):
        write(account, a_text(phone))
    contact = Contact.objects.latest("id")
    assign_by_hand(contact.pk, owner_id=house.company.alba.person_id, actor=admin, at=AT)
    for talk in Conversation.objects.filter(contact=contact):
        if chance.random() < 0.4:
            others = chance.sample(list(house.people), chance.randint(1, 2))
            assign_conversation(talk.pk, Chosen(tuple(others)), actor=admin, at=AT)
        if chance.random() < 0.2:
            snooze_conversation(talk.pk, until=AT + DAY, actor=admin, at=AT)


@pytest.mark.parametrize("seed", range(5))
def test_nobody_gets_a_conversation_that_they_may_not_have(seed: int) -> None:
    """INV-19, INV-20, INV-21, BY-13: modes, caps and capacity hold, and whoever could have it is not passed over."""
    house = a_house(Random(seed))
    alba, carried, before = house.company.alba.person_id, house.carried(), house.opened()

    moved = sweep(house.company, at=LATER)

    after = house.opened()
    owners = dict(Contact.objects.values_list("pk", "owner_id"))
    assert moved == sum(owner != alba for owner in owners.values())
    for pk, owner in owners.items():
        if owner != alba:
            assert house.may(owner, carried[pk])
            assert all(Assignee.objects.filter(conversation=one, person=owner).exists() for one, _ in carried[pk])
        else:
            others = house.people.keys() - {alba}
            assert not any(house.may(one, carried[pk]) and house.has_room(one, carried[pk], after) for one in others)
    for key, limit in house.limits().items():
        assert limit is None or after[key] <= max(limit, before[key])
    check_sittings(house.company.organization_id)
