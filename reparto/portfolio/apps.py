"""Tell Django of this room; nothing else."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """The room `portfolio`."""

    name = "reparto.portfolio"
    label = "portfolio"
    default_auto_field = "django.db.models.BigAutoField"
