"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """The room `flows`."""

    name = "reparto.flows"
    label = "flows"
    default_auto_field = "django.db.models.BigAutoField"
