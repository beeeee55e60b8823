"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """The room `rules`."""

    name = "reparto.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"
