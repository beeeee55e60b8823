"""
The demo: a company with a believable week behind it that goes on living, as its customers and people would let it.

It serves nothing but a stand-in for WhatsApp, and touches no company but its own.
"""

import os
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from queue import Queue
from random import Random
from urllib.parse import urlsplit

from django.db import transaction

from reparto.channels.account_settings import read_settings
from reparto.channels.edit_account import edit_account
from reparto.channels.queries import find_account
from reparto.kit.clock import now
from reparto.kit.http import HttpClient

from .cast import PASSWORD, SIGN_INS
from .company import Company, find_company
from .found_cordillera import found_cordillera
from .letters import Letter
from .live_on import live_on
from .live_the_past import live_the_past
from .stand_in import Sent, start_stand_in
from .working_week import WorkingWeek

SEED = 2026
#: How many days the company has behind it, unless REPARTO_DEMO_DAYS says otherwise.
DAYS = 7


class HookRefused(Exception):
    """A hook of the demo company did not take a letter."""


def run_demo(*, base_url: str) -> None:
    """Found the company if it is not there, say how to sign in, and live on until the process is ended."""
    sent: Queue[Sent] = Queue()
    api_base = start_stand_in(sent.put)
    company = find_company(at=now())
    if company is None:
        print("The demo company is being founded, with a week of work behind it …", flush=True)
        company = _found(sent, api_base, at=now())
    else:
        _point_to(company, api_base, at=now())
    _say_sign_ins(base_url)
    client = HttpClient(allowed_hosts=frozenset({urlsplit(base_url).hostname or ""}))
    # Another run must not send what this one sent: a message id counts once.
    live_on(company, sent, partial(_post, client, base_url), dice=Random())  # noqa: S311


def _found(sent: "Queue[Sent]", api_base: str, *, at: datetime) -> Company:
    """Make the company and its past, both or neither."""
    days = int(os.environ.get("REPARTO_DEMO_DAYS") or DAYS)
    dice = Random(SEED)  # noqa: S311 (the same week for everybody)
    with transaction.atomic():
        company = found_cordillera(api_base=api_base, at=at - timedelta(days=30))
        with company.entered():
            live_the_past(company, sent, week=WorkingWeek(at, days), dice=dice)
    return company


def _point_to(company: Company, api_base: str, *, at: datetime) -> None:
    """Let replies go to this run's stand-in."""
    with company.entered():
        account_id = company.whatsapp.account_id
        if read_settings(find_account(account_id)).get("api_base") != api_base:
            actor = company.actor(company.admin_id)
            edit_account(account_id, {"settings": {"api_base": api_base}}, actor=actor, at=at)


def _say_sign_ins(base_url: str) -> None:
    print(f"Sign in to the demo company at {base_url}", flush=True)
    for part, role in SIGN_INS:
        print(f"  {part.email:<28} {PASSWORD}   {part.name}, {role}", flush=True)


def _post(client: HttpClient, base_url: str, letter: Letter) -> None:
    status = client.post(base_url + letter.path, letter.body, headers=letter.headers).status
    if status != HTTPStatus.OK:
        raise HookRefused(f"The {letter.hook.kind} hook answered {status}.")
