"""
Tables of a company's own automation: flows as they are edited, their frozen versions, and the runs of those.

A flow nominates people and groups; the desk adds them. A version is never changed, and a run keeps its own.
"""

from django.db import models

from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from reparto.people.models import Person


class Flow(OfOrganization):
    """A trigger, a filter and ordered steps, as they stand in the editor."""

    name = models.CharField(max_length=200)
    trigger = models.JSONField(default=dict)  #: {kind, account_ids, keywords, tag}
    filters = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    active = models.BooleanField(default=True, db_default=True)  #: false: begins nothing
    published_at = models.DateTimeField(null=True)  #: null: a draft, does nothing
    published_number = models.PositiveIntegerField(null=True)  #: of the version in force
    version = models.PositiveIntegerField(default=1)  #: edit counter, for If-Match
    removed_at = models.DateTimeField(null=True)  #: since when it is listed no more


class FlowVersion(OfOrganization):
    """One frozen state of a flow. Insert-only."""

    flow = Reference[Flow, Flow]("flows.Flow")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    trigger = models.JSONField()
    filters = models.JSONField()
    steps = models.JSONField()
    published_at = models.DateTimeField()
    publisher = Reference[Person | None, Person | None]("people.Person", null=True)

    class Meta:
        """Numbers count up from 1."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "flow", "number"], name="flows_flowversion_one_per_number")
        ]


class Run(OfOrganization):
    """One version of a flow at work for one contact: where it stands, and what each step came to."""

    flow = Reference[Flow, Flow]("flows.Flow")
    version = Reference[FlowVersion, FlowVersion]("flows.FlowVersion")
    contact = Reference[Contact, Contact]("contacts.Contact")
    conversation = Reference[Conversation | None, Conversation | None]("conversations.Conversation", null=True)
    cause = models.CharField(max_length=400)  #: what began it; one run a cause
    step = models.JSONField(default=list)  #: place of the next step: [2], or [2, 0] among the steps otherwise
    due_at = models.DateTimeField()  #: of the next step
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)  #: of the next step, each in vain
    state = models.CharField(max_length=10, default="running")  #: running, done, stopped, failed
    story = models.JSONField(default=list)  #: [{step, kind, at, came_to}] of the steps taken
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A cause begins a flow once, and in one conversation a flow is at work once at a time."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "flow", "cause"], name="flows_run_one_per_cause"),
            models.UniqueConstraint(
                fields=["organization", "flow", "conversation"],
                condition=models.Q(state="running", conversation__isnull=False),
                name="flows_run_one_at_a_time",
            ),
        ]
        indexes = [
            # run_flows: what is due, oldest first; queue: which organizations have any.
            models.Index(
                fields=["organization", "due_at", "id"], condition=models.Q(state="running"), name="flows_run_due"
            ),
            # editor: the latest runs of a flow.
            models.Index(fields=["organization", "flow", "-id"], name="flows_run_latest"),
        ]
