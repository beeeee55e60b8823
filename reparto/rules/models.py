"""
Tables of the rules: the list as it is edited, each published version of the whole, frozen, and drafts of the next.

A version is never changed; decisions name it.
"""

from django.db import models

from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from reparto.people.models import Person


class Rule(OfOrganization):
    """One rule of the list as it stands now."""

    position = models.PositiveIntegerField()  #: 1 is first
    description = models.CharField(max_length=200)
    entity = models.CharField(max_length=10)  #: prospect, client
    trigger = models.CharField(max_length=20)
    after_amount = models.PositiveIntegerField(null=True)
    after_unit = models.CharField(max_length=10, default="")  #: hours, days, weeks, months
    after_clock = models.CharField(max_length=10, default="calendar", db_default="calendar")  #: calendar, working
    assign_to = models.JSONField(default=list)  #: [{person_id} | {group_id}], with an optional weight
    strategy = models.CharField(max_length=20, default="round_robin")
    tags = models.JSONField(default=list)
    template_id = models.BigIntegerField(null=True)
    filters = models.JSONField(default=dict)
    if_nobody = models.CharField(max_length=10, default="next")  #: next, wait
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)  #: edit counter, for If-Match

    class Meta:
        """Two rules never stand at one place (checked at commit, so that they can change places)."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "position"],
                name="rules_rule_one_per_position",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]


class RuleSetVersion(OfOrganization):
    """One frozen state of the whole list."""

    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    publisher = Reference[Person | None, Person | None]("people.Person", null=True)
    content = models.JSONField()  #: the rules, paused ones too, as `engine.freeze` writes them
    note = models.CharField(max_length=200, default="", db_default="")  #: the name of the draft that it was
    restores = models.PositiveIntegerField(null=True)  #: the version whose rules it put back

    class Meta:
        """Numbers count up from 1."""

        constraints = [models.UniqueConstraint(fields=["organization", "number"], name="rules_rulesetversion_one")]


class RuleSetDraft(OfOrganization):
    """A list of rules that is written apart from the one in force, until it is published or thrown away."""

    name = models.CharField(max_length=200)
    base_version = models.PositiveIntegerField()  #: the version that it began from, or was last held against
    content = models.JSONField(default=list)  #: the rules in their order, by the names of the contract, each with `id`
    author = Reference[Person | None, Person | None]("people.Person", null=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  #: edit counter, for If-Match


class Template(OfOrganization):
    """An e-mail with merge fields, sent to whoever a rule gives a contact (UP-9)."""

    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)  #: edit counter, for If-Match

    class Meta:
        """One template a name, accents and case ignored."""

        constraints = [models.UniqueConstraint(fields=["organization", "folded"], name="rules_template_one_per_name")]
