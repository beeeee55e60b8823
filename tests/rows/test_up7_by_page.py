"""UP-7 by page: ¿Por qué? tells by which results a round went, and *Ajustes* how they are measured."""

import pytest

from reparto.assignment.models import Decision
from tests.api.caller import Caller
from tests.cast import Cast, a_company
from tests.rows.test_up7_figures import a_ranked_rule, deal, history
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


class TestByPage:
    def test_says_by_which_results_a_round_goes(self, cast: Cast) -> None:
        """BY-11: ¿Por qué? of every decision of a round shows places and results as they were when the round began."""
        history(cast, cast.alba.person_id, sold=8, received=10)
        history(cast, cast.bruno.person_id, sold=2, received=8)
        a_ranked_rule(cast, "close_rate")
        deal(cast, 2)
        history(cast, cast.bruno.person_id, sold=8, received=8)

        second = Decision.objects.filter(rule_sequence=2).get()
        shown = text(Visitor(cast.admin).get(f"/decisiones/{second.pk}"))

        assert all(one in shown for one in ("cerró 8 de 10", "cerró 2 de 8", "sin resultados todavía"))
        assert 1 == shown.count("ya había recibido en esta ronda")

    def test_lets_an_administrator_say_how_results_are_measured(self, cast: Cast) -> None:
        """UP-7: *Ajustes* has window, minimum sample and weight of the mean; a fault stands beside its field, unsaved."""
        visitor, rest = Visitor(cast.admin), {"owner_away": "cover", "sign_of_life": "on"}
        rest |= {f"grace-{one}": "10" for one in ("whatsapp", "webform", "phone")}
        fine = {"figures-days": "60", "figures-minimum_sample": "10", "figures-shrinkage": "0"}

        wrong = visitor.post("/ajustes", **rest, **{**fine, "figures-days": "nunca"})
        visitor.post("/ajustes", **rest, **fine)

        assert (422, True) == (wrong.status_code, "nunca" in text(wrong))
        kept = Caller(cast.admin).get("/settings/figures").body
        assert {"days": 60, "minimum_sample": 10, "shrinkage": 0} == kept
