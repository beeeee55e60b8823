"""`reparto db migrate`: the schema brought up to date, as the owner."""

import os
from argparse import Namespace

from ..answer import Answer, Refusal
from ..migrate_database import migrate_database


def db_migrate(_options: Namespace) -> Answer:
    """Migrate the database that REPARTO_OWNER_DATABASE_URL names."""
    owner_url = os.environ.get("REPARTO_OWNER_DATABASE_URL")
    if not owner_url:
        raise Refusal("REPARTO_OWNER_DATABASE_URL is not set; only the owner may migrate.")
    # Django's own connection must be the owner's, and one is enough.
    os.environ |= {"DATABASE_URL": owner_url, "REPARTO_DB_POOL": "0"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reparto.config.settings")
    import django

    django.setup()
    changed = migrate_database(owner_url)
    return Answer(f"The schema {'was brought' if changed else 'is'} up to date.", {"changed": changed})
