"""
What an account of each kind is told: which settings there are, which are secret, which it cannot do without.

Secrets lie encrypted in their own column; nobody is shown more of one than its last four characters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as installation
from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.read_choice import read_email, read_flag, read_integer
from reparto.kit.read_text import read_line
from reparto.kit.secrets import decrypt_secrets, encrypt_secrets

from .models import Account
from .phone.read_extensions import read_extensions

Reader = Callable[[Any, str, Faults], Any]
MASK = "••••"
#: A mask shows the last four only of what has so many more that they help nobody.
SHOWN_FROM = 12


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind of account."""

    read: Reader
    secret: bool = False
    missing: str = ""  #: the fault's code when it is not given; "": it may be left out
    preset: str = ""
    instead: str = ""  #: another setting that will do where this one is missing


def read_settings(account: Account) -> dict[str, Any]:
    """Return all settings of an account, presets and secrets included; never for a screen."""
    presets = {name: one.preset for name, one in KINDS[account.kind].items() if one.preset}
    return presets | _stored(account)


def show_settings(account: Account) -> dict[str, Any]:
    """Return all settings of an account for a screen, secrets masked."""
    known = KINDS[account.kind]
    stored = read_settings(account)
    return {name: mask(value) if known[name].secret else value for name, value in stored.items() if name in known}


def mask(secret: str) -> str:
    """Return what may be shown of a secret."""
    return MASK + (secret[-4:] if len(secret) >= SHOWN_FROM else "")


def write_settings(account: Account, changes: Mapping[str, Any], *, faults: Faults) -> None:
    """
    Put changes into an account, secrets encrypted; null takes a setting away.

    A mask that comes back from a screen leaves its secret as it is. Faults have paths below `settings`.
    """
    known, merged = KINDS[account.kind], _stored(account)
    for name, given in changes.items():
        path = f"settings.{name}"
        if name not in known:
            faults.add(path, "unknown_setting", gettext("There is no such setting."))
        elif given is None:
            merged.pop(name, None)
        elif not (known[name].secret and name in merged and given == mask(merged[name])):
            merged[name] = known[name].read(given, path, faults)
    _check_missing(known, merged, faults)
    account.settings = {name: value for name, value in merged.items() if not known[name].secret}
    secrets = {name: value for name, value in merged.items() if known[name].secret}
    account.secrets = encrypt_secrets(secrets, keys=_keys()) if secrets else b""


def _stored(account: Account) -> dict[str, Any]:
    return dict(account.settings) | decrypt_secrets(bytes(account.secrets), keys=_keys())


def _check_missing(known: Mapping[str, Setting], merged: Mapping[str, Any], faults: Faults) -> None:
    named = {fault.path for fault in faults.found}
    for name, one in known.items():
        path = f"settings.{name}"
        if one.missing and not (merged.get(name) or merged.get(one.instead)) and path not in named:
            faults.add(path, one.missing, gettext("The account cannot work without this."))


def _keys() -> list[str]:
    return [str(key) for key in (installation.SECRET_KEY, *installation.SECRET_KEY_FALLBACKS)]


def _line(raw: Any, path: str, faults: Faults) -> str:
    return read_line(raw, path=path, limit=1000, faults=faults)


def _digits(raw: Any, path: str, faults: Faults) -> str:
    text = read_line(raw, path=path, limit=64, faults=faults)
    if text and not (text.isascii() and text.isdigit()):
        faults.add(path, "not_digits", gettext("Write digits only."))
    return text


def _address(raw: Any, path: str, faults: Faults) -> str:
    return read_email(raw, path=path, faults=faults)


def _port(raw: Any, path: str, faults: Faults) -> int:
    return read_integer(raw, path=path, least=1, most=65_535, faults=faults)


def _flag(raw: Any, path: str, faults: Faults) -> bool:
    return read_flag(raw, path=path, faults=faults)


def _web_address(raw: Any, path: str, faults: Faults) -> str:
    text = read_line(raw, path=path, limit=500, faults=faults).rstrip("/")
    try:
        parts = urlsplit(text)
        plain = parts.scheme == "http" and parts.hostname in installation.ALLOW_PRIVATE_HOSTS
        good = (parts.scheme == "https" or plain) and bool(parts.hostname) and not parts.username
    except ValueError:
        good = False
    if text and not good:
        faults.add(path, "not_a_web_address", gettext("Write an address that begins with https://."))
    return text


def _mail_server(side: str) -> dict[str, Setting]:
    return {
        f"{side}_host": Setting(_line),
        f"{side}_port": Setting(_port),
        f"{side}_tls": Setting(_flag),
        f"{side}_user": Setting(_line),
        f"{side}_username": Setting(_line),
        f"{side}_password": Setting(_line, secret=True),
    }


#: The settings of each kind of account, by name.
KINDS: Mapping[str, Mapping[str, Setting]] = {
    "whatsapp": {
        "phone_number_id": Setting(_digits, missing="missing"),
        # Without it no delivery could be told from a forgery: such an account is not even made (INV-9).
        "app_secret": Setting(_line, secret=True, missing="missing_secret"),
        "verify_token": Setting(_line, secret=True),
        "access_token": Setting(_line, secret=True),
        "api_base": Setting(_web_address, preset="https://graph.facebook.com"),
        "business_account_id": Setting(_digits),
    },
    "email": {"address": Setting(_address, missing="missing"), **_mail_server("imap"), **_mail_server("smtp")},
    "webform": {},
    "phone": {
        # One of the two secrets at least; events of the other kind are then refused (INV-9).
        "auth_token": Setting(_line, secret=True, missing="missing_secret", instead="exchange_secret"),
        "account_sid": Setting(_line),
        "exchange_secret": Setting(_line, secret=True),
        "extensions": Setting(read_extensions),
    },
}
