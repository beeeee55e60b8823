"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The room `conversations`."""

    name = "reparto.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"
