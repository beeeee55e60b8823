"""
Read settings from the environment, refusing nonsense with a message that names the variable and the way out.

It knows no Django.
"""

import os
from typing import Any
from urllib.parse import unquote, urlsplit


class BadSetting(Exception):
    """A variable of the environment holds something that cannot be used."""


def text(name: str, preset: str = "") -> str:
    """Return a variable as it stands, or the preset when it is unset or empty."""
    return os.environ.get(name) or preset


def flag(name: str, *, preset: bool) -> bool:
    """Return a variable that is 1 or 0."""
    value = text(name, "1" if preset else "0")
    if value not in ("0", "1"):
        raise BadSetting(f"{name} is {value!r}; write 1 or 0.")
    return value == "1"


def choice(name: str, *, preset: str, choices: tuple[str, ...]) -> str:
    """Return one of a few words."""
    value = text(name, preset)
    if value not in choices:
        raise BadSetting(f"{name} is {value!r}; write one of: {', '.join(choices)}.")
    return value


def number(name: str, *, preset: int, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    value = text(name, str(preset))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise BadSetting(f"{name} is {value!r}; write a whole number from {least} to {most}.")
    return int(value)


def secret(name: str) -> str:
    """Return a secret of at least 32 characters."""
    value = text(name)
    if len(value) < 32:
        raise BadSetting(
            f"{name} is {'unset' if not value else 'shorter than 32 characters'}; `reparto up` makes one by itself,"
            " a deployment of your own sets it to a long random text."
        )
    return value


def base_url(name: str, preset: str) -> str:
    """Return an http(s) address without a trailing slash; plain http only on loopback."""
    value = text(name, preset).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(f"{name} is {value!r}; write an address such as https://reparto.example.com.")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise BadSetting(f"{name} is {value!r}; without https Reparto serves only on 127.0.0.1.")
    return value


def database(name: str) -> dict[str, Any]:
    """Return Django's description of a PostgreSQL given as postgresql://user:password@host:port/name."""
    parts = urlsplit(text(name))
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise BadSetting(f"{name} must be postgresql://USER:PASSWORD@HOST:PORT/NAME; `reparto up` sets it by itself.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "127.0.0.1",
        "PORT": str(parts.port or 5432),
    }


def mailers(name: str) -> dict[str, Any]:
    """
    Return Django's MAILERS for smtp://USER:PASSWORD@HOST:587 (encrypted before anything is said) or smtps://…:465.

    None at all while the variable is unset: then no mail leaves. Unencrypted (smtp+plain://) only on loopback.
    """
    value = text(name)
    if not value:
        return {}
    parts = urlsplit(value)
    loopback = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme not in ("smtp", "smtps", "smtp+plain") or not parts.hostname:
        raise BadSetting(f"{name} must be smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT.")
    if parts.scheme == "smtp+plain" and not loopback:
        raise BadSetting(f"{name} would send passwords in the clear; write smtp:// or smtps://.")
    options: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 20,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def sender(name: str, *, needed_by: str) -> str:
    """Return the address that mail comes from; it is needed once mail leaves."""
    value = text(name)
    if not value and text(needed_by):
        raise BadSetting(f"{name} is unset; with {needed_by}, say whom mail comes from: Reparto <avisos@example.com>.")
    return value
