"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """The room `contacts`."""

    name = "reparto.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
