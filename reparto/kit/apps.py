"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The room `kit`."""

    name = "reparto.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
