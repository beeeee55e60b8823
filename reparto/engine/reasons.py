"""
The reasons that a decision may give, as codes, each with one English sentence for screens to translate.

A code is stored for ever in decisions: never rename one, never reuse one. Nothing here decides anything.
"""

from collections.abc import Mapping
from typing import Final


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators' tools; the engine itself speaks no language."""
    return sentence


# Against a candidate, in the order in which they are asked.
UNKNOWN_PERSON: Final = "unknown_person"
SUSPENDED: Final = "suspended"
DOES_NOT_RECEIVE: Final = "does_not_receive"
MISSED_IT: Final = "missed_it"
NOT_IN_CAMPAIGN: Final = "not_in_campaign"
ACCOUNT_DISABLED: Final = "account_disabled"
ACCOUNT_BY_HAND_ONLY: Final = "account_by_hand_only"
OFFLINE: Final = "offline"
AWAY: Final = "away"
NO_SIGN_OF_LIFE: Final = "no_sign_of_life"
ABSENT: Final = "absent"
OFF_SHIFT: Final = "off_shift"
HOLIDAY: Final = "holiday"
AT_CAPACITY: Final = "at_capacity"
AT_ACCOUNT_CAP: Final = "at_account_cap"
AT_HOURLY_LIMIT: Final = "at_hourly_limit"
AT_DAILY_LIMIT: Final = "at_daily_limit"
WEIGHT_ZERO: Final = "weight_zero"

PASSING: Final = frozenset(
    {
        OFFLINE,
        AWAY,
        NO_SIGN_OF_LIFE,
        ABSENT,
        OFF_SHIFT,
        HOLIDAY,
        AT_CAPACITY,
        AT_ACCOUNT_CAP,
        AT_HOURLY_LIMIT,
        AT_DAILY_LIMIT,
    }
)
"""Reasons that go away by themselves. Waiting for somebody makes sense for these only."""

FOR_THIS_KIND: Final = frozenset({MISSED_IT, NOT_IN_CAMPAIGN, ACCOUNT_DISABLED, ACCOUNT_BY_HAND_ONLY, AT_ACCOUNT_CAP})
"""Reasons against one kind of item, or one item: they say nothing of whether somebody is there for others."""

# For a candidate, or why another one was preferred.
NEXT_IN_TURN: Final = "next_in_turn"
NOT_THEIR_TURN: Final = "not_their_turn"
BEST_OF_ROUND: Final = "best_of_round"
LATER_IN_ROUND: Final = "later_in_round"
LEAST_LOADED: Final = "least_loaded"
NOT_LEAST_LOADED: Final = "not_least_loaded"
NEXT_BY_WEIGHT: Final = "next_by_weight"
NOT_NEXT_BY_WEIGHT: Final = "not_next_by_weight"
PRIMARY: Final = "primary"
BACKUP: Final = "backup"
SUPERVISOR: Final = "supervisor"
OWNER: Final = "owner"
DEFAULT_ASSIGNEE: Final = "default_assignee"
NAMED_BY_FLOW: Final = "named_by_flow"
MEMBER_OF_NAMED_GROUP: Final = "member_of_named_group"
ALREADY_ON_IT: Final = "already_on_it"

# Of a step.
ASSIGNEES_STAY: Final = "assignees_stay"
OWNER_STAYS: Final = "owner_stays"
ASSIGNEES_CANNOT_RECEIVE: Final = "assignees_cannot_receive"
NOBODY_IN_PORTFOLIO_ABLE: Final = "nobody_in_portfolio_able"
NOBODY_NAMED_ABLE: Final = "nobody_named_able"
RULE_MATCHED: Final = "rule_matched"
RULE_INACTIVE: Final = "rule_inactive"
OTHER_TRIGGER: Final = "other_trigger"
NOT_DUE: Final = "not_due"
TYPED_IN_BY_HAND: Final = "typed_in_by_hand"
OTHER_ENTITY: Final = "other_entity"
FILTER_NOT_MET: Final = "filter_not_met"
FAULTY_FILTER: Final = "faulty_filter"
EMPTY_RULE: Final = "empty_rule"
NOBODY_ELIGIBLE: Final = "nobody_eligible"
AN_EARLIER_RULE_DECIDED: Final = "an_earlier_rule_decided"
WAITS_FOR_OWNER: Final = "waits_for_owner"
NO_RULE_MATCHED: Final = "no_rule_matched"

SENTENCES: Final[Mapping[str, str]] = {
    UNKNOWN_PERSON: gettext_noop("Is not a person of this company any more."),
    SUSPENDED: gettext_noop("Is suspended."),
    DOES_NOT_RECEIVE: gettext_noop("Is not enabled to receive."),
    MISSED_IT: gettext_noop("Had it and did not act in time."),
    NOT_IN_CAMPAIGN: gettext_noop("Is not in the contact's campaign."),
    ACCOUNT_DISABLED: gettext_noop("Is disabled on this account."),
    ACCOUNT_BY_HAND_ONLY: gettext_noop("Receives on this account by hand only."),
    OFFLINE: gettext_noop("Is off duty."),
    AWAY: gettext_noop("Is away."),
    NO_SIGN_OF_LIFE: gettext_noop("Has not been connected lately."),
    ABSENT: gettext_noop("Is on leave."),
    OFF_SHIFT: gettext_noop("Is outside working hours."),
    HOLIDAY: gettext_noop("It is a public holiday where they work."),
    AT_CAPACITY: gettext_noop("Has no room left."),
    AT_ACCOUNT_CAP: gettext_noop("Has no room left on this account."),
    AT_HOURLY_LIMIT: gettext_noop("Has been given all that an hour allows."),
    AT_DAILY_LIMIT: gettext_noop("Has been given all that a day allows."),
    WEIGHT_ZERO: gettext_noop("Has the weight zero in this rule."),
    NEXT_IN_TURN: gettext_noop("Was next in turn."),
    NOT_THEIR_TURN: gettext_noop("It was not their turn."),
    BEST_OF_ROUND: gettext_noop("Was the best of this round who had not received yet."),
    LATER_IN_ROUND: gettext_noop("Comes later in this round, or has received in it."),
    LEAST_LOADED: gettext_noop("Had the least open work."),
    NOT_LEAST_LOADED: gettext_noop("Somebody else had less open work, or has waited longer."),
    NEXT_BY_WEIGHT: gettext_noop("Was furthest behind their share."),
    NOT_NEXT_BY_WEIGHT: gettext_noop("Somebody else was further behind their share."),
    PRIMARY: gettext_noop("Is the main executive of this client on this account."),
    BACKUP: gettext_noop("Is the backup executive of this client on this account."),
    SUPERVISOR: gettext_noop("Is the backup supervisor of this client on this account."),
    OWNER: gettext_noop("Is responsible for this contact."),
    DEFAULT_ASSIGNEE: gettext_noop("Is one of the default assignees of this contact."),
    NAMED_BY_FLOW: gettext_noop("Was named by a flow."),
    MEMBER_OF_NAMED_GROUP: gettext_noop("Is in a group that a flow named."),
    ALREADY_ON_IT: gettext_noop("Is on this conversation already."),
    ASSIGNEES_STAY: gettext_noop("Whoever works the conversation keeps it."),
    OWNER_STAYS: gettext_noop("The contact has a responsible person, who keeps it."),
    ASSIGNEES_CANNOT_RECEIVE: gettext_noop("Nobody who works the conversation can receive now."),
    NOBODY_IN_PORTFOLIO_ABLE: gettext_noop("Nobody of the direct assignment can receive now."),
    NOBODY_NAMED_ABLE: gettext_noop("Nobody who was named can receive now."),
    RULE_MATCHED: gettext_noop("The contact meets the rule, and somebody can receive."),
    RULE_INACTIVE: gettext_noop("The rule is switched off."),
    OTHER_TRIGGER: gettext_noop("The rule is of another type."),
    NOT_DUE: gettext_noop("The rule's time has not come for this contact."),
    TYPED_IN_BY_HAND: gettext_noop("The contact was typed in by hand; it did not arrive by itself."),
    OTHER_ENTITY: gettext_noop("The rule is for the other kind of contact."),
    FILTER_NOT_MET: gettext_noop("The contact does not meet the rule's filters."),
    FAULTY_FILTER: gettext_noop("The rule's filters cannot be read; the rule was passed over."),
    EMPTY_RULE: gettext_noop("The rule has nobody to assign to; it was passed over."),
    NOBODY_ELIGIBLE: gettext_noop("Nobody can receive now."),
    AN_EARLIER_RULE_DECIDED: gettext_noop("The contact meets this rule too, but an earlier one comes first."),
    WAITS_FOR_OWNER: gettext_noop("It waits for the responsible person."),
    NO_RULE_MATCHED: gettext_noop("No rule matched."),
}
"""What each code says, in English."""
