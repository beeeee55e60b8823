"""
Tables of the desk: what waits, what was decided and why, whose a contact was, whose turn it is.

`Decision` and `Sitting` are insert-only; a span of `Ownership` is closed once and never otherwise changed.
"""

from datetime import datetime

from django.db import models

from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization, OfOrganizationByKey
from reparto.people.models import Person


class Desk(OfOrganization):
    """The row whose lock makes one decider per organization."""

    #: When to look next for contacts that a time-based rule is for; null: no such rule is in force.
    late_at = models.DateTimeField(null=True)

    class Meta:
        """One desk an organization."""

        constraints = [models.UniqueConstraint(fields=["organization"], name="assignment_desk_one")]


class Waiting(OfOrganizationByKey):
    """What waits for a decision: a conversation, or a contact alone."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    conversation = Reference[Conversation | None, Conversation | None]("conversations.Conversation", null=True)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  #: next try; null: when rules are published
    outcome = models.CharField(max_length=10, default="")  #: "" before the first try, then queued or unmatched
    reason = models.CharField(max_length=40, default="")
    decision_id = models.BigIntegerField(null=True)  #: the decision that said so
    nomination = models.JSONField(null=True)  #: whom a flow named: {flow_id, flow_name, person_ids, group_ids}
    tried_at = models.DateTimeField(null=True)
    tried_key = models.CharField(max_length=32, default="", db_default="")  #: what the last try said, in short
    tried = models.JSONField(null=True)  #: and whole, where it is not what the decision says: `keep_tries`

    class Meta:
        """One row a conversation, one a contact alone."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "conversation"],
                condition=models.Q(conversation__isnull=False),
                name="assignment_waiting_conversation",
            ),
            models.UniqueConstraint(
                fields=["organization", "contact"],
                condition=models.Q(conversation__isnull=True),
                name="assignment_waiting_contact",
            ),
        ]
        indexes = [
            # take_snapshot: what is due, oldest first; queue: which organizations have any.
            models.Index(fields=["organization", "since", "id"], name="assignment_waiting_oldest"),
            # contact page: does this contact wait?
            models.Index(fields=["organization", "contact"], name="assignment_waiting_by_contact"),
        ]


class Sitting(OfOrganization):
    """What the decisions of one sitting share: people, rules, cursors, policy, as the engine was told."""

    at = models.DateTimeField()
    shared = models.JSONField()  #: engine.freeze_sitting
    items = models.JSONField()  #: engine.freeze_item of each, in order
    traces = models.JSONField(default=dict)  #: the parts that the traces of its decisions have in common


class Decision(OfOrganizationByKey):
    """The stored reason of one assignment, or of one non-assignment. Insert-only."""

    at = models.DateTimeField()
    contact = Reference[Contact, Contact]("contacts.Contact")
    conversation = Reference[Conversation | None, Conversation | None]("conversations.Conversation", null=True)
    outcome = models.CharField(max_length=10)  #: assigned, queued, unmatched, unassigned
    route = models.CharField(max_length=20, null=True)  # null: no route yielded anybody  # noqa: DJ001
    owner = Reference[Person | None, Person | None]("people.Person", null=True)
    person_ids = models.JSONField(default=list)
    group_ids = models.JSONField(default=list)
    rule_id = models.BigIntegerField(null=True)
    rule_version = models.PositiveIntegerField(null=True)  #: in force when it was made; null: by hand, or no rules
    rule_position = models.PositiveIntegerField(null=True)
    rule_sequence = models.PositiveBigIntegerField(null=True)  #: the how-manieth that this rule handed out
    actor = Reference[Person | None, Person | None]("people.Person", null=True)
    reason = models.CharField(max_length=40, default="")
    next_try_at = models.DateTimeField(null=True)
    sitting = Reference[Sitting | None, Sitting | None]("assignment.Sitting", null=True)
    place = models.PositiveIntegerField(null=True)  #: which item of the sitting
    trace = models.JSONField(default=dict)  #: {steps, candidates, effects}: numbers into the sitting's; by hand, whole
    undoes = models.BigIntegerField(null=True)  #: the decision that this one takes back
    #: Of what waits, as `tried_last` has it: when it was tried last, and by which rules if not by those that decided.
    tried_at: datetime | None = None
    tried_version: int | None = None

    class Meta:
        """A rule hands out each turn once."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "rule_id", "rule_sequence"],
                condition=models.Q(rule_sequence__isnull=False),
                name="assignment_decision_turn_once",
            )
        ]
        indexes = [
            # ¿Por qué? of a contact, newest first.
            models.Index(fields=["organization", "contact", "-id"], name="assignment_decision_contact"),
            # measure_people: what was taken back counts as never received.
            models.Index(
                fields=["organization", "undoes"],
                condition=models.Q(undoes__isnull=False),
                name="assignment_decision_undoes",
            ),
            # ¿Por qué? of a conversation, newest first.
            models.Index(
                fields=["organization", "conversation", "-id"],
                condition=models.Q(conversation__isnull=False),
                name="assignment_decision_conv",
            ),
            # read_speeds and the reports: the decisions of a period.
            models.Index(fields=["organization", "at"], name="assignment_decision_by_at"),
        ]


class Ownership(OfOrganizationByKey):
    """One span of the ledger: who owned, from, until, why."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    person = Reference[Person, Person]("people.Person")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    decision_id = models.BigIntegerField()  #: that began it


class Round(OfOrganizationByKey):
    """How a contact fares with time-based rules since somebody last acted on it: who missed it, how often around."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    number = models.PositiveSmallIntegerField(default=1)  #: which time around all who can receive
    missed = models.JSONField(default=list)  #: who had it this time around and did not act in time
    rule_id = models.BigIntegerField()
    at = models.DateTimeField()  #: when a sweep touched it last
    held_decision_id = models.BigIntegerField(default=0)  #: began its owner's span then; another one: somebody acted
    state = models.CharField(max_length=10)  #: moved, waits (for somebody able), ended (waits for a supervisor)
    next_try_at = models.DateTimeField(null=True)
    rests_for = models.JSONField(null=True)  #: rule → whom it had (`Limit.pool`): left alone by it until others come

    class Meta:
        """One row a contact."""

        constraints = [models.UniqueConstraint(fields=["organization", "contact"], name="assignment_round_one")]
        indexes = [
            # the supervisor's list: what no rule touches any more.
            models.Index(
                fields=["organization", "-at"], condition=models.Q(state="ended"), name="assignment_round_ended"
            )
        ]


class Halt(OfOrganization):
    """A sweep that would have moved so many contacts at once that an administrator is asked first."""

    at = models.DateTimeField()
    found = models.PositiveIntegerField()  #: contacts that it would have moved
    of_all = models.PositiveIntegerField()
    by_rule = models.JSONField(default=dict)  #: rule → how many
    state = models.CharField(max_length=10, default="asks")  #: asks, goes_on (`allowed` more), over
    allowed = models.PositiveIntegerField(default=0)
    actor = Reference[Person | None, Person | None]("people.Person", null=True)  #: who answered
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """One question at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=~models.Q(state="over"), name="assignment_halt_one_open"
            )
        ]


class Handover(OfOrganization):
    """The work of somebody who was suspended, on its way to whoever inherits it; what is left is read from the rows."""

    person = Reference[Person, Person]("people.Person")  #: whose work it was
    heir = Reference[Person | None, Person | None]("people.Person", null=True)  #: null: the pool, and the rules
    by_account = models.JSONField(default=dict)  #: account → whoever inherits its conversations, if another
    asked_by = Reference[Person, Person]("people.Person")
    total = models.PositiveIntegerField()
    worked = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, default="running")  #: running, done, stopped (they came back meanwhile)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """At most one at a time of a person."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=models.Q(state="running"),
                name="assignment_handover_one_running",
            )
        ]


class Measure(OfOrganization):
    """What is known of people's results, as it was measured last, for the criteria that go by them."""

    at = models.DateTimeField()
    days = models.PositiveIntegerField()  #: how far back it looks
    due_at = models.DateTimeField()  #: when the worker measures again
    figures = models.JSONField(default=dict)  #: criterion → person → [successes, attempts], see `measure_people`

    class Meta:
        """One an organization, while its rules ask for it."""

        constraints = [models.UniqueConstraint(fields=["organization"], name="assignment_measure_one")]


class Cursor(OfOrganization):
    """Where a rule's rotation stands; moved in the deciding transaction."""

    rule_id = models.BigIntegerField()
    state = models.JSONField(default=dict)  #: engine.Cursor

    class Meta:
        """One cursor a rule."""

        constraints = [models.UniqueConstraint(fields=["organization", "rule_id"], name="assignment_cursor_one")]
