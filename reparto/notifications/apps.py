"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The room `notifications`."""

    name = "reparto.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
