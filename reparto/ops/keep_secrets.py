"""Make the secrets of an installation once and keep them. They never leave its folder but through the environment."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, fields

from .answer import Refusal
from .data_folder import DataFolder


@dataclass(frozen=True)
class Secrets:
    """Passwords of the embedded database's roles, and the key that signs and encrypts."""

    superuser: str
    owner: str
    app: str
    secret_key: str


def keep_secrets(folder: DataFolder) -> Secrets:
    """
    Return the secrets of the installation in `folder`, making them the first time.

    Raises:
        Refusal: The file cannot be read, or is not what was written.

    """
    try:
        return Secrets(**json.loads(folder.secrets.read_text()))
    except FileNotFoundError:
        return _make(folder)
    except PermissionError:
        raise Refusal(f"{folder.secrets} belongs to another user; run this command as the user who ran `up`.") from None
    except (ValueError, TypeError):
        raise Refusal(f"{folder.secrets} is damaged; put it back from a copy.") from None


def _make(folder: DataFolder) -> Secrets:
    made = Secrets(**{field.name: secrets.token_urlsafe(36) for field in fields(Secrets)})
    draft = folder.path / f"secrets.{os.getpid()}.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(made), file)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link never replaces: of two commands that begin at once, the second takes what the first made.
        os.link(draft, folder.secrets)
    except FileExistsError:
        return keep_secrets(folder)
    finally:
        draft.unlink()
    return made
