"""¿Por qué? names the rules that were in force, also where none of them decided."""

import pytest

from reparto.assignment.explain_decision import explain
from reparto.assignment.models import Decision
from tests import cast
from tests.api.caller import Caller
from tests.road import a_text, write
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


class TestNobodyWasFound:
    def test_by_the_rules_in_force_then(self) -> None:
        """UX-21, INV-24: why nobody, by which rules? Page and API name the version, and it is derived again."""
        company = cast.a_company()
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
        cast.a_rule(company.alba, admin=company.admin, filters={"field": "name", "op": "contains", "value": "vip"})
        write(account, a_text(cast.a_phone()))
        decision = Decision.objects.get()

        (said,) = Caller(company.admin).get(f"/contacts/{decision.contact_id}/decisions").body["items"]
        assert ("unmatched", None, 1) == (said["outcome"], said["rule"], said["rule_set_version"])
        page = Visitor(company.admin).get(f"/decisiones/{decision.pk}")
        assert "/reglas/versiones/1" in page.content.decode()
        assert "v1" in text(page)
        assert explain(decision).same
