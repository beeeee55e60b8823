"""P5: from a webhook to the browser of whoever it was given to, on an idle system: real worker, stream and Chromium."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from urllib.request import Request, urlopen

from django.db import connection

from reparto.channels.queries import find_account
from reparto.kit.tenancy import in_organization
from reparto.people.queries import find_person, load_actor
from tests.browser.served import serve, sign_in_with
from tests.web.live_browser import sign_in
from tests.web.open_browser import open_browser

from .population import SECRET, Company, a_company

TURNS = 40
#: Notes when a message of ours is first in the page, by the clock that this process reads, too.
WATCH = r"""() => {
  window.seen = {};
  const look = () => {
    for (const [, turn] of document.body.innerText.matchAll(/medida-(\d+)/g)) window.seen[turn] ??= Date.now();
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def run() -> dict[str, float]:
    """Print how long a new contact's message takes until it is in the list of the one agent."""
    os.environ.setdefault("REPARTO_TEST_RUN", tempfile.mkdtemp(prefix="reparto-bench-log-"))
    company = a_company(people=1, rules=1)
    with in_organization(company.organization_id):
        agent = load_actor(find_person(company.people[0]))
        number = find_account(company.account_id).settings["phone_number_id"]
    key = sign_in(agent)
    connection.close()
    with serve() as url, _worker():
        delays = _measure(url, key, company, number)
    slow = quantiles(delays, n=20)[18]
    print("\nP5  webhook → decided → in the agent's browser, idle system")
    print(
        f"  median {median(delays):.0f} ms (goal ≤ 150), 95 of 100 within {slow:.0f} ms (goal ≤ 400), {TURNS} messages"
    )
    return {"P5 median ms": median(delays), "P5 p95 ms": slow}


@contextmanager
def _worker() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "reparto", "worker"], stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _measure(url: str, key: str, company: Company, number: str) -> list[float]:
    delays = []
    with open_browser() as browser:
        page = sign_in_with(browser, url, key, viewport={"width": 1440, "height": 900}).new_page()
        with page.expect_request("**/live"):
            page.goto("/bandeja")
        page.evaluate(WATCH)
        page.wait_for_timeout(3000)
        for turn in range(TURNS):
            sent = _post(f"{url}/hooks/whatsapp/{company.account_key}", _body(turn, number))
            page.wait_for_function("turn => window.seen[turn]", arg=str(turn), timeout=20_000)
            delays.append(page.evaluate("turn => window.seen[turn]", str(turn)) - sent)
            page.wait_for_timeout(700)
    return delays


def _post(hook: str, body: bytes) -> float:
    signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    asked = Request(hook, body, {"Content-Type": "application/json", "X-Hub-Signature-256": signature})
    sent = time.time() * 1000
    with urlopen(asked, timeout=20) as answer:
        answer.read()
    return sent


def _body(turn: int, number: str) -> bytes:
    message = {
        "from": f"52155{turn:08d}",
        "id": f"wamid.{turn}.{time.time_ns()}",
        "type": "text",
        "timestamp": str(int(time.time())),
        "text": {"body": f"medida-{turn}"},
    }
    change = {"field": "messages", "value": {"metadata": {"phone_number_id": number}, "messages": [message]}}
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}).encode()
