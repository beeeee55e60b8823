"""P4: signed webhooks accepted (stored, committed), 16 clients, against a bare view of the same server."""

import hashlib
import hmac
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from .compare import Side, compare
from .population import SECRET, Company, a_company

CLIENTS = 16
REQUESTS = 800


def run() -> dict[str, float]:
    """Print the rate of both sides, and the slowest hundredth of ours."""
    company = a_company()
    delays: list[float] = []
    with (
        _server("benchmarks.bare_asgi:application", company) as bare,
        _server("reparto.config.asgi:application", company) as ours,
    ):
        ratio = compare(
            f"P4  signed webhooks accepted, {CLIENTS} clients",
            Side("bare: a view that inserts one row", lambda: _load(bare, "/bare", [])),
            Side("the hook", lambda: _load(ours, f"/hooks/whatsapp/{company.account_key}", delays)),
            goal="≥ 0.7",
            pairs=5,
        )
    slowest = quantiles(delays, n=100)[98]
    print(f"  the hook: median {median(delays):.0f} ms, slowest hundredth {slowest:.0f} ms (goal ≤ 250)")
    return {"P4": ratio}


@contextmanager
def _server(target: str, company: Company) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bare = target.startswith("benchmarks")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings" if bare else "reparto.config.settings",
        "BENCH_ORGANIZATION": str(company.organization_id),
        "BENCH_ACCOUNT": str(company.account_id),
        "REPARTO_DB_POOL": "1",
    }
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.serve", target, str(port)], env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not begin to listen.")


def _load(port: int, path: str, delays: list[float]) -> int:
    """Let the clients post their share, each over one connection that stays open."""
    threads = [threading.Thread(target=_post, args=(port, path, number, delays)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return REQUESTS


def _post(port: int, path: str, number: int, delays: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for turn in range(REQUESTS // CLIENTS):
        body = _body(number, turn)
        signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        begun = time.perf_counter()
        connection.request("POST", path, body, {"Content-Type": "application/json", "X-Hub-Signature-256": signature})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        delays.append((time.perf_counter() - begun) * 1000)


def _body(number: int, turn: int) -> bytes:
    message = {
        "from": f"52155{number:04d}{turn:04d}",
        "id": f"wamid.{number}.{turn}.{time.time_ns()}",
        "type": "text",
        "timestamp": "1763395200",
        "text": {"body": "Hola, quiero una cotización para doce camionetas"},
    }
    change = {"field": "messages", "value": {"metadata": {"phone_number_id": "1"}, "messages": [message]}}
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}).encode()
