"""
Tables of what decisions add up to by the hour, and of what other rules would have done: replays that were asked for,
and rules that decide beside those in force.

Nothing here is obeyed by anybody.
"""

from django.db import models

from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from reparto.people.models import Person


class Simulation(OfOrganization):
    """A period replayed through rules: what was asked, how far it is, and what came out."""

    asked_by = Reference[Person, Person]("people.Person")
    name = models.CharField(max_length=200, default="")  #: as asked for, or of the draft; "" for the rules in force
    version = models.PositiveIntegerField(null=True)  #: of the rules in force; null for a draft
    rules = models.JSONField()  #: engine.freeze_rule_set
    since = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=10, default="running")  #: running, done, stopped, failed
    total = models.PositiveIntegerField(default=0)  #: sittings
    worked = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)  #: reports.show_figures
    runner = models.CharField(max_length=32, default="")  #: which worker is at it; another may when it is silent
    beat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Shadow(OfOrganization):
    """A set of rules that decides silently beside the one in force, from a moment on until it is stopped."""

    begun_by = Reference[Person, Person]("people.Person")
    draft_id = models.BigIntegerField(null=True)  #: where the rules are from; it may be gone
    name = models.CharField(max_length=200)
    rules = models.JSONField()  #: engine.freeze_rule_set
    state = models.CharField(max_length=10, default="running")  #: running, stopped, published
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()  #: when a worker looks again; while one is at it, when another may
    runner = models.CharField(max_length=32, default="", db_default="")  #: which worker lives through it anew
    after_id = models.BigIntegerField(default=0)  #: the last sitting that it has decided too, page by page
    world = models.JSONField(default=dict)  #: what is otherwise by then: reports.freeze_replay
    result = models.JSONField(null=True)  #: reports.show_figures, of all until now

    class Meta:
        """One at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(state="running"), name="reports_shadow_one_running"
            )
        ]


class ShadowDifference(OfOrganization):
    """One contact that others would have got, or would still wait."""

    shadow = Reference[Shadow, Shadow]("reports.Shadow")
    item_id = models.BigIntegerField()  #: the row in line, which may be gone; below zero a move of a sweep
    contact = Reference[Contact, Contact]("contacts.Contact")
    conversation = Reference[Conversation | None, Conversation | None]("conversations.Conversation", null=True)
    at = models.DateTimeField()  #: when it was first looked at
    happened = models.JSONField(null=True)  #: {outcome, person_ids, group_ids, rule_id}
    would = models.JSONField(null=True)

    class Meta:
        """One row an item."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "shadow", "item_id"], name="reports_shadowdifference_one_per_item"
            )
        ]


class HourMark(OfOrganization):
    """How far an organization's decisions have been added up."""

    after_id = models.BigIntegerField(default=0)  #: the last decision that its sums know
    due_at = models.DateTimeField()  #: when a worker looks again

    class Meta:
        """One an organization."""

        constraints = [models.UniqueConstraint(fields=["organization"], name="reports_hourmark_one")]


class HourSum(OfOrganization):
    """What the decisions of one hour add up to: a rule's shares, what was given by a way, what came in; see `tally`."""

    hour = models.DateTimeField()
    person_id = models.BigIntegerField()  #: 0: nobody
    rule_id = models.BigIntegerField()  #: 0: of no rule
    account_id = models.BigIntegerField()  #: 0: none
    way = models.CharField(max_length=20)  #: of what was given; else ""
    rule_version = models.IntegerField()  #: the latest one that decided
    received = models.IntegerField()
    due = models.FloatField()
    given = models.IntegerField()
    arrived = models.IntegerField()
    at_once = models.IntegerField()
    assigned = models.IntegerField()

    class Meta:
        """One row an hour, person, rule, account and way."""

        constraints = [
            # read_tally: the hours of a period.
            models.UniqueConstraint(
                fields=["organization", "hour", "person_id", "rule_id", "account_id", "way"], name="reports_hoursum_one"
            )
        ]
