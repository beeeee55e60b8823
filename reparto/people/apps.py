"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room `people`."""

    name = "reparto.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
