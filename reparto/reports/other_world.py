"""
What would be otherwise if other rules had decided: turns, owners, who works what, loads, who still waits.

The rest of the world is as it was: only what the rules changed is kept, and it ends where somebody acted by hand.
With the rules that were in force nothing is otherwise, and every decision comes out as it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from reparto.engine import Agent, Cursor, Decision, Group, WorkItem, fold

from .brings import brings, takes
from .given import Given
from .groups_above import groups_above
from .pairs import Said


@dataclass(slots=True)
class Owned:
    """Who owns a contact, as it was and as it would be."""

    happened: int | None
    would: int | None


@dataclass(slots=True)
class Worked:
    """Who was put on a conversation, as it was and as it would be."""

    happened: tuple[int, ...] = ()
    would: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()  #: would be, besides those that are


@dataclass(slots=True)
class OtherWorld:
    """All that differs; everything else is read from the past."""

    cursors: dict[int, Cursor] = field(default_factory=dict)
    owners: dict[int, Owned] = field(default_factory=dict)  #: by contact
    works: dict[int, Worked] = field(default_factory=dict)  #: by conversation
    tags: dict[int, frozenset[str]] = field(default_factory=dict)  #: put on by the rules, by contact
    loads: dict[int, int] = field(default_factory=dict)  #: how much more or less each person would have open
    shares: dict[int, dict[int, int]] = field(default_factory=dict)  #: the same by `talk_of`, then person
    accounts: dict[int, int] = field(default_factory=dict)  #: of those conversations
    given: Given = field(default_factory=Given)  #: how much more or less of late
    received: dict[int, datetime] = field(default_factory=dict)  #: when each person would have received last
    received_then: dict[int, datetime] = field(default_factory=dict)  #: when they did, by decisions of the desk
    #: By person: as they were, with which load and last time, and as they would be.
    _others: dict[int, tuple[Agent, int, datetime | None, Agent]] = field(default_factory=dict)

    def agents(self, then: Mapping[int, Agent], *, at: datetime) -> Mapping[int, Agent]:
        """The people of a moment, with the load that they would have and what they would have been given."""
        changed = {person: self._agent(then[person], at) for person in self._touched() if person in then}
        return {**then, **changed} if changed else then

    def _touched(self) -> set[int]:
        return self.loads.keys() | self.received.keys() | self.received_then.keys() | self.given.more.keys()

    def _agent(self, agent: Agent, at: datetime) -> Agent:
        load, last = agent.load + self.loads.get(agent.id, 0), self._last(agent)
        if agent.caps or agent.per_hour is not None or agent.per_day is not None:
            return self._limited(replace(agent, load=max(load, 0), last_assigned_at=last), at)
        if load == agent.load and last == agent.last_assigned_at:
            return agent
        # From one sitting to the next most people are as they were.
        known = self._others.get(agent.id)
        if known is None or known[0] is not agent or known[1:3] != (load, last):
            known = agent, load, last, replace(agent, load=max(load, 0), last_assigned_at=last)
            self._others[agent.id] = known
        return known[3]

    def _limited(self, agent: Agent, at: datetime) -> Agent:
        """Somebody with a cap or a limit, as what these count would be."""
        return replace(
            agent,
            on_account=self._on_account(agent),
            in_hour=max(agent.in_hour + self.given.in_hour(agent, at=at), 0),
            in_day=max(agent.in_day + self.given.in_day(agent, at=at), 0),
        )

    def _on_account(self, agent: Agent) -> Mapping[int, int]:
        """What somebody with caps would have open on those accounts."""
        there = dict(agent.on_account)
        for talk, share in self.shares.items() if agent.caps else ():
            account = self.accounts.get(talk, 0)
            if account in agent.caps:
                there[account] = max(there.get(account, 0) + share.get(agent.id, 0), 0)
        return there

    def _last(self, agent: Agent) -> datetime | None:
        last, would = agent.last_assigned_at, self.received.get(agent.id)
        if last is None or last == self.received_then.get(agent.id):
            return would or last
        # Somebody gave it to them by hand, which happens here too.
        return last if would is None else max(last, would)

    def item(self, item: WorkItem, groups: Mapping[int, Group], *, fresh: bool = True) -> WorkItem:
        """An item as it would be; one that is not `fresh` is as it was when it was first looked at."""
        if fresh:
            self._obey_hands(item)
        owned, worked = self.owners.get(item.contact_id), self.works.get(item.conversation_id or 0)
        tags = self.tags.get(item.contact_id)
        if owned is not None:
            above = groups_above(owned.would, groups)
            if owned.would is None and item.owner_id is None and item.facts:
                above = item.facts["groups"]  # of the account by which it came
            facts = {**item.facts, "owner": owned.would, "groups": above} if item.facts else item.facts
            item = replace(item, owner_id=owned.would, facts=facts)
        if worked is not None:
            kept = [person for person in item.assignee_ids if person not in worked.happened]
            people = tuple(dict.fromkeys((*kept, *worked.would)))
            teams = tuple(dict.fromkeys((*item.assignee_group_ids, *worked.groups)))
            item = replace(item, assignee_ids=people, assignee_group_ids=teams)
        if tags and item.facts:
            item = replace(item, facts={**item.facts, "tags": frozenset(item.facts.get("tags") or ()) | tags})
        return item

    def _obey_hands(self, item: WorkItem) -> None:
        """What somebody did by hand meanwhile holds here too: whoever it is with now is as it was."""
        owned, worked = self.owners.get(item.contact_id), self.works.get(item.conversation_id or 0)
        if owned is not None and item.owner_id != owned.happened:
            del self.owners[item.contact_id]
        if worked is not None and not set(worked.happened) <= set(item.assignee_ids):
            self.let_go(item.conversation_id or 0)

    def would(self, item: WorkItem, decision: Decision, *, at: datetime, tagged: bool) -> None:
        """Keep what the other rules decided."""
        if decision.cursor is not None:
            self.cursors[decision.cursor.rule_id] = decision.cursor
        if decision.outcome != "assigned":
            return
        self.received |= dict.fromkeys(decision.person_ids, at)
        self.given.count(decision.person_ids, 1, at=at)
        if decision.owner_changed:
            self.owners.setdefault(item.contact_id, Owned(item.owner_id, None)).would = decision.owner_id
        if tagged and decision.tags:
            known = self.tags.get(item.contact_id, frozenset())
            self.tags[item.contact_id] = known | {fold(tag) for tag in decision.tags}
        if item.conversation_id is not None:
            worked = self.works.setdefault(item.conversation_id, Worked())
            worked.would = tuple(dict.fromkeys((*worked.would, *decision.person_ids)))
            worked.groups = tuple(dict.fromkeys((*worked.groups, *decision.group_ids)))
        self._weigh(item, decision.person_ids, 1)

    def happened(self, item: WorkItem, said: Said) -> None:
        """Keep what was decided then; `item` is as it was then."""
        if said.outcome != "assigned":
            return
        self.received_then |= dict.fromkeys(said.person_ids, said.at)
        self.given.count(said.person_ids, -1, at=said.at)
        if said.owner_id != item.owner_id:
            self.owners.setdefault(item.contact_id, Owned(None, item.owner_id)).happened = said.owner_id
        if item.conversation_id is not None:
            worked = self.works.setdefault(item.conversation_id, Worked())
            worked.happened = tuple(dict.fromkeys((*worked.happened, *said.person_ids)))
        self._weigh(item, said.person_ids, -1)

    def _weigh(self, item: WorkItem, person_ids: tuple[int, ...], sign: int) -> None:
        changed = {person: sign * brings(item, person) for person in person_ids}
        if item.due_rule_ids and item.owner_id is not None:
            changed[item.owner_id] = -sign * takes(item)
        if not any(changed.values()):
            return
        share = self.shares.setdefault(talk_of(item), {})
        self.accounts[talk_of(item)] = item.account_id or 0
        for person, effort in changed.items():
            share[person] = share.get(person, 0) + effort
            self.loads[person] = self.loads.get(person, 0) + effort

    def differs(self, talk: int) -> bool:
        """Say whether a conversation is otherwise."""
        return talk in self.works or talk in self.shares

    def forget_equal(self, item: WorkItem) -> None:
        """Forget of an item what is not otherwise any more."""
        owned, talk = self.owners.get(item.contact_id), talk_of(item)
        if owned is not None and owned.happened == owned.would:
            del self.owners[item.contact_id]
        worked = self.works.get(talk)
        if worked is not None and set(worked.happened) == set(worked.would) and not worked.groups:
            del self.works[talk]
        if not any(self.shares.get(talk, {1: 1}).values()):
            del self.shares[talk]
            self.accounts.pop(talk, None)

    def let_go(self, talk: int) -> None:
        """A conversation, see `talk_of`, was closed, or given by hand: whose it is differs no longer."""
        for person, effort in self.shares.pop(talk, {}).items():
            self.loads[person] = self.loads.get(person, 0) - effort
        self.accounts.pop(talk, None)
        self.works.pop(talk, None)


def talk_of(item: WorkItem) -> int:
    """Its conversation; of a contact that a sweep gave away all that follow it, by its number below nothing; else 0."""
    return item.conversation_id or (-item.contact_id if item.due_rule_ids else 0)
