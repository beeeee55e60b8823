"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room `web`."""

    name = "reparto.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
