"""
The decision: who takes a piece of work, and why. Pure Python, standard library only; no clock, no chance, no I/O.

The way of a decision, in the order of the files:

1. `shapes`           what the engine is told (`Snapshot`) and what it answers (`Decision`)
2. `decide`           all items of a sitting, in order; each goes through the routes until one answers
3. `sitting`          what moves meanwhile: loads, turns, owners
4. `draft`            one item on its way: whose it is, what was tried, who was considered
5. `routes/`          keep_assignees → follow_portfolio → gather_named → ask_rules → wait_in_queue
6. `eligibility`      the first reason against a person
7. `prepared_rule`    a rule ready for the sitting: filter read, list expanded, pools kept
8. `strategies/`      how one of the eligible is chosen, a file each
9. `reasons`          what the trace says, as codes with their sentences

The filter language, used by rules and by everybody else: `fields` (the catalogue) → `filters` with `read_value` (JSON
to `nodes`, or to `faults`) → `judge` (in memory) → `find_settling` (what decided it); `fold` and `fold_facts` make
texts comparable, and `fold_country` of all names of one of the `countries` one word.

A stored snapshot: `freeze` (to JSON) and `thaw` (back, exactly), so that a decision can be derived again.

Other packages import from here and from no file below it.
"""

from reparto.engine.countries import COUNTRIES
from reparto.engine.decide import decide
from reparto.engine.eligibility import Ask, Refusal, cap_refusal, room_refusal, standing_refusal
from reparto.engine.faults import SENTENCES as FAULT_SENTENCES
from reparto.engine.faults import BadFilter, Fault
from reparto.engine.fields import CUSTOM, FIELDS, ID_FIELDS, OPERATORS, UNITS, Kind
from reparto.engine.filters import DEPTH_LIMIT as FILTER_DEPTH
from reparto.engine.filters import check_filter, leaves_of, parse_filter
from reparto.engine.find_settling import Settling, find_settling
from reparto.engine.fold import fold
from reparto.engine.fold_country import fold_country, spellings_of
from reparto.engine.fold_facts import fold_facts
from reparto.engine.freeze import (
    freeze_agent,
    freeze_cursor,
    freeze_decision,
    freeze_facts,
    freeze_item,
    freeze_rule_set,
    freeze_sitting,
    freeze_traces,
)
from reparto.engine.judge import judge, prepare_judge
from reparto.engine.nodes import All, Any, Leaf, Node, Not, Window, start_of_window
from reparto.engine.reasons import FOR_THIS_KIND as REASONS_FOR_THIS_KIND
from reparto.engine.reasons import PASSING as PASSING_REASONS
from reparto.engine.reasons import SENTENCES as REASON_SENTENCES
from reparto.engine.shapes import (
    After,
    Agent,
    Availability,
    Candidate,
    Carried,
    Channel,
    Cursor,
    Decision,
    Entity,
    Facts,
    Figures,
    Filter,
    Group,
    Hours,
    Mode,
    Nomination,
    Outcome,
    Policy,
    Portfolio,
    Route,
    Rule,
    RuleSet,
    Snapshot,
    Step,
    Strategy,
    Target,
    Trigger,
    Verdict,
    WorkItem,
)
from reparto.engine.start_of_working_time import Calendar, start_of_working_time
from reparto.engine.thaw import (
    thaw_cursor,
    thaw_decision,
    thaw_effects,
    thaw_facts,
    thaw_item,
    thaw_rule_set,
    thaw_snapshot,
    thaw_trace,
)

__all__ = [
    "COUNTRIES",
    "CUSTOM",
    "FAULT_SENTENCES",
    "FIELDS",
    "FILTER_DEPTH",
    "ID_FIELDS",
    "OPERATORS",
    "PASSING_REASONS",
    "REASONS_FOR_THIS_KIND",
    "REASON_SENTENCES",
    "UNITS",
    "After",
    "Agent",
    "All",
    "Any",
    "Ask",
    "Availability",
    "BadFilter",
    "Calendar",
    "Candidate",
    "Carried",
    "Channel",
    "Cursor",
    "Decision",
    "Entity",
    "Facts",
    "Fault",
    "Figures",
    "Filter",
    "Group",
    "Hours",
    "Kind",
    "Leaf",
    "Mode",
    "Node",
    "Nomination",
    "Not",
    "Outcome",
    "Policy",
    "Portfolio",
    "Refusal",
    "Route",
    "Rule",
    "RuleSet",
    "Settling",
    "Snapshot",
    "Step",
    "Strategy",
    "Target",
    "Trigger",
    "Verdict",
    "Window",
    "WorkItem",
    "cap_refusal",
    "check_filter",
    "decide",
    "find_settling",
    "fold",
    "fold_country",
    "fold_facts",
    "freeze_agent",
    "freeze_cursor",
    "freeze_decision",
    "freeze_facts",
    "freeze_item",
    "freeze_rule_set",
    "freeze_sitting",
    "freeze_traces",
    "judge",
    "leaves_of",
    "parse_filter",
    "prepare_judge",
    "room_refusal",
    "spellings_of",
    "standing_refusal",
    "start_of_window",
    "start_of_working_time",
    "thaw_cursor",
    "thaw_decision",
    "thaw_effects",
    "thaw_facts",
    "thaw_item",
    "thaw_rule_set",
    "thaw_snapshot",
    "thaw_trace",
]
