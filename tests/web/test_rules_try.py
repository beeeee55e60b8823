"""*Probar con un contacto*: who may, what it says of a contact, and that a draft is tried as it stands in the editor."""

import pytest

from reparto.assignment.models import Decision
from reparto.kit.tenancy import enter_organization
from reparto.rules.models import RuleSetVersion
from tests import cast
from tests.cast import Cast
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
TRY = "/reglas/probar"


@pytest.fixture
def company() -> Cast:
    """A company with a rule for Alba, entered."""
    company = cast.a_company()
    cast.a_rule(company.alba, admin=company.admin, description="Para Alba")
    return company


class TestWhoMay:
    """Administrators and managers look; only an administrator tries a draft (UP-1)."""

    def test_an_agent_may_not(self, company: Cast) -> None:
        """Rules are none of an agent's business, and a draft none of a manager's."""
        assert 403 == Visitor(company.alba).get(TRY).status_code
        assert 200 == Visitor(company.manager).get(TRY).status_code
        assert 403 == Visitor(company.manager).post(TRY, **a_form(company.alba)).status_code
        assert 403 == Visitor(company.manager).get(TRY, draft=1).status_code

    def test_a_strangers_contact_is_not_there(self, company: Cast) -> None:
        """Another company's contact, and one that never was, are the same nothing; so is their rule."""
        contact = cast.a_contact(admin=company.admin)
        stranger = Visitor(cast.a_stranger().admin)

        theirs, nothing = stranger.get(TRY, contact=contact.pk), stranger.get(TRY, contact=10**12)

        assert (404, 404) == (theirs.status_code, nothing.status_code)
        form = a_form(stranger.actor, contact=contact.pk)
        assert 404 == stranger.post(TRY, **form).status_code

    def test_a_manager_tries_contacts_of_their_own_only(self, company: Cast) -> None:
        """A contact that the manager does not see cannot be tried."""
        hidden = cast.a_contact("Ajena", admin=company.admin, owner=company.carla)
        manager = Visitor(company.manager)

        assert 404 == manager.get(TRY, contact=hidden.pk).status_code
        assert "Ajena" not in text(manager.get(TRY))


class TestTheRulesInForce:
    """From the page of the rules."""

    def test_a_contact_is_found_and_tried(self, company: Cast) -> None:
        """Searched by name, the contact gets the rules' answer, explained; nothing was decided."""
        contact = cast.a_contact("Clara Núñez", admin=company.admin)
        cast.a_contact("Otra", admin=company.admin)
        visitor = Visitor(company.admin)

        found = text(visitor.get(TRY, q="nunez"))
        page = text(visitor.get(TRY, contact=contact.pk))

        assert ("Clara Núñez" in found, "Otra" in found) == (True, False)
        assert "Quedaría con Alba" in page
        assert "Para Alba" in page
        enter_organization(company.organization_id)
        assert 0 == Decision.objects.count()

    def test_says_what_stands_before_the_rules(self, company: Cast) -> None:
        """Of a contact with an owner it says that no rule is asked, and still what the rules would do."""
        contact = cast.a_contact(admin=company.admin, owner=company.bruno)

        page = text(Visitor(company.admin).get(TRY, contact=contact.pk))

        assert "Quedaría con Alba" in page
        assert "es de Bruno" in page

    def test_is_offered_on_the_page_of_the_rules(self, company: Cast) -> None:
        """A link that works without JavaScript; as a fragment it is a dialog."""
        visitor = Visitor(company.admin)

        assert f'href="{TRY}"' in text(visitor.get("/reglas"))
        assert "<html" not in text(visitor.by_htmx.get(TRY))


class TestADraft:
    """From the editor."""

    def test_is_tried_as_it_stands(self, company: Cast) -> None:
        """What was typed and not saved decides, in the place of its rule; nothing is published."""
        contact = cast.a_contact(admin=company.admin)
        rule = RuleSetVersion.objects.get().content["rules"][0]["id"]
        form = a_form(company.bruno, contact=contact.pk, rule=rule)

        page = text(Visitor(company.admin).post(TRY, **form))

        assert "Quedaría con Bruno" in page
        assert "Norte primero" in page
        enter_organization(company.organization_id)
        assert 1 == RuleSetVersion.objects.count()

    def test_is_carried_to_the_next_step(self, company: Cast) -> None:
        """Without JavaScript too, choosing a contact sends the draft along."""
        page = text(Visitor(company.admin).post(TRY, **a_form(company.bruno, q="nadie")))

        assert f'<input type="hidden" name="to" value="p{company.bruno.person_id}">' in page
        assert '<input type="hidden" name="f" value="·(">' in page

    def test_that_cannot_be_used_says_why(self, company: Cast) -> None:
        """Its faults are those of saving; the dialog stays."""
        answer = Visitor(company.admin).post(TRY, **a_form())

        assert 200 == answer.status_code
        assert "todavía no se puede probar" in text(answer)


class TestTheOwnersPicker:
    """Whom the rules would choose stands first, marked."""

    def test_names_whom_the_rules_would_choose(self, company: Cast) -> None:
        """The person, with the rule that says so, once; the others in their groups as before."""
        contact = cast.a_contact(admin=company.admin)

        page = text(Visitor(company.admin).by_htmx.get(f"/contactos/{contact.pk}/encargado/opciones"))

        assert page.index("Sugerida por la regla") < page.index("Regla 1 · Para Alba") < page.index("Bruno")
        assert 1 == page.count(f'value="{company.alba.person_id}"')

    def test_names_nobody_where_the_rules_do_not(self, company: Cast) -> None:
        """Without a rule that fits, or when it names somebody whom the manager may not choose, nothing is marked."""
        cast.a_rule(company.carla, admin=company.admin, entity="client")
        client = cast.a_contact(admin=company.admin, kind="client")

        page = text(Visitor(company.manager).by_htmx.get(f"/contactos/{client.pk}/encargado/opciones"))

        assert "Sugerida por la regla" not in page


class TestTheEditor:
    """The button beside *Guardar*."""

    def test_sends_the_draft_to_be_tried(self, company: Cast) -> None:
        """It names the rule that is open; a manager, who cannot write rules, has none."""
        rule = RuleSetVersion.objects.get().content["rules"][0]["id"]

        page, looking = (text(Visitor(who).get(f"/reglas/{rule}")) for who in (company.admin, company.manager))

        assert f'name="rule" value="{rule}" formaction="{TRY}"' in page
        assert "formaction" not in looking.partition('class="ed"')[2]


class TestCautions:
    """On the cards: what is to know of a rule that is sound by itself."""

    def test_stand_on_the_card(self, company: Cast) -> None:
        """A rule that takes the rest, and one whose people do not receive, say so; a paused one says nothing."""
        cast.a_rule(company.manager, admin=company.admin, entity="client")
        cast.a_rule(company.bruno, admin=company.admin)
        cast.a_rule(company.bruno, admin=company.admin, active=False)

        page = text(Visitor(company.admin).get("/reglas"))

        assert 1 == page.count("Ninguna de sus personas recibe trabajo.")
        assert 1 == page.count("Solo toma aquellos para quienes «Para Alba» no tiene a nadie.")
