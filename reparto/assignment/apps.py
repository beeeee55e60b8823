"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    """The room `assignment`."""

    name = "reparto.assignment"
    label = "assignment"
    default_auto_field = "django.db.models.BigAutoField"
