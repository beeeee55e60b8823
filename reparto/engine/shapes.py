"""
The nouns of a decision: what the engine is told and what it answers. Frozen, standard library only.

Nothing here reads a clock, a database or a setting; whoever builds a snapshot passes all of it in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

Availability = Literal["available", "away", "offline"]
Mode = Literal["disabled", "enabled", "auto"]
Channel = Literal["whatsapp", "email", "webform", "phone"]
Entity = Literal["prospect", "client"]
Trigger = Literal["web_integration", "no_followup", "no_first_followup", "no_sales"]
Clock = Literal["calendar", "working"]
Strategy = Literal["round_robin", "close_rate", "followup_speed", "least_loaded", "weighted"]
Outcome = Literal["assigned", "queued", "unmatched", "stays"]
Route = Literal["portfolio", "flow", "default_assignees", "rule"]
Verdict = Literal["chosen", "eligible", "rejected"]
Filter = Mapping[str, Any]
"""A filter as stored: the JSON of spec/api.md, already parsed and checked by `engine.check_filter`."""
Facts = Mapping[str, Any]
"""A contact as the filter language sees it; text already folded, sets as frozensets, dates aware."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of a weekly schedule, in the agent's own time zone; `until` before `since` runs over midnight."""

    weekday: int  #: Monday is 0
    since: time
    until: time


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who may receive work, as they are at the snapshot's instant."""

    id: int
    name: str = ""
    receives: bool = True
    suspended: bool = False
    availability: Availability = "available"
    away_until: datetime | None = None
    last_seen_at: datetime | None = None  #: last sign of life; None: never seen
    modes: Mapping[int, Mode] = field(default_factory=dict)  #: by account id; absent means disabled
    caps: Mapping[int, int] = field(default_factory=dict)  #: by account id: effort units open at once there, at most
    on_account: Mapping[int, int] = field(default_factory=dict)  #: open there now; only where there is a cap
    campaign_ids: frozenset[int] = frozenset()
    capacity: int | None = None  #: effort units; None: no limit
    load: int = 0  #: effort units open now
    last_assigned_at: datetime | None = None
    time_zone: str = "UTC"
    hours: tuple[Hours, ...] = ()  #: empty: always on shift
    absences: tuple[tuple[datetime, datetime], ...] = ()
    holidays: tuple[date, ...] = ()  #: where they are, about now; no stretch of `hours` begins on them
    per_hour: int | None = None  #: how many they are given in one hour of the clock; None: no limit
    per_day: int | None = None  #: and on one day of theirs
    in_hour: int = 0  #: given in this hour so far; counted only where there is a limit
    in_day: int = 0  #: given today so far
    keeps_replies: bool = False  #: while they declare themselves away, conversations stay with them


@dataclass(frozen=True, slots=True)
class Group:
    """A node of the organization's tree; `member_ids` are its own and its subgroups' people, in order of id."""

    id: int
    member_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """One entry of *Asignar a*: a person or a group, with its weight for the strategy `weighted`."""

    person_id: int | None = None
    group_id: int | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class After:
    """How long a time-based rule waits; `working` counts only the agent's own working time, in hours or days."""

    amount: int
    unit: Literal["hours", "days", "weeks", "months"]
    clock: Clock = "calendar"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a frozen rule set."""

    id: int
    position: int  #: 1 is first
    description: str
    assign_to: tuple[Target, ...]
    entity: Entity = "prospect"
    trigger: Trigger = "web_integration"
    after: After | None = None  #: for the triggers that wait; None in versions stored before it was kept: never due
    strategy: Strategy = "round_robin"
    filters: Filter = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    template_id: int | None = None
    if_nobody: Literal["next", "wait"] = "next"
    active: bool = True


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One frozen version of the whole ordered set; version 0 is the empty one."""

    version: int = 0
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a rule's rotation stands."""

    rule_id: int
    last_person_id: int | None = None
    order: tuple[int, ...] = ()  #: the order of people when that person received
    sequence: int = 0  #: how many this rule has handed out
    served: tuple[int, ...] = ()  #: who already received in the running round (ranked strategies)
    ranking: tuple[int, ...] = ()  #: the ranking taken at the start of the running round
    ranked_by: str = ""  #: by which criterion; empty where it was taken before this was kept
    credits: Mapping[int, int] = field(
        default_factory=dict
    )  #: weighted turns; for least_loaded what was given and is no load
    line: tuple[int, ...] = ()  #: who comes next, where that is not the list from `last_person_id` on


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The direct assignment of (account, address)."""

    primary_id: int
    backup_id: int | None = None
    supervisor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Nomination:
    """Whom a flow's steps named for this conversation."""

    flow_id: int
    person_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    flow_name: str = ""  #: as it was then, so that the trace can say it


@dataclass(frozen=True, slots=True)
class Carried:
    """A conversation that follows a contact alone to its new owner."""

    account_id: int
    channel: Channel | None = None  #: None while it is put off: nobody has to be there for it just now
    effort: int = 1  #: 0 while it is put off: nobody's load until it comes back
    assignee_ids: tuple[int, ...] = ()  #: people on it now; to them it adds nothing


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits for a decision: a conversation, or a contact alone when `conversation_id` is None."""

    id: int  #: of the waiting row
    contact_id: int
    conversation_id: int | None = None
    account_id: int | None = None
    channel: Channel | None = None
    effort: int = 1
    arrived_by_itself: bool = True  #: false for a contact typed in by a person
    entity: Entity = "prospect"
    owner_id: int | None = None
    campaign_id: int | None = None
    assignee_ids: tuple[int, ...] = ()  #: people on the open conversation now
    assignee_group_ids: tuple[int, ...] = ()
    default_assignee_ids: tuple[int, ...] = ()
    portfolio: Portfolio | None = None
    nomination: Nomination | None = None
    facts: Facts = field(default_factory=dict)
    due_rule_ids: tuple[int, ...] = ()  #: time-based rules whose time has come for this contact; empty: it arrived
    missed_ids: tuple[int, ...] = ()  #: who had it in this round of time-based rules and did not act in time
    round_number: int = 1  #: how many times it has gone around them, this one counted
    carried: tuple[Carried, ...] = ()  #: conversations that follow a contact alone to its new owner
    carries: int = 0  #: their effort, in sittings from before they were told one by one


@dataclass(frozen=True, slots=True)
class Figures:
    """What a performance strategy knows of one person over its window."""

    successes: float = 0.0  #: contacts received that bought; for speed: seconds until followed up, or waited so far
    attempts: int = 0  #: contacts received; for speed: those of them that were followed up


@dataclass(frozen=True, slots=True)
class Policy:
    """The organization's settings that a decision depends on."""

    sign_of_life: bool = True  #: whether presence is required at all
    grace_seconds: Mapping[str, int] = field(
        default_factory=lambda: {"whatsapp": 600, "webform": 600, "phone": 600}
    )  #: by channel; a channel that is absent asks for no sign of life
    owner_away: Literal["cover", "wait"] = "cover"
    retry_seconds: int = 300  #: next try of a queued item that nothing else wakes earlier
    minimum_sample: int = 5  #: attempts below which a performance figure is not trusted
    shrinkage: int = 5  #: attempts at the mean of all that are added to everybody's own
    ties_in_turn: bool = False  #: a tie that waiting does not end goes on behind the last one; not so in old sittings
    keeps_turns: bool = False  #: who cannot take one kind of item keeps their turn for others; not so in old sittings
    countries: bool = False  #: a country is one value however it is written; in old sittings each spelling is one


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that one sitting of the desk knows. `items` are in the order in which they are decided."""

    at: datetime
    items: tuple[WorkItem, ...]
    agents: Mapping[int, Agent] = field(default_factory=dict)
    groups: Mapping[int, Group] = field(default_factory=dict)
    rule_set: RuleSet = RuleSet()
    cursors: Mapping[int, Cursor] = field(default_factory=dict)  #: by rule id
    figures: Mapping[int, Mapping[int, Figures]] = field(default_factory=dict)  #: by rule id, then person id
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class Step:
    """One route or rule that was tried, in order. `reason` is a code of `engine.reasons`."""

    kind: Literal["stay", "portfolio", "flow", "default_assignees", "rule", "queue"]
    verdict: Literal["chosen", "passed", "matched_nobody", "not_matched", "also_matched", "waits"]
    reason: str
    rule_id: int | None = None
    position: int | None = None
    description: str | None = None
    conditions: tuple[Mapping[str, Any], ...] = ()  #: {field, op, value, actual, held} of each leaf judged
    detail: Mapping[str, Any] = field(default_factory=dict)  #: cursor before and after, figures, the tie that decided


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person considered, with the first reason against them, or why they were chosen or passed over."""

    person_id: int
    verdict: Verdict
    reason: str
    rule_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)  #: e.g. {"load": 12, "capacity": 12}, {"until": instant}


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one item. `owner_id` is the contact's owner after it."""

    item_id: int
    outcome: Outcome
    route: Route | None
    owner_id: int | None
    owner_changed: bool = False
    person_ids: tuple[int, ...] = ()  #: assignees added to the conversation (all of them, old ones stay)
    group_ids: tuple[int, ...] = ()
    stand_in: bool = False  #: cover: the person works the conversation, ownership stays
    rule_id: int | None = None
    rule_version: int | None = None
    rule_position: int | None = None
    tags: tuple[str, ...] = ()
    template_id: int | None = None
    next_try_at: datetime | None = None
    reason: str = ""
    steps: tuple[Step, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    cursor: Cursor | None = None  #: the rule's cursor after this decision, when it moved
