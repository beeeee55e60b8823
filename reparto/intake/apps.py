"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The room `intake`."""

    name = "reparto.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
