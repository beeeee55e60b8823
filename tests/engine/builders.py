"""Small builders of snapshots: everybody can receive and everything is ordinary, so that a test says what is not."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from reparto.engine import Agent, Cursor, Decision, Group, Rule, RuleSet, Snapshot, Target, WorkItem, decide, fold

AT: Final = datetime(2026, 7, 1, 15, 0, tzinfo=UTC)  #: a Wednesday
ACCOUNTS: Final = {"whatsapp": 1, "email": 2, "webform": 3, "phone": 4}


def an_agent(person_id: int, **changed: Any) -> Agent:
    """Somebody in `auto` on every account, available, and seen this instant."""
    modes = dict.fromkeys(ACCOUNTS.values(), "auto")
    ordinary: dict[str, Any] = {"modes": modes, "last_seen_at": AT}
    return Agent(person_id, **(ordinary | changed))


def a_rule(rule_id: int, *people: int, **changed: Any) -> Rule:
    """A rule for whatever arrives, by turns, at the position of its id."""
    ordinary: dict[str, Any] = {
        "position": rule_id,
        "description": f"rule {rule_id}",
        "assign_to": tuple(Target(person_id=person) for person in people),
    }
    return Rule(rule_id, **(ordinary | changed))


def a_whatsapp_message(item_id: int = 1, **changed: Any) -> WorkItem:
    """A new conversation of a new contact on the WhatsApp account."""
    ordinary: dict[str, Any] = {
        "contact_id": item_id,
        "conversation_id": item_id,
        "account_id": ACCOUNTS["whatsapp"],
        "channel": "whatsapp",
    }
    return WorkItem(item_id, **(ordinary | changed))


def messages(count: int, **changed: Any) -> tuple[WorkItem, ...]:
    """So many new conversations, each of its own contact."""
    return tuple(a_whatsapp_message(number, **changed) for number in range(1, count + 1))


def a_snapshot(
    *,
    agents: Iterable[Agent],
    rules: Iterable[Rule] = (),
    items: Iterable[WorkItem] = (),
    groups: Iterable[Group] = (),
    **more: Any,
) -> Snapshot:
    """A snapshot at AT."""
    return Snapshot(
        at=AT,
        items=tuple(items) or (a_whatsapp_message(),),
        agents={agent.id: agent for agent in agents},
        groups={group.id: group for group in groups},
        rule_set=RuleSet(1, tuple(rules)),
        **more,
    )


def one_at_a_time(snapshot: Snapshot) -> tuple[Decision, ...]:
    """What as many sittings would decide as there are items, the shell storing each result before the next."""
    decided = []
    for place in range(len(snapshot.items)):
        (decision,) = decide(replace(snapshot, items=snapshot.items[place : place + 1]))
        snapshot = _store(snapshot, place, decision)
        decided.append(decision)
    return tuple(decided)


def _store(snapshot: Snapshot, place: int, decision: Decision) -> Snapshot:
    """The snapshot that the next sitting would take: written naively, on purpose apart from the engine's own."""
    if decision.outcome != "assigned":
        return snapshot
    item = snapshot.items[place]
    cursors: Mapping[int, Cursor] = snapshot.cursors
    if decision.cursor is not None:
        cursors = {**cursors, decision.cursor.rule_id: decision.cursor}
    agents = {
        person: replace(
            agent,
            load=agent.load + sum(_brings(item, person).values()),
            on_account=_together(agent.on_account, _brings(item, person)),
            last_assigned_at=snapshot.at,
            in_hour=agent.in_hour + 1,
            in_day=agent.in_day + 1,
        )
        if person in decision.person_ids
        else _without(agent, item)
        if snapshot.policy.keeps_turns
        else agent
        for person, agent in snapshot.agents.items()
    }
    items = tuple(_touched(later, item, decision, snapshot.groups.values()) for later in snapshot.items)
    return replace(snapshot, items=items, agents=agents, cursors=cursors)


def _brings(item: WorkItem, person: int) -> dict[int, int]:
    """What a person has more open then, by account: the conversation, or what follows a contact and was not theirs."""
    if item.conversation_id is not None:
        return {item.account_id or 0: item.effort}
    mine = [one for one in item.carried if person not in one.assignee_ids]
    return {account: sum(one.effort for one in mine if one.account_id == account) for account in ACCOUNTS.values()}


def _without(agent: Agent, item: WorkItem) -> Agent:
    """Whoever had a contact has less open, when it goes with conversations of theirs."""
    gone = [one for one in item.carried if agent.id == item.owner_id and agent.id in one.assignee_ids]
    less = {account: -sum(one.effort for one in gone if one.account_id == account) for account in ACCOUNTS.values()}
    return (
        replace(agent, load=agent.load + sum(less.values()), on_account=_together(agent.on_account, less))
        if gone
        else agent
    )


def _together(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}


def _touched(later: WorkItem, item: WorkItem, decision: Decision, groups: Iterable[Group]) -> WorkItem:
    """An item as the database would show it after the decision about another one."""
    if later.contact_id == item.contact_id and (decision.owner_changed or decision.tags):
        tags = frozenset(later.facts.get("tags", ())) | {fold(tag) for tag in decision.tags}
        facts = {**later.facts, "owner": decision.owner_id, "tags": tags}
        if decision.owner_id != later.owner_id:
            facts["groups"] = frozenset(group.id for group in groups if decision.owner_id in group.member_ids)
        later = replace(later, owner_id=decision.owner_id, facts=facts)
    if later.conversation_id is not None and later.conversation_id == item.conversation_id:
        later = replace(
            later,
            assignee_ids=(*item.assignee_ids, *decision.person_ids),
            assignee_group_ids=(*item.assignee_group_ids, *decision.group_ids),
        )
    return later
