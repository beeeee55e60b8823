"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """The room `channels`."""

    name = "reparto.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"
