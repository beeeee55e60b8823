"""Settings of the bare view that webhooks are measured against: the same server and database, nothing around it."""

from reparto.config.settings import *  # noqa: F403

INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.bare_view"
