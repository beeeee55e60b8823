"""UP-8, UP-9 by the page: e-mail templates in the settings, and the choice in the editor of a rule."""

import pytest

from reparto.kit.tenancy import enter_organization
from reparto.rules.models import Template
from reparto.rules.queries import all_rules
from tests.cast import Cast, a_company, a_contact
from tests.web.rule_editor import a_form
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
PATH = "/ajustes/plantillas-de-correo"
GOOD = {"name": "Te toca", "subject": "Nuevo: {{contact.name}}", "body": "Hola, {{agent.name}}:\nsuerte."}


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return a_company()


class TestCatalogue:
    def test_is_the_administrators(self, company: Cast) -> None:
        """UP-1, UP-9: kept, listed, changed and deleted by who manages rules, and by nobody else."""
        admin = Visitor(company.admin)
        assert 403 == Visitor(company.manager).get(PATH).status_code
        assert 302 == admin.post(PATH, **GOOD).status_code
        template = Template.objects.get()
        assert "Te toca" in text(admin.get(PATH))
        assert "Nuevo: {{contact.name}}" in text(admin.get(f"{PATH}/{template.pk}"))
        admin.post(f"{PATH}/{template.pk}", **GOOD | {"name": "Otra"}, version="1")
        stale = admin.post(f"{PATH}/{template.pk}", **GOOD, version="1")

        assert (412, "Otra") == (stale.status_code, Template.objects.get().name)
        admin.post(f"{PATH}/{template.pk}/eliminar")
        assert not Template.objects.exists()

    def test_says_all_that_is_wrong_and_keeps_what_was_typed(self, company: Cast) -> None:
        """INV-61: each field that there is not, with its line."""
        answer = Visitor(company.admin).post(PATH, name="", subject="{{x}}", body="Hola\n{{y}} {{z}}")
        page = text(answer)

        assert (422, False) == (answer.status_code, Template.objects.exists())
        assert all(said in page for said in ("«x»", "Línea 2: No hay ningún campo «y»", "Línea 2: No hay", "«z»"))
        assert "Hola\n{{y}} {{z}}</textarea>" in page

    def test_shows_beforehand_how_it_reads(self, company: Cast) -> None:
        """UP-9, INV-60: for a real contact, found by its name or the newest; nothing is kept, nothing is markup."""
        a_contact("<i>Íñigo</i>", admin=company.admin)
        a_contact("Zoe", admin=company.admin)
        admin = Visitor(company.admin).by_htmx
        found = text(admin.post(PATH, **GOOD, preview="1", q="igo"))
        assert "Nuevo: &lt;i&gt;Íñigo&lt;/i&gt;" in found
        assert "Nuevo: Zoe" in text(admin.post(PATH, **GOOD, preview="1", q=""))
        assert "«x»" in text(admin.post(PATH, name="", subject="s", body="{{x}}", preview="1"))
        assert not Template.objects.exists()


class TestRule:
    def test_is_given_a_template_and_tags(self, company: Cast) -> None:
        """UP-8, UP-9: chosen in the editor, kept with the rule, and what is in use cannot be deleted."""
        admin = Visitor(company.admin)
        admin.post(PATH, **GOOD)
        template = Template.objects.get()
        admin.client.post("/reglas/nueva", a_form(company.alba, template=str(template.pk)))
        enter_organization(company.organization_id)
        rule = all_rules().get()

        assert (template.pk, ["Web", "Norte"]) == (rule.template_id, rule.tags)
        assert f'<option value="{template.pk}" selected>Te toca</option>' in text(admin.get(f"/reglas/{rule.pk}"))
        assert "Norte primero" in admin.client.post(f"{PATH}/{template.pk}/eliminar", follow=True).content.decode()
        assert Template.objects.filter(pk=template.pk).exists()
