"""*Simular*, *Vista previa* and *Modo sombra*: what other rules would have done, before and without anybody obeying them."""

from datetime import timedelta

import pytest

from reparto.kit.clock import now
from reparto.people.set_availability import set_availability
from reparto.reports.jobs import decide_in_the_shadow, simulate_until_done
from reparto.reports.models import Shadow, ShadowDifference, Simulation
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule, RuleSetDraft, RuleSetVersion
from tests.cast import Cast, a_company, a_contact, a_phone, a_rule, a_whatsapp_account
from tests.reports.checksums import checksums
from tests.road import a_text, write
from tests.web.rule_editor import a_form
from tests.web.visitor import HTMX, Visitor, text

pytestmark = pytest.mark.django_db
#: What looking in writes of whoever looks.
BY_LOOKING = ("people_presence", "reports_simulation", "reports_shadow", "reports_shadowdifference")


@pytest.fixture
def company() -> Cast:
    """A company whose only rule is for Alba, to which four people have written lately, entered."""
    company = a_company()
    a_rule(company.alba, admin=company.admin, description="Para Alba")
    account = a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno))
    arrive(company, account, 4)
    return company


def arrive(company: Cast, account: object, count: int) -> None:
    """Let so many people write, one after another, until now, while both are there."""
    for person in (company.alba, company.bruno):
        set_availability(person.person_id, status="available", actor=person, at=now() - timedelta(minutes=count))
    for number in range(count):
        at = now() - timedelta(minutes=count - number)
        write(account, a_text(a_phone(), at=at), at=at)  # type: ignore[arg-type]


@pytest.fixture
def draft(company: Cast) -> RuleSetDraft:
    """A draft by which Bruno gets everything."""
    draft = add_draft("Todo a Bruno", actor=company.admin, at=now())
    rule = draft.content[0] | {"assign_to": [{"person_id": company.bruno.person_id}]}
    return edit_draft(draft.pk, {"rules": [rule]}, actor=company.admin, at=now())


class TestSimulate:
    """BY-6, UX-22."""

    def test_a_draft_on_past_days(self, company: Cast, draft: RuleSetDraft) -> None:
        """BY-6: asked for, worked in the background with its progress, kept with people, rules and contacts."""
        admin = Visitor(company.admin)
        assert "Todo a Bruno" in text(admin.get("/reglas/simular", draft=draft.pk))

        asked = admin.post("/reglas/simular", rules=draft.pk, days=30)
        (simulation,) = Simulation.objects.all()
        page = f"/reglas/simular/{simulation.pk}"
        running = text(admin.get(page))
        before = checksums(but=BY_LOOKING)
        simulate_until_done(company.organization_id)
        done = text(admin.by_htmx.get(page))

        assert page == asked.headers["Location"]
        assert "<progress" in running
        assert "0 de 4" in running
        assert "<b>4</b> estarían con otra persona" in done
        assert "every 1s" not in done
        assert all(said in done for said in ("Alba", "Bruno", "Para Alba", "−4", "+4"))
        assert before == checksums(but=BY_LOOKING)

    def test_says_what_sweeps_would_have_moved_and_what_is_assumed(self, company: Cast, draft: RuleSetDraft) -> None:
        """BY-6: rules that wait for a time have a part of their own, with what the replay takes for granted."""
        late = {"trigger": "no_followup", "after": {"amount": 1, "unit": "hours", "clock": "calendar"}}
        edit_draft(draft.pk, {"rules": [draft.content[0] | late]}, actor=company.admin, at=now())
        admin = Visitor(company.admin)
        admin.post("/reglas/simular", rules=draft.pk, days=7)
        (simulation,) = Simulation.objects.all()

        simulate_until_done(company.organization_id)

        done = text(admin.get(f"/reglas/simular/{simulation.pk}"))
        assert all(said in done for said in ("Reglas que esperan un tiempo", "No habrían movido", "se toma como fue"))

    def test_can_be_cancelled_and_is_the_administrators(self, company: Cast) -> None:
        """A stopped simulation has no result; a manager, an agent and a stranger see none."""
        admin, stranger = Visitor(company.admin), Visitor(a_company("Otra").admin)
        admin.post("/reglas/simular", rules="", days=7)
        (simulation,) = Simulation.objects.all()
        page = f"/reglas/simular/{simulation.pk}"

        admin.post(page)
        simulate_until_done(company.organization_id)

        assert "Se detuvo antes de terminar" in text(admin.get(page))
        assert 404 == stranger.get(page).status_code
        for person in (company.manager, company.alba):
            assert 403 == Visitor(person).get("/reglas/simular").status_code
            assert 403 == Visitor(person).post("/reglas/simular", rules="", days=7).status_code


class TestPreview:
    """UX-22: before saving."""

    def test_says_who_would_have_received_what(self, company: Cast) -> None:
        """UX-22: the editor's form as it stands, seven days back: per person what and how much more; nothing is saved."""
        rule = Rule.objects.get()
        admin = Visitor(company.admin).by_htmx
        assert "rule-preview" in text(Visitor(company.admin).get(f"/reglas/{rule.pk}"))
        before = checksums(but=BY_LOOKING)

        box = text(admin.post("/reglas/vista-previa", **a_form(company.bruno, company.alba, rule=rule.pk)))

        assert all(said in box for said in ("Alba", "Bruno", "−2", "+2", '<b class="strong">4</b>'))
        assert before == checksums(but=BY_LOOKING)

    def test_lives_through_rules_that_wait(self, company: Cast) -> None:
        """BY-6: a rule that waits for a time is replayed as the others are: nothing is said to be left out."""
        late = {"trigger": "no_followup", "amount": "1", "unit": "hours", "clock": "calendar"}
        form = a_form(company.bruno, rule=Rule.objects.get().pk, description="Sin seguimiento", **late)

        box = text(Visitor(company.admin).by_htmx.post("/reglas/vista-previa", **form))

        assert "Sin regla: 4" in box
        assert '<b class="med">Sin seguimiento</b>' not in box

    def test_compares_with_what_is_saved(self, company: Cast) -> None:
        """UX-22: once Bruno alone is saved, the same draft differs from that otherwise than from what happened."""
        rule = Rule.objects.get()
        to = ({"person_id": company.bruno.person_id},)
        edit_rule(rule.pk, {"assign_to": to}, actor=company.admin, at=now())
        url, form = "/reglas/vista-previa", a_form(company.bruno, company.alba, rule=rule.pk)

        box = text(Visitor(company.admin).by_htmx.post(url, **form))

        alba, bruno = (
            box.partition(f"{name}</bdi></span></span></th>")[2].partition("</tr>")[0] for name in ("Alba", "Bruno")
        )
        assert ['">+2<', ">−2<"] == [found for found in ('">+2<', ">−2<") if found in alba]
        assert ['">−2<', ">+2<"] == [found for found in ('">−2<', ">+2<") if found in bruno]

    def test_says_what_is_wrong_with_the_draft(self, company: Cast) -> None:
        """A rule for nobody is not replayed; without htmx the answer is a page; only an administrator asks."""
        wrong = Visitor(company.admin).post("/reglas/vista-previa", **a_form())

        assert "Elige al menos una persona" in text(wrong)
        assert "<!doctype html>" in text(wrong).lower()
        assert 403 == Visitor(company.manager, HTMX).post("/reglas/vista-previa", **a_form(company.alba)).status_code


class TestShadow:
    """BY-7."""

    def test_a_draft_decides_beside_and_is_published(self, company: Cast, draft: RuleSetDraft) -> None:
        """BY-7: begun on the page, its differences listed by person and contact, then put in force in one press."""
        admin, account = (
            Visitor(company.admin),
            a_whatsapp_account(
                admin=company.admin, auto=(company.alba, company.bruno), phone_number_id="106540352242999"
            ),
        )
        admin.post("/reglas/sombra", draft=draft.pk)
        (shadow,) = Shadow.objects.all()
        page = f"/reglas/sombra/{shadow.pk}"
        Shadow.objects.update(begun_at=now() - timedelta(minutes=3))
        arrive(company, account, 2)
        before = checksums(but=BY_LOOKING)
        decide_in_the_shadow(company.organization_id)
        assert before == checksums(but=BY_LOOKING)

        seen, of_bruno = text(admin.get(page)), text(admin.get(page, persona=company.bruno.person_id))
        published = admin.post(page, act="publish")

        assert ShadowDifference.objects.count() >= 2
        assert all(said in seen for said in ("Alba", "Bruno", "Detener", "Publicar"))
        assert "Solo lo que Bruno" in of_bruno
        assert "/reglas" == published.headers["Location"]
        assert "published" == Shadow.objects.get().state
        assert [company.bruno.person_id] == [one["person_id"] for one in Rule.objects.get().assign_to]
        assert 2 == RuleSetVersion.objects.count()

    def test_with_rules_that_wait_says_until_when_it_has_come(self, company: Cast, draft: RuleSetDraft) -> None:
        """BY-7, UP-5: whom it would have taken a contact from without anybody looking, until when, and when it looks next."""
        late = {"trigger": "no_followup", "after": {"amount": 1, "unit": "hours", "clock": "calendar"}}
        edit_draft(draft.pk, {"rules": [draft.content[0] | late]}, actor=company.admin, at=now())
        a_contact("Olvidada", admin=company.admin, owner=company.alba)
        admin = Visitor(company.admin)
        admin.post("/reglas/sombra", draft=draft.pk)
        page = f"/reglas/sombra/{Shadow.objects.get().pk}"
        assert "En cuanto llegue hasta este momento" in text(admin.get(page))

        decide_in_the_shadow(company.organization_id)

        seen = text(admin.get(page))
        assert all(said in seen for said in ("Olvidada", "quien lo tenía", "Decidido hasta:", "Próxima vez:"))
        Shadow.objects.update(runner="somebody")
        assert "Está decidiendo ahora" in text(admin.get(page))
        admin.post(page, act="stop")
        stopped = text(admin.get(page))
        assert "Decidido hasta:" in stopped
        assert "Próxima vez:" not in stopped

    def test_is_stopped_and_not_published_once_the_draft_changed(self, company: Cast, draft: RuleSetDraft) -> None:
        """BY-7: what was changed since is refused and nothing changes; stopped it stays to be read; others may not look."""
        admin = Visitor(company.admin)
        admin.post("/reglas/sombra", draft=draft.pk)
        page = f"/reglas/sombra/{Shadow.objects.get().pk}"
        edit_draft(draft.pk, {"rules": []}, actor=company.admin, at=now())

        refused = admin.post(page, act="publish")
        second = admin.post("/reglas/sombra", draft=draft.pk)
        admin.post(page, act="stop")

        assert (409, 422) == (refused.status_code, second.status_code)
        assert ("stopped", 1) == (Shadow.objects.get().state, RuleSetVersion.objects.count())
        assert 200 == admin.get(page).status_code
        assert 403 == Visitor(company.manager).get(page).status_code
        assert 404 == Visitor(a_company("Otra").admin).get(page).status_code
