"""¿Por qué? says whose turn it was, and of what waits what held at the last try (UX-21)."""

from datetime import datetime, timedelta

import pytest

from reparto.assignment.change_rules import change_rules
from reparto.assignment.explain_decision import explain
from reparto.assignment.models import Decision, Waiting
from reparto.assignment.read_trace import read_trace
from reparto.assignment.wake_waiting import wake_waiting
from reparto.channels.models import Account
from reparto.people.edit_person import edit_person
from reparto.people.set_availability import set_availability
from reparto.rules.edit_rule import edit_rule
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, work, write
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


class TestWhoseTurnItWas:
    """The rule's cursor before and after, and what decided among equals, on the page and by the API."""

    def test_is_said_with_who_was_before(self, cast: Cast) -> None:
        """UP-7, INV-13: by turns: the number of the turn, who had the one before, and who has this one."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        a_rule(cast.alba, cast.bruno, admin=cast.admin)
        write(account, a_text(a_phone()), a_text(a_phone()))
        first, second = Decision.objects.order_by("id")
        alba, bruno = cast.alba.person_id, cast.bruno.person_id

        assert (1, None, alba) == self._answered(cast, first)
        assert (2, alba, bruno) == self._answered(cast, second)
        shown = text(Visitor(cast.admin).get(f"/decisiones/{second.pk}"))
        assert "Turno 2 de la regla: antes le tocó a Alba, ahora a Bruno." in shown

    @pytest.mark.parametrize("strategy", ["least_loaded", "weighted"])
    def test_is_said_when_a_tie_decided(self, cast: Cast, strategy: str) -> None:
        """BY-12, UP-7: two who were equal are named, and how it was decided: neither had ever received anything."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        a_rule(cast.alba, cast.bruno, admin=cast.admin, strategy=strategy)
        write(account, a_text(a_phone()))
        shown = text(Visitor(cast.admin).get(f"/decisiones/{Decision.objects.get().pk}"))

        assert (
            "Empate de Alba, Bruno: para quien llevaba más tiempo sin recibir; si es igual, el siguiente de la lista."
            in shown
        )
        assert ("A Alba le correspondían" in shown) == (strategy == "weighted")

    def _answered(self, cast: Cast, decision: Decision) -> tuple[int, int | None, int]:
        found = Caller(cast.admin).get(f"/contacts/{decision.contact_id}/decisions").body["items"][0]["trace"]["cursor"]
        return found["sequence"], found["before"], found["after"]


class TestWhatWaits:
    """Tried again since: the words are those of the last try, and no decision was made of it."""

    @pytest.fixture
    def account(self, cast: Cast) -> Account:
        """Return a number on which Alba receives, who is away."""
        set_availability(cast.alba.person_id, status="away", actor=cast.alba, at=AT)
        return a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))

    def test_is_tried_again_when_every_place_says(self, cast: Cast, account: Account) -> None:
        """UX-21, LG-11: page, conversation and API name the next try of now, not of the first one."""
        a_rule(cast.alba, admin=cast.admin, if_nobody="wait")
        write(account, a_text(a_phone()))
        decision, admin, caller = Decision.objects.get(), Visitor(cast.admin), Caller(cast.admin)
        pages = (f"/decisiones/{decision.pk}", f"/bandeja/{decision.conversation_id}")
        asked = f"/contacts/{decision.contact_id}/decisions"
        # Whoever comes wakes what waits; from now on they are there.
        caller.get(asked), admin.get(pages[0])
        for minutes in (6, 30):
            work(cast.organization_id, at=AT + timedelta(minutes=minutes))
        waiting, (answered,) = Waiting.objects.get(), caller.get(asked).body["items"]

        assert AT + timedelta(minutes=35) == waiting.due_at == datetime.fromisoformat(answered["next_try_at"])
        assert waiting.tried_at == datetime.fromisoformat(answered["tried_at"])
        for path in pages:
            shown = text(admin.get(path))
            assert "Último intento: 17 nov, 10:30." in shown
            assert "a más tardar 17 nov, 10:35" in shown
        assert explain(decision).same

    def test_names_the_rule_for_whose_people_it_waits(self, cast: Cast, account: Account) -> None:
        """UX-21, BY-1: behind a rule that waits nobody decided: the next one says which it is that it waits for."""
        here = {"field": "account", "op": "is", "value": account.pk}
        a_rule(cast.alba, admin=cast.admin, description="Espera", filters=here, if_nobody="wait")
        a_rule(cast.bruno, admin=cast.admin, description="Segunda")
        write(account, a_text(a_phone()))
        decision = Decision.objects.get()
        shown = text(Visitor(cast.admin).get(f"/decisiones/{decision.pk}"))

        assert "Regla 1 · Espera: Nadie puede recibir ahora." in shown
        assert "Regla 2 · Segunda: El contacto también la cumple, pero espera a la gente de la regla 1." in shown
        assert explain(decision).same

    def test_says_of_people_what_held_at_the_last_try(self, cast: Cast, account: Account) -> None:
        """UX-21: who was away is there by now, and has no room: that is why it waits. What was decided stays stored."""
        a_rule(cast.alba, admin=cast.admin, if_nobody="wait")
        write(account, a_text(a_phone()))
        edit_person(cast.alba.person_id, {"capacity": 0}, actor=cast.admin, at=AT)
        set_availability(cast.alba.person_id, status="available", actor=cast.alba, at=AT + timedelta(minutes=1))
        wake_waiting(cast.organization_id, reason="people", at=AT + timedelta(minutes=1))
        work(cast.organization_id, at=AT + timedelta(minutes=1))
        decision = Decision.objects.get()
        shown = text(Visitor(cast.admin).get(f"/decisiones/{decision.pk}"))

        assert "</bdi>: Está ausente" not in shown
        assert "0/0" in shown
        assert ["away"] == [one["reason"] for one in read_trace(decision)["candidates"]]

    def test_names_the_rules_that_spoke_last(self, cast: Cast, account: Account) -> None:
        """UX-21, INV-14: rules published since are named, with their version."""
        vip, zeta = ({"all": [{"field": "name", "op": "contains", "value": one}]} for one in ("vip", "zeta"))
        rule = a_rule(cast.alba, admin=cast.admin, description="Vieja", filters=vip)
        write(account, a_text(a_phone()))
        change = {"description": "Nueva", "filters": zeta}
        change_rules(lambda: edit_rule(rule.pk, change, actor=cast.admin, at=AT), actor=cast.admin, at=AT)
        work(cast.organization_id, at=AT + timedelta(seconds=5))
        decision = Decision.objects.get()
        shown = text(Visitor(cast.admin).get(f"/decisiones/{decision.pk}"))

        assert "unmatched" == decision.outcome
        assert "Nueva: no se cumple: Nombre contiene zeta" in shown
        assert "Vieja" not in shown
        assert f"con la versión {(decision.rule_version or 1) + 1} de las reglas" in shown
