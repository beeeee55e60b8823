"""WhatsApp behaving badly while replies leave: tried again, or shown as unknown, never sent twice blindly (INV-50, 53)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pytest
from django.db import connections

from reparto.channels.edit_account import edit_account
from reparto.contacts.models import Contact
from reparto.conversations import carry_whatsapp
from reparto.conversations.models import Conversation, Message
from reparto.conversations.send_reply import Reply, send_reply
from reparto.kit.clock import now
from reparto.kit.http import HttpClient
from reparto.kit.models import Outbox
from reparto.kit.outbox import LEASE, RETRY_SECONDS, send_outbox
from reparto.kit.tenancy import in_organization
from tests.cast import a_phone
from tests.product import eventually
from tests.road import a_text, a_webhook, deliver, work
from tests.trouble.stand_in import StandIn
from tests.trouble.yard import Company, Yard, settle


@pytest.fixture
def whatsapp() -> Iterator[StandIn]:
    """The stand-in."""
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def company(yard: Yard, whatsapp: StandIn, settings, monkeypatch) -> Company:
    """A company whose number sends through the stand-in, and whose patience with it is short."""
    settings.ALLOW_PRIVATE_HOSTS = ["127.0.0.1"]
    hasty = HttpClient(allowed_hosts=frozenset({"127.0.0.1"}), timeout=httpx.Timeout(0.5))
    monkeypatch.setattr(carry_whatsapp, "whatsapp_client", lambda: hasty)
    company = settle()
    with in_organization(company.organization_id):
        edit_account(company.account.pk, {"settings": {"api_base": whatsapp.base}}, actor=company.cast.admin, at=now())
    return company


def talks_of(company: Company, *, how_many: int = 1) -> list[int]:
    """Let so many people write, and return their conversations."""
    texts = [a_text(a_phone(), at=now()) for _ in range(how_many)]
    with in_organization(company.organization_id):
        deliver(company.account, a_webhook(company.account, *texts), at=now())
    work(company.organization_id, at=now())
    with in_organization(company.organization_id):
        return list(Conversation.objects.order_by("-id").values_list("id", flat=True)[:how_many])


def reply(company: Company, talk: int, text: str, *, at: datetime | None = None) -> int:
    """Answer, and return the message's id."""
    with in_organization(company.organization_id):
        return send_reply(talk, Reply(text), actor=company.cast.admin, at=at or now()).pk


def send(company: Company, *, later: timedelta = timedelta()) -> int:
    """Let a worker send what is due."""
    return send_outbox(company.organization_id, at=now() + later)


def shown(company: Company, message: int) -> str:
    """What a person sees of a reply."""
    with in_organization(company.organization_id):
        return Message.objects.get(pk=message).status


class TestAReply:
    """One reply, and what becomes of it."""

    def leave(self, company: Company, whatsapp: StandIn, *manners: str) -> int:
        """Write a reply that is treated so, and try it once."""
        (talk,) = talks_of(company)
        whatsapp.manners["Hola"] = list(manners)
        message = reply(company, talk, "Hola")
        assert 1 == send(company)
        return message

    def test_refused_for_now_is_tried_again(self, company: Company, whatsapp: StandIn) -> None:
        """What was certainly not taken is sent again after five seconds, and taken once."""
        message = self.leave(company, whatsapp, "busy", "well")
        assert "sending" == shown(company, message)
        assert 0 == send(company)

        assert 1 == send(company, later=timedelta(seconds=RETRY_SECONDS[0]))

        assert "sent" == shown(company, message)
        assert (2, 1) == (whatsapp.asked["Hola"], whatsapp.taken["Hola"])

    def test_refused_again_and_again_is_shown_as_failed(self, company: Company, whatsapp: StandIn) -> None:
        """After the last of its tries a reply is shown as failed, and tried no more."""
        message = self.leave(company, whatsapp, "busy")
        later = timedelta()
        for seconds in RETRY_SECONDS:
            later += timedelta(seconds=seconds + 1)
            assert 1 == send(company, later=later)

        assert "failed" == shown(company, message)
        assert 0 == send(company, later=timedelta(days=9))
        assert 0 == whatsapp.taken["Hola"]

    def test_refused_for_good_is_failed_at_once(self, company: Company, whatsapp: StandIn) -> None:
        """What will never be taken is shown as failed, and not tried again."""
        message = self.leave(company, whatsapp, "refused")

        assert "failed" == shown(company, message)
        assert 0 == send(company, later=timedelta(days=1))

    @pytest.mark.parametrize("manner", ["cut", "slow", "gateway", "no id"])
    def test_perhaps_taken_is_unknown(self, manner: str, company: Company, whatsapp: StandIn) -> None:
        """INV-53: taken and then cut, never answered, or answered by somebody else: unknown, never repeated."""
        message = self.leave(company, whatsapp, manner, "well")

        assert "unknown" == shown(company, message)
        assert 0 == send(company, later=timedelta(days=9))
        assert 1 == whatsapp.taken["Hola"] == whatsapp.asked["Hola"]

    def test_with_nobody_listening_is_tried_again(self, company: Company, whatsapp: StandIn) -> None:
        """Without a connection nothing was sent: it stays under way, and leaves when somebody listens again."""
        (talk,) = talks_of(company)
        with in_organization(company.organization_id):
            away = {"settings": {"api_base": "http://127.0.0.1:1"}}
            edit_account(company.account.pk, away, actor=company.cast.admin, at=now())
        message = reply(company, talk, "Hola")
        assert 1 == send(company)
        assert "sending" == shown(company, message)
        with in_organization(company.organization_id):
            back = {"settings": {"api_base": whatsapp.base}}
            edit_account(company.account.pk, back, actor=company.cast.admin, at=now())

        assert 1 == send(company, later=timedelta(seconds=6))

        assert "sent" == shown(company, message)

    def test_that_was_taken_back_never_leaves(self, yard: Yard, company: Company) -> None:
        """INV-50: a reply whose transaction failed leaves nothing in the outbox."""
        (talk,) = talks_of(company)

        def reply_and_fail() -> None:
            with in_organization(company.organization_id):
                send_reply(talk, Reply("Hola"), actor=company.cast.admin, at=now())
                raise RuntimeError

        with pytest.raises(RuntimeError):
            reply_and_fail()

        assert 0 == yard.count("kit_outbox")


class TestAWorkerKilledWhileSending:
    """SIGKILL between the request and its answer."""

    def test_leaves_it_unknown(self, yard: Yard, company: Company, whatsapp: StandIn) -> None:
        """INV-53: the reply is shown as unknown after the lease, and is not sent again."""
        (talk,) = talks_of(company)
        whatsapp.manners["Hola"] = ["slow", "well"]
        message = reply(company, talk, "Hola")
        with yard.herd(senders=1) as herd:
            assert whatsapp.came.wait(30)
            herd.process.kill()
            herd.process.wait()

        assert "sending" == shown(company, message)
        assert 0 == send(company)
        assert 1 == send(company, later=LEASE + timedelta(seconds=1))

        assert "unknown" == shown(company, message)
        assert 1 == whatsapp.asked["Hola"]


class TestManySenders:
    """Four processes that send, and are killed."""

    def test_no_reply_is_sent_twice(self, yard: Yard, company: Company, whatsapp: StandIn) -> None:
        """INV-50, 53: of 200 replies none is sent twice and none vanishes, though senders and connections die."""
        talks = talks_of(company, how_many=200)
        texts = [f"Respuesta {n}" for n in range(200)]
        for n, text in enumerate(texts):
            whatsapp.manners[text] = {0: ["cut"], 1: ["busy", "well"], 2: ["gateway"]}.get(n % 10, ["well"])
        for talk, text in zip(talks, texts, strict=True):
            reply(company, talk, text)
        connections.close_all()  # backends are cut at random
        with yard.herd(senders=4, faults=60, pause_ms=(5, 40)) as herd:
            assert 60 == sum(herd.hear()["faults"].values())
            assert eventually(lambda: yard.count("kit_outbox", "state = 'pending' AND attempts = 0") == 0, seconds=60)
        while send(company, later=LEASE + timedelta(minutes=10)):
            pass

        assert 1 == max(whatsapp.taken.values())
        states = {row["key"]: row["state"] for row in yard.ask("SELECT key, state FROM kit_outbox")}
        assert 200 == len(states)
        assert {"sent", "unknown"} == set(states.values())
        with in_organization(company.organization_id):
            seen = dict(Message.objects.filter(direction="out").values_list("text", "status"))
            assert {"sent", "unknown"} == set(seen.values())
            assert 200 == Outbox.objects.count() == Contact.objects.count()
        assert all(whatsapp.taken[text] == 1 for text, status in seen.items() if status == "sent")
