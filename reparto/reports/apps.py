"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The room `reports`."""

    name = "reparto.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
