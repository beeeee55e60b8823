"""The preview in the rule editor, a simulation with a worker at it, and rules in the shadow, in a real browser."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from reparto.kit.clock import now
from reparto.people.set_availability import set_availability
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.jobs import decide_in_the_shadow
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from tests.browser.served import violations, work
from tests.browser.stage import Stage
from tests.cast import Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write
from tests.web.live_browser import sign_in


@dataclass
class Scene:
    """A company in which six people wrote lately, and its administrator's browser."""

    cast: Cast
    rule: int
    draft: int
    key: str
    stage: Stage

    def open(self, path: str, **options: object) -> Page:
        """Open a page as the administrator, its scripts ready."""
        return self.stage.open(self.key, path, **options)


@pytest.fixture
def scene(stage: Stage) -> Scene:
    """Found a company, and let people write."""
    return stage.found(lambda: _play(stage))


def _play(stage: Stage) -> Scene:
    cast = a_company()
    rule = a_rule(cast.alba, admin=cast.admin, description="Para Alba")
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
    for person in (cast.alba, cast.bruno):
        set_availability(person.person_id, status="available", actor=person, at=now() - timedelta(minutes=7))
    draft = add_draft("Alba y Bruno", actor=cast.admin, at=now())
    both = [{"person_id": person.person_id} for person in (cast.bruno, cast.alba)]
    edit_draft(draft.pk, {"rules": [draft.content[0] | {"assign_to": both}]}, actor=cast.admin, at=now())
    begin_shadow(draft.pk, actor=cast.admin, at=now() - timedelta(minutes=20))
    for minute in range(6, 0, -1):
        at = now() - timedelta(minutes=minute)
        write(account, a_text(a_phone(), at=at), at=at)
    decide_in_the_shadow(cast.organization_id)
    return Scene(cast, rule.pk, draft.pk, sign_in(cast.admin), stage)


class TestBeforeSaving:
    """UX-22."""

    def test_the_preview_and_the_simulation(self, scene: Scene) -> None:
        """UX-22, BY-6: Bruno is added, the preview says who would have received what; the simulation of the draft too."""
        page = scene.open(f"/reglas/{scene.rule}")
        page.locator("#add-target").select_option(f"p{scene.cast.bruno.person_id}")
        page.locator("#add-target-button").click()
        expect(page.locator(f"#to-p{scene.cast.bruno.person_id}")).to_be_visible()
        page.get_by_role("button", name="Ver quién habría recibido qué").click()

        box = page.locator("#rule-preview")
        expect(box.get_by_role("row", name=re.compile("^Bruno"))).to_contain_text("+3")
        expect(box.get_by_role("row", name="Alba")).to_contain_text("−3")
        assert [] == violations(page)

        page.goto(f"/reglas/simular?draft={scene.draft}")
        with work():
            page.get_by_role("button", name="Simular").click()
            expect(page.get_by_role("heading", name="Por persona")).to_be_visible(timeout=20_000)
        expect(page.get_by_role("row", name=re.compile("^Bruno"))).to_contain_text("+3")
        assert [] == violations(page)
