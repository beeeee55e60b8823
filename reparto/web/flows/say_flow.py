"""
The words for flows: triggers, steps, what a step came to, how a flow and a run stand.

It reads nothing.
"""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext

from reparto.flows.models import Flow, FlowVersion
from reparto.flows.show_flow import differs


def trigger_words() -> dict[str, str]:
    """Return what begins a flow."""
    return {
        "conversation_starts": gettext("A conversation starts"),
        "keyword": gettext("The contact says a word"),
        "tag_added": gettext("A tag is put on the contact"),
    }


def step_words() -> dict[str, str]:
    """Return what each kind of step is called."""
    return {
        "assign_people": gettext("Conversation: assign people"),
        "assign_groups": gettext("Team: assign groups"),
        "reply": gettext("Reply"),
        "tag": gettext("Add tags"),
        "wait": gettext("Wait"),
        "condition": gettext("Condition"),
    }


def unit_words() -> dict[str, str]:
    """Return what the units of a wait are called."""
    return {
        "minutes": gettext("minutes"),
        "hours": gettext("hours"),
        "days": gettext("days"),
        "weeks": gettext("weeks"),
    }


def came_to_words() -> dict[str, str]:
    """Return what a step may come to."""
    return {
        "named": gettext("added, with owner and default assignees"),
        "tagged": gettext("put on"),
        "replied": gettext("said"),
        "waits": gettext("then it goes on"),
        "met": gettext("met: it goes on"),
        "not_met": gettext("not met"),
        "no_conversation": gettext("left out: there is no open conversation"),
        "suspended": gettext("left out: everybody whom it names is suspended"),
        "gone": gettext("left out: the groups that it names are not there any more"),
        "unknown_template": gettext("left out: this account has no such template"),
        "missing_value": gettext("left out: a variable of the template has no value"),
        "closed": gettext("left out: the conversation is closed"),
        "window_closed": gettext("left out: WhatsApp's 24 hours are over by then"),
        "no_way_out": gettext("left out: nothing can be sent on this account"),
        "empty": gettext("left out: the text is empty"),
        "too_long": gettext("left out: the text is too long"),
        "at_work": gettext("not begun: it was at work in this conversation"),
        "too_often": gettext("not begun: it began ten times within an hour for this contact"),
    }


def say_suspended(names: Iterable[str]) -> str:
    """Return who is skipped, being suspended; nothing when nobody is."""
    said = ", ".join(sorted(names))
    return gettext("Skipped, because suspended: %(names)s") % {"names": said} if said else ""


def state_words() -> dict[str, str]:
    """Return how a run may stand."""
    return {
        "running": gettext("under way"),
        "done": gettext("done"),
        "stopped": gettext("stopped"),
        "failed": gettext("failed"),
    }


def say_standing(flow: Flow, version: FlowVersion | None) -> tuple[str, str]:
    """Return how a flow stands, and the tint of its tag."""
    if version is None:
        return gettext("Draft"), ""
    if not flow.active:
        return pgettext("a flow", "Paused"), "warn"
    if differs(flow, version):
        return gettext("In force: v%(number)d · changes not published") % {"number": version.number}, "warn"
    return gettext("In force: v%(number)d") % {"number": version.number}, "ok"
