"""What bad senders send, over real HTTP: it changes nothing, or is set aside in sight (INV-8, 9, 64, 77)."""

import http.client
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from reparto.kit.tenancy import in_organization
from tests.cast import APP_SECRET, a_phone, a_whatsapp_account
from tests.road import a_text, a_webhook, sign
from tests.trouble.check_books import check_rows
from tests.trouble.world import post
from tests.trouble.yard import Company, Processes, Yard, settle

#: Stands in whatever is sent here; it must stand in no log.
CANARY = "CANARIO-9f3c"


@pytest.fixture(scope="module")
def yard(module_yard: Yard) -> Yard:
    """One database for these tests: most of them must leave it as it was."""
    return module_yard


@pytest.fixture(scope="module")
def company(yard: Yard) -> Company:
    """A company at work."""
    return settle()


@pytest.fixture(scope="module")
def herd(yard: Yard, company: Company) -> Iterator[Processes]:
    """Its web and a worker."""
    with yard.herd(webs=1, workers=1) as herd:
        yield herd


@pytest.fixture
def spare(company: Company) -> Company:
    """The company with another number, to be spoiled."""
    with in_organization(company.organization_id):
        return replace(company, account=a_whatsapp_account(admin=company.cast.admin))


def a_body(company: Company) -> bytes:
    """A good webhook with the canary in it."""
    return a_webhook(company.account, a_text(a_phone(), CANARY))


def log_lines(herd: Processes, word: str) -> list[str]:
    """The lines of the log with a word; none of the whole log may hold content."""
    text = herd.log.read_text()
    assert CANARY not in text
    assert APP_SECRET not in text
    return [line for line in text.splitlines() if word in line]


class TestARefusal:
    """4xx, nothing changed, one line in the log."""

    def refuse(self, yard: Yard, herd: Processes, path: str, body: bytes, **how: Any) -> int:
        """Send something bad; nothing changes, and the log has one line more."""
        before, lines = yard.fingerprint(), len(log_lines(herd, "delivery_refused"))
        status = post(herd.ports[0], path, body, **how)
        assert before == yard.fingerprint()
        assert lines + 1 == len(log_lines(herd, "delivery_refused"))
        return status

    def test_a_bad_signature(self, yard: Yard, company: Company, herd: Processes) -> None:
        """INV-9: signed with another secret, over another body, in another form, or without a word: 403."""
        body = a_body(company)
        rewritten = json.dumps(json.loads(body), separators=(",", ":")).encode()
        forged = [sign(body, "0" * 32), sign(rewritten), "sha256=" + "0" * 64, "sha1=" + sign(body)[7:], "sha256=", "x"]

        assert [403] * 6 == [self.refuse(yard, herd, company.path, body, signature=one) for one in forged]

    def test_no_signature(self, yard: Yard, company: Company, herd: Processes) -> None:
        """INV-9: without the header: 403."""
        connection = http.client.HTTPConnection("127.0.0.1", herd.ports[0], timeout=30)
        before, lines = yard.fingerprint(), len(log_lines(herd, "delivery_refused"))
        connection.request("POST", company.path, a_body(company), {"Content-Type": "application/json"})

        assert 403 == connection.getresponse().status
        assert before == yard.fingerprint()
        assert lines + 1 == len(log_lines(herd, "delivery_refused"))

    def test_an_account_without_a_secret(self, yard: Yard, spare: Company, herd: Processes) -> None:
        """INV-9: an account whose secret is gone takes nothing, also not what is signed with an empty one: 403."""
        with psycopg.connect(yard.superuser) as connection:
            connection.execute("UPDATE channels_account SET secrets = '' WHERE id = %s", [spare.account.pk])
        body = a_body(spare)

        assert 403 == self.refuse(yard, herd, spare.path, body)
        assert 403 == self.refuse(yard, herd, spare.path, body, signature=sign(body, ""))

    def test_a_body_over_two_megabytes(self, yard: Yard, company: Company, herd: Processes) -> None:
        """INV-64: a body over 2 MB is refused before it is looked at: 413."""
        body = a_webhook(company.account, a_text(a_phone(), CANARY + "x" * (2 * 1024 * 1024)))

        assert 413 == self.refuse(yard, herd, company.path, body)

    def test_an_unknown_account(self, yard: Yard, company: Company, herd: Processes) -> None:
        """A key that leads nowhere, and one of another kind of account: 404."""
        body = a_body(company)

        assert 404 == self.refuse(yard, herd, "/hooks/whatsapp/" + "k" * 32, body)
        assert 404 == self.refuse(yard, herd, company.path.replace("whatsapp", "webform"), body)

    def test_an_account_out_of_use(self, yard: Yard, spare: Company, herd: Processes) -> None:
        """An account that was switched off: 404."""
        with psycopg.connect(yard.superuser) as connection:
            connection.execute("UPDATE channels_account SET active = false WHERE id = %s", [spare.account.pk])

        assert 404 == self.refuse(yard, herd, spare.path, a_body(spare))


def changed(company: Company, **changes: Any) -> dict[str, Any]:
    """One change of a webhook, with its value changed."""
    change: dict[str, Any] = json.loads(a_body(company))["entry"][0]["changes"][0]
    change["value"] |= changes
    return change


def webhook(*changes: Any) -> bytes:
    """A webhook of these changes."""
    entry = {"id": "1", "changes": list(changes)}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


class TestGenuineButBad:
    """Signed by the sender's own secret, and not to be understood: 200, set aside, no contact."""

    @pytest.mark.parametrize(
        "case", ["malformed", "not text", "a list", "nothing", "deep", "unknown kind", "foreign number", "no writer"]
    )
    def test_is_accepted_and_set_aside(self, case: str, yard: Yard, company: Company, herd: Processes) -> None:
        """INV-8: it is answered 200, quarantined in sight of an administrator, makes no contact, and is one log line."""
        bodies = {
            "malformed": b'{"entry": [' + CANARY.encode(),
            "not text": b"\xff\xfe\x00" + CANARY.encode(),
            "a list": json.dumps([CANARY]).encode(),
            "nothing": b"",
            "deep": b'{"entry":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
            "unknown kind": webhook(changed(company, messages=[a_text(a_phone(), CANARY) | {"type": "hologram"}])),
            "foreign number": webhook(changed(company, metadata={"phone_number_id": "999"})),
            "no writer": webhook(changed(company, messages=[a_text("+", CANARY)], contacts=[])),
        }
        before, lines = self.look(yard), len(log_lines(herd, "parts_set_aside"))

        assert 200 == post(herd.ports[0], company.path, bodies[case])
        yard.wait_until_quiet()

        assert {**before, "intake_quarantine": before["intake_quarantine"] + 1} == self.look(yard)
        assert lines + 1 == len(log_lines(herd, "parts_set_aside"))

    def look(self, yard: Yard) -> dict[str, int]:
        """Count what may and what may not become more."""
        tables = ["intake_quarantine", "contacts_contact", "conversations_conversation", "conversations_message"]
        return {table: yard.count(table) for table in tables}


class TestAThousandChanges:
    """INV-8: a batch is handled one by one."""

    def test_bad_ones_spoil_no_other(self, yard: Yard, company: Company, herd: Processes) -> None:
        """INV-8: of 1,000 changes in one delivery 50 are bad: 950 become work, 50 are set aside, in one log line."""
        bad = [
            {"messages": [{"id": None, "type": 7}]},
            {"messages": [a_text("+", CANARY)], "contacts": []},
            {"metadata": {"phone_number_id": "999"}},
            {"messages": "none"},
            {"messages": [None]},
        ]
        changes = [changed(company, **(bad[n // 20 % 5] if n % 20 == 0 else {})) for n in range(1_000)]
        aside, lines = yard.count("intake_quarantine"), len(log_lines(herd, "parts_set_aside"))

        assert 200 == post(herd.ports[0], company.path, webhook(*changes))
        yard.wait_until_quiet()

        assert 950 == yard.count("contacts_contact", "owner_id IS NOT NULL") == yard.count("conversations_message")
        assert aside + 50 == yard.count("intake_quarantine")
        assert lines + 1 == len(log_lines(herd, "parts_set_aside"))
        check_rows(yard, but=["a delivery was set aside"])
