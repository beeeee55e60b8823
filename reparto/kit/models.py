"""
Tables of the ground: organizations, the door to them, what must leave, and who changed what.

They know no feature; people and things of features are plain numbers here.
"""

from django.db import models


class Organization(models.Model):
    """The top tenant. Nothing crosses it. The one table whose row level is its own id."""

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, default="MX")
    time_zone = models.CharField(max_length=64, default="America/Mexico_City")
    language = models.CharField(max_length=10, default="es")
    edition = models.CharField(max_length=10, default="pro")
    settings = models.JSONField(default=dict)  #: `kit.organization_settings`, by section
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name it for logs and shells."""
        return f"organization {self.pk}"


class OfOrganization(models.Model):
    """A row of one organization; `kit.tenancy.protect` adds the policy and the composite keys."""

    organization = models.ForeignKey("kit.Organization", on_delete=models.DO_NOTHING, related_name="+", db_index=False)

    class Meta:
        """No table of its own."""

        abstract = True


class OfOrganizationByKey(OfOrganization):
    """
    A row that always refers to another row of its organization: their composite key says that there is such a one.

    A second key, to the organization itself, would be looked up for each row that is written and forbid nothing more.
    """

    organization = models.ForeignKey(
        "kit.Organization", on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        """No table of its own."""

        abstract = True


class Door(models.Model):
    """
    What is known before an organization is: the hash of a key, and where it leads.

    The one table without row-level security; it answers exact look-ups only.
    """

    kind = models.CharField(max_length=20)  #: hook, token, email, invitation, password, decision
    key_hash = models.BinaryField(max_length=32)
    organization = models.ForeignKey("kit.Organization", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    target_id = models.BigIntegerField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        """One door a key."""

        constraints = [models.UniqueConstraint(fields=["kind", "key_hash"], name="kit_door_one_per_key")]


class Outbox(OfOrganization):
    """What must leave (mail, WhatsApp, webhook, push), written with its cause, sent at least once."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)  #: idempotency key: one row a cause
    body = models.JSONField()
    state = models.CharField(max_length=10, default="pending")  #: pending, sending, sent, failed, unknown
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """The key is unique in the organization."""

        constraints = [models.UniqueConstraint(fields=["organization", "kind", "key"], name="kit_outbox_one_per_cause")]
        indexes = [
            # send_outbox: what is due, oldest first; queue: which organizations have any.
            models.Index(
                fields=["organization", "due_at"],
                condition=models.Q(state__in=["pending", "sending"]),
                name="kit_outbox_due",
            )
        ]


class AuditEntry(OfOrganization):
    """Who changed which setting, when, from what to what. Insert-only."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  #: a person; null when the system acted
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        """Indexes of what became of one thing."""

        indexes = [
            # contact page: who changed this contact, newest first.
            models.Index(fields=["organization", "object_kind", "object_id", "-id"], name="kit_auditentry_of_object")
        ]


class IdempotencyKey(OfOrganization):
    """The first answer to a POST, given again to whoever repeats it."""

    token_id = models.BigIntegerField()  #: on a route of pages: the person's
    route = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    body_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(null=True)  #: null while the first request is in flight
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        """A key belongs to organization, token and route."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "token_id", "route", "key"], name="kit_idempotencykey_one_per_route"
            )
        ]
        indexes = [
            # queue: which organizations keep answers that nobody repeats any more.
            models.Index(fields=["created_at"], name="kit_idempotencykey_by_age")
        ]
