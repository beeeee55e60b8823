"""
What moves while the items of a sitting are decided: loads, turns, owners. The engine's only mutable state.

It lives for one call of `decide`. Because it moves with each item, a batch gives what one at a time would give.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reparto.engine.eligibility import Ask, Refusal, cap_refusal, is_bounded, room_refusal, standing_refusal
from reparto.engine.fold import fold
from reparto.engine.prepared_rule import PreparedRule
from reparto.engine.shapes import Carried, Cursor, Decision, Snapshot, WorkItem


class Standing(dict[int, Refusal | None]):
    """The standing refusals of one ask, by person, each worked out when it is first asked."""

    def __init__(self, snapshot: Snapshot, ask: Ask) -> None:
        """Begin with nobody asked."""
        super().__init__()
        self.snapshot, self.ask = snapshot, ask

    def __missing__(self, person_id: int) -> Refusal | None:
        """Ask about a person and keep the answer."""
        agent = self.snapshot.agents.get(person_id)
        refusal = standing_refusal(agent, self.ask, at=self.snapshot.at, policy=self.snapshot.policy)
        self[person_id] = refusal
        return refusal


class Sitting:
    """One sitting of the desk."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Begin where the snapshot stands."""
        self.snapshot = snapshot
        self.at: datetime = snapshot.at
        rules = sorted(snapshot.rule_set.rules, key=lambda rule: (rule.position, rule.id))
        told, countries = snapshot.groups, snapshot.policy.countries
        self.rules = tuple(PreparedRule(rule, told, at=snapshot.at, countries=countries) for rule in rules)
        self.loads = {agent.id: agent.load for agent in snapshot.agents.values()}
        self.last_assigned = {agent.id: agent.last_assigned_at for agent in snapshot.agents.values()}
        self._cursors = dict(snapshot.cursors)
        self._standing: dict[Ask, Standing] = {}
        self.bounded = frozenset(agent.id for agent in snapshot.agents.values() if is_bounded(agent))
        self._given: Counter[int] = Counter()  #: how many each was given in this sitting
        self._full: dict[tuple[int, int, int, int], Refusal | None] = {}
        self._capped: dict[tuple[int, int], int] = {
            (agent.id, account): agent.on_account.get(account, 0)
            for agent in snapshot.agents.values()
            for account in agent.caps
        }  #: what each has open on an account where they have a cap
        self._at_cap: dict[tuple[int, int, int, int], Refusal | None] = {}
        self._contacts: dict[int, tuple[int | None, frozenset[str]]] = {}  #: owner and tags, where they changed
        self._talks: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}  #: people and groups on a conversation

    def cursor(self, rule_id: int) -> Cursor:
        """Where a rule's rotation stands now."""
        return self._cursors.get(rule_id) or Cursor(rule_id)

    def standing(self, ask: Ask) -> Standing:
        """The standing refusals under an ask."""
        standing = self._standing.get(ask)
        if standing is None:
            standing = self._standing[ask] = Standing(self.snapshot, ask)
        return standing

    def refusal(self, person_id: int, ask: Ask, *, effort: int) -> Refusal | None:
        """The first reason against a person now, room included, but for what they have in hand."""
        refusal = self.standing(ask)[person_id]
        return self.room(person_id, effort, ask.account_id) if refusal is None and not ask.in_hand else refusal

    def room(self, person_id: int, effort: int, account_id: int | None) -> Refusal | None:
        """Against a known person who has no room now; equal answers are one object."""
        if person_id not in self.bounded:
            return None
        refusal = self._room(person_id, effort)
        capped = refusal is None and account_id is not None and (person_id, account_id) in self._capped
        return self._room_on(person_id, effort, account_id or 0) if capped else refusal

    def room_along(self, person_id: int, item: WorkItem) -> Refusal | None:
        """Against a known person who has no room now for a contact alone with the conversations that follow it."""
        if person_id not in self.bounded:
            return None
        added = _added(item, person_id)
        refusal = self._room(person_id, max(item.effort, item.carries, sum(one.effort for one in added)))
        full = (
            self._room_on(person_id, one.effort, one.account_id) for one in added if self._is_capped(person_id, one)
        )
        return refusal or next(filter(None, full), None)

    def _is_capped(self, person_id: int, one: Carried) -> bool:
        return one.effort > 0 and (person_id, one.account_id) in self._capped

    def _room_on(self, person_id: int, effort: int, account_id: int) -> Refusal | None:
        load = self._capped[person_id, account_id]
        key = person_id, account_id, load, effort
        if key not in self._at_cap:
            agent = self.snapshot.agents[person_id]
            self._at_cap[key] = cap_refusal(agent, account_id, load=load, effort=effort)
        return self._at_cap[key]

    def _room(self, person_id: int, effort: int) -> Refusal | None:
        key = person_id, self.loads[person_id], effort, self._given[person_id]
        if key not in self._full:
            agent = self.snapshot.agents[person_id]
            self._full[key] = room_refusal(agent, load=key[1], effort=effort, given=key[3], at=self.at)
        return self._full[key]

    def as_it_stands(self, item: WorkItem) -> WorkItem:
        """An item with what earlier decisions of this sitting changed about its contact and conversation."""
        changed = self._contacts.get(item.contact_id)
        if changed is not None:
            owner_id, added = changed
            facts = {**item.facts, "owner": owner_id, "tags": _tags(item) | added}
            if owner_id != item.owner_id:
                facts["groups"] = self._groups_of(owner_id)
            item = replace(item, owner_id=owner_id, facts=facts)
        talk = self._talks.get(item.conversation_id) if item.conversation_id is not None else None
        return replace(item, assignee_ids=talk[0], assignee_group_ids=talk[1]) if talk else item

    def _groups_of(self, owner_id: int | None) -> frozenset[int]:
        """A contact is in its owner's group and in those above it, which have the owner among their people."""
        return frozenset(group.id for group in self.snapshot.groups.values() if owner_id in group.member_ids)

    def settle(self, item: WorkItem, decision: Decision) -> None:
        """Let a decision take effect on the items after it."""
        if decision.outcome != "assigned":
            return
        for person_id in decision.person_ids:
            self.last_assigned[person_id] = self.at
            self._given[person_id] += 1
            self._load(person_id, item)
        if item.owner_id not in decision.person_ids and self.snapshot.policy.keeps_turns:
            self._unload(item)
        if decision.cursor is not None:
            self._cursors[decision.cursor.rule_id] = decision.cursor
        if decision.owner_changed or decision.tags:
            self._contacts[item.contact_id] = decision.owner_id, _tags(item) | {fold(tag) for tag in decision.tags}
        if item.conversation_id is not None:
            people = (*item.assignee_ids, *decision.person_ids)
            groups = (*item.assignee_group_ids, *decision.group_ids)
            self._talks[item.conversation_id] = people, groups

    def _load(self, person_id: int, item: WorkItem) -> None:
        """Let a person have more open: on the whole, and where they have a cap."""
        self.loads[person_id] += item.carries
        for one in _added(item, person_id):
            self.loads[person_id] += one.effort
            if (person_id, one.account_id) in self._capped:
                self._capped[person_id, one.account_id] += one.effort

    def _unload(self, item: WorkItem) -> None:
        """Let whoever had a contact alone have less open: the conversations of theirs that follow it."""
        for one in item.carried:
            if item.owner_id is None or item.owner_id not in one.assignee_ids or item.owner_id not in self.loads:
                continue
            self.loads[item.owner_id] -= one.effort
            if (item.owner_id, one.account_id) in self._capped:
                self._capped[item.owner_id, one.account_id] -= one.effort


def _added(item: WorkItem, person_id: int) -> Sequence[Carried]:
    """What somebody has more of with an item: the conversation, or those that follow a contact but for their own."""
    if item.conversation_id is not None:
        return (Carried(item.account_id or 0, effort=item.effort),)
    return [one for one in item.carried if person_id not in one.assignee_ids]


def _tags(item: WorkItem) -> frozenset[str]:
    return frozenset(item.facts.get("tags") or ())
