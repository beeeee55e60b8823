"""The profile: one timeline in pages, addresses and tags changed in place, numbers that a plan rewrote, links."""

from datetime import UTC, datetime, timedelta

import pytest

from reparto.contacts.models import Contact
from reparto.contacts.queries import addresses_of, find_contact, follow_ups_of, tags_of
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.kit.clock import now
from reparto.kit.read_audit import read_audit
from tests.cast import AT, Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


@pytest.fixture
def contact(cast: Cast) -> Contact:
    """A contact of Alba's."""
    return a_contact("Clara", by=cast.admin, owner=cast.alba, phone="+573001112233")


def values(contact: Contact) -> list[str]:
    """Return the addresses in their order, as they were written."""
    return [one.value for one in addresses_of([contact.pk]).get(contact.pk, [])]


class TestTheTimeline:
    def test_turns_pages_without_losing_or_doubling_anything(self, cast: Cast, contact: Contact) -> None:
        """90 follow-ups, most of one instant, stand on three pages, each once, newest first."""
        for number in range(90):
            at = AT + timedelta(seconds=max(number - 60, 0))
            record_follow_up(contact.pk, FollowUpDraft("note", f"nota {number:02}.", at), actor=cast.alba, at=at)
        visitor, url, seen = Visitor(cast.alba), f"/contactos/{contact.pk}", []
        while url:
            shown = text(visitor.get(url))
            seen += [number for number in range(89, -1, -1) if f"nota {number:02}." in shown]
            url = next(
                (
                    part.split('"')[0].split("#")[0]
                    for part in shown.split('<a class="btn sm" href="')[1:]
                    if "?before=" in part[:80]
                ),
                "",
            )

        assert list(range(89, -1, -1)) == seen

    def test_tells_who_changed_what(self, cast: Cast, contact: Contact) -> None:
        """An edit stands there with what it was and became; saving without a change leaves no line."""
        visitor = Visitor(cast.alba)
        form = {"kind": "prospect", "address_kind": "phone", "address_value": "+573001112233"}
        visitor.post(f"/contactos/{contact.pk}/editar", name="Clara Soto", **form)
        visitor.post(f"/contactos/{contact.pk}/editar", name="Clara Soto", **form)

        assert 1 == read_audit("contact", [contact.pk]).count()
        assert "Nombre: Clara → Clara Soto" in text(visitor.get(f"/contactos/{contact.pk}"))

    def test_tells_who_closed_snoozed_and_reopened(self, cast: Cast) -> None:
        """UP-10: what was done to a conversation stands there as in its thread, for whoever sees the conversation."""
        talk, browser = a_conversation(a_whatsapp_account(admin=cast.admin), at=now()), a_browser(cast.admin)
        browser.post(f"/bandeja/{talk.pk}/posponer", {"until": (now() + timedelta(days=1)).isoformat()})
        for word in ("reabrir", "cerrar"):
            browser.post(f"/bandeja/{talk.pk}/{word}")
        shown = text(Visitor(cast.admin).get(f"/contactos/{talk.contact_id}"))

        told = [shown.find(f"<b>Ada</b> {said}") for said in ("cerró", "reabrió", "pospuso")]
        assert sorted(told) == told
        assert -1 not in told

    @pytest.mark.parametrize("before", ["x", "2026-01-01T00:00:00_9_1", "9999-12-31T23:59:59.999999+00:00_1_1"])
    def test_takes_a_forged_place_for_none(self, cast: Cast, contact: Contact, before: str) -> None:
        """What is no place shows the newest page."""
        assert 200 == Visitor(cast.alba).get(f"/contactos/{contact.pk}", before=before).status_code


class TestAddresses:
    def test_are_added_put_first_and_removed(self, cast: Cast, contact: Contact) -> None:
        """The first is the one that the list shows."""
        visitor, path = Visitor(cast.alba), f"/contactos/{contact.pk}/medios"
        visitor.post(path, kind="email", value="clara@x.mx")
        added = addresses_of([contact.pk])[contact.pk]
        visitor.post(path, first=added[1].pk)

        assert ["clara@x.mx", "+573001112233"] == values(contact)
        assert "clara@x.mx" in text(visitor.get("/contactos", tab="mine"))
        visitor.post(path, remove=added[0].pk)
        assert ["clara@x.mx"] == values(contact)

    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            ("044 55 1234 5678", "+52 55 1234 5678"),
            ("+52 1 55 1234 5678", "+52 55 1234 5678"),
            ("+55 11 8765-4321", "+55 11 98765-4321"),
            ("+54 11 15 2345-6789", "+54 9 11 2345-6789"),
        ],
    )
    def test_that_a_plan_rewrites_say_so(self, cast: Cast, contact: Contact, typed: str, shown: str) -> None:
        """EC-73, EC-74: whoever types an old spelling is told at once under which number it is found."""
        said = Visitor(cast.alba).client.post(
            f"/contactos/{contact.pk}/medios", {"kind": "phone", "value": typed}, follow=True
        )

        assert f"{typed} se reconoce como {shown}" in said.content.decode()
        assert typed == values(contact)[-1]

    @pytest.mark.parametrize("landline", ["+55 11 3456-7890", "55 5658 1111", "+54 11 4123-4567"])
    def test_of_landlines_are_never_rewritten(self, cast: Cast, contact: Contact, landline: str) -> None:
        """EC-73, EC-74: a landline is found as it was typed, and nobody is told otherwise."""
        said = Visitor(cast.alba).client.post(
            f"/contactos/{contact.pk}/medios", {"kind": "phone", "value": landline}, follow=True
        )

        assert "se reconoce como" not in said.content.decode()

    def test_that_are_wrong_come_back_with_what_was_typed(self, cast: Cast, contact: Contact) -> None:
        """The whole form is shown with the fault beside the address; nothing changed."""
        said = Visitor(cast.alba).post(f"/contactos/{contact.pk}/medios", kind="phone", value="12")

        assert 422 == said.status_code
        assert 'value="12"' in text(said)
        assert ["+573001112233"] == values(contact)

    def test_and_tags_are_not_a_colleagues_to_change(self, cast: Cast, contact: Contact) -> None:
        """What one sees but may not edit answers 403 and offers no button."""
        for part in ("medios", "etiquetas"):
            assert 403 == Visitor(cast.bruno).post(f"/contactos/{contact.pk}/{part}", add="x").status_code
        assert f"/contactos/{contact.pk}/medios" not in text(Visitor(cast.bruno).get(f"/contactos/{contact.pk}"))


class TestTags:
    def test_are_put_on_and_taken_off_in_place(self, cast: Cast, contact: Contact) -> None:
        """Several at once with commas; taking one off leaves the others."""
        visitor, path = Visitor(cast.alba), f"/contactos/{contact.pk}/etiquetas"
        visitor.post(path, add="Flota, VIP")
        visitor.post(path, remove="vip")

        assert ["Flota"] == tags_of([contact.pk])[contact.pk]


class TestASale:
    def test_that_is_refused_keeps_what_was_typed(self, cast: Cast, contact: Contact) -> None:
        """An amount that is none is said beside its box, in the form that stays open."""
        answer = {"amount": "mucho", "currency": "USD", "at": "2026-11-16T10:00"}
        refused = Visitor(cast.alba).post(f"/contactos/{contact.pk}/ventas", **answer)

        assert (422, 1) == (refused.status_code, text(refused).count('id="sale-fault"'))
        assert all(f'value="{answer[one]}"' in text(refused) for one in ("amount", "at"))
        assert "<option selected>USD" in text(refused)


class TestDetails:
    def test_lead_to_the_web_only(self, cast: Cast) -> None:
        """INV-60: a web page is a link; what would run in the browser is shown as text."""
        fields = {"website": "javascript:alert(1)", "linkedin": "clara-soto", "city": "Lima"}
        contact = a_contact("Clara", by=cast.admin, fields=fields)
        shown = text(Visitor(cast.admin).get(f"/contactos/{contact.pk}"))

        assert 'href="javascript' not in shown
        assert 'href="https://www.linkedin.com/in/clara-soto"' in shown
        assert "Lima" in shown
        assert find_contact(contact.pk, actor=cast.admin).fields["website"] == "javascript:alert(1)"


class TestFollowUps:
    def test_are_recorded_at_their_own_time(self, cast: Cast, contact: Contact) -> None:
        """UP-5: a visit of yesterday is written with its time in the viewer's zone; the future is refused."""
        visitor, path = Visitor(cast.alba), f"/contactos/{contact.pk}/seguimientos"
        visitor.post(path, kind="visit", note="Fui a verla", at="2026-11-16T10:00")
        refused = visitor.post(path, kind="visit", note="Iré a verla", at="2126-11-16T10:00")

        assert (422, 1) == (refused.status_code, text(refused).count('id="seguimiento-fault"'))
        assert 1 == text(refused).count('value="2126-11-16T10:00" aria-invalid="true"')
        assert all(
            one in text(refused) for one in ('value="Iré a verla"', 'value="visit" selected', "2126-11-16T10:00")
        )
        (only,) = follow_ups_of(contact.pk)
        assert ("visit", datetime(2026, 11, 16, 16, 0, tzinfo=UTC)) == (only.kind, only.at)
