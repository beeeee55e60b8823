"""The environment of Reparto's processes: everything they read, built from the data folder. It starts nothing."""

import os
from dataclasses import dataclass

from .data_folder import DataFolder
from .keep_secrets import Secrets
from .prepare_roles import APP, OWNER

DATABASE = "reparto"


@dataclass(frozen=True)
class Urls:
    """The two ways into a database: as the app, and as the owner that migrates (None where it is not given)."""

    app: str
    owner: str | None


def embedded_urls(secrets: Secrets, *, port: int, database: str = DATABASE) -> Urls:
    """Return the ways into the embedded database."""
    place = f"127.0.0.1:{port}/{database}"
    return Urls(
        f"postgresql://{APP}:{secrets.app}@{place}",
        f"postgresql://{OWNER}:{secrets.owner}@{place}",
    )


def make_environment(folder: DataFolder, *, urls: Urls, secret_key: str | None, base_url: str) -> dict[str, str]:
    """
    Return the whole environment for a child process.

    What the administrator has set wins over what the folder keeps, except the database that `urls` names.
    """
    made = {"REPARTO_BASE_URL": base_url, "REPARTO_SECRET_KEY": secret_key or "", "PYTHONUNBUFFERED": "1"}
    kept = {name: value for name, value in made.items() if value} | os.environ
    kept |= {
        "DATABASE_URL": urls.app,
        "REPARTO_DATA": str(folder.path),
        "DJANGO_SETTINGS_MODULE": "reparto.config.settings",
    }
    return kept | ({"REPARTO_OWNER_DATABASE_URL": urls.owner} if urls.owner else {})
