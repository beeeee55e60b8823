"""
Tables of what came in: each raw request, stored before it is understood, and what could not be.

Nothing here says what a message means.
"""

from django.db import models

from reparto.channels.models import Account
from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization


class Delivery(OfOrganization):
    """One raw request received, stored before it is answered."""

    account = Reference[Account, Account]("channels.Account")
    body = models.BinaryField()
    content_type = models.CharField(max_length=200, default="")
    idempotency_key = models.CharField(max_length=200, null=True)  # null: the sender gave none  # noqa: DJ001
    received_at = models.DateTimeField()
    absorbed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)  #: how often the database was in the way

    class Meta:
        """A keyed delivery is stored once."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "account", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="intake_delivery_once",
            )
        ]
        indexes = [
            # absorb_deliveries: what is not yet understood, in order; queue: which organizations have any.
            models.Index(
                fields=["organization", "id"],
                condition=models.Q(absorbed_at__isnull=True),
                name="intake_delivery_pending",
            )
        ]


class Quarantine(OfOrganization):
    """What was genuine but could not be understood, in sight of an administrator."""

    delivery = Reference[Delivery, Delivery]("intake.Delivery")
    position = models.CharField(max_length=200, default="")  #: where in the delivery
    reason = models.CharField(max_length=60)
    fragment = models.JSONField(null=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
