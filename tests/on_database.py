"""Let this process's Django, and the processes that it starts, work on a database that a test has made."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from reparto.ops.make_environment import Urls
from reparto.rules.queries import frozen_rule_set

NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def environment_of(urls: Urls) -> dict[str, str]:
    """Return what tells a process of the product where its database is."""
    return {"DATABASE_URL": urls.app, "REPARTO_OWNER_DATABASE_URL": urls.owner or ""}


def describe(url: str) -> dict[str, str]:
    """Return a database as Django's settings describe it."""
    return {NAMES[key]: str(value) for key, value in conninfo_to_dict(url).items() if key in NAMES}


@contextmanager
def on_database(urls: Urls) -> Iterator[None]:
    """Work on another database, by connections that are opened meanwhile: those of new threads."""
    described = connections.settings["default"]
    former, environment = dict(described), dict(os.environ)
    described.update(describe(urls.app))
    os.environ |= environment_of(urls)
    # What was remembered of another database, where the same number names something else.
    frozen_rule_set.cache_clear()
    try:
        yield
    finally:
        frozen_rule_set.cache_clear()
        described.update({name: former[name] for name in NAMES.values()})
        for name in environment_of(urls):
            os.environ.pop(name, None)
        os.environ |= {name: environment[name] for name in environment_of(urls) if name in environment}
