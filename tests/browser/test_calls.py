"""Calling back, and saying that one is away, in a real browser."""

import os
from pathlib import Path

from django.db import transaction
from playwright.sync_api import Page, expect

from reparto.contacts.models import FollowUp
from reparto.kit.tenancy import in_organization
from reparto.people.queries import find_person
from tests import cast
from tests.browser.inbox_scene import PHONE, SOON, Scene
from tests.browser.served import elsewhere, violations
from tests.calls import a_call, ring

NUMBER = "+573001234567"


def rings(scene: Scene) -> None:
    """Let somebody call whom nobody answers."""
    with transaction.atomic(), in_organization(scene.cast.organization_id):
        ring(cast.an_account("phone", admin=scene.cast.admin), a_call(NUMBER))


def kept(page: Page, name: str) -> None:
    """Keep a picture for whoever asked for pictures."""
    if folder := os.environ.get("REPARTO_TEST_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


class TestCallingBack:
    def test_one_click_dials_and_records(self, scene: Scene) -> None:
        """LG-11: the link dials, the click records it, the contact is hers and nothing is left to call back."""
        elsewhere(lambda: rings(scene))
        page = scene.window()
        page.goto("/bandeja?view=unassigned")
        expect(page.locator("#inbox-list")).to_contain_text("Devolver llamada")
        page.locator("#inbox-list .cv").first.click()
        link = page.locator("[data-call-back]")
        expect(link).to_have_attribute("href", f"tel:{NUMBER}")
        kept(page, "missed-call")
        found = violations(page)
        page.evaluate("addEventListener('click', (e) => e.target.closest('[href^=tel]') && e.preventDefault())")
        link.click()

        expect(page.locator("#inbox-head")).not_to_contain_text("Llamada perdida", timeout=SOON)
        expect(page.locator("#inbox-head")).to_contain_text("Alba", timeout=SOON)
        assert [] == found
        assert ["call"] == elsewhere(lambda: kinds(scene))


class TestAway:
    def test_from_the_corner_of_every_page(self, scene: Scene) -> None:
        """UX-24: half an hour away in two clicks; the corner says until when, and axe finds nothing."""
        page = scene.window()
        page.goto("/contactos")
        page.locator(".side .me").click()
        expect(page.locator("#availability-side")).to_be_visible()
        kept(page, "away")
        found = violations(page)
        page.locator("#availability-side").get_by_role("button", name="30 min").click()

        expect(page.locator(".side .me")).to_contain_text("Ausente hasta", timeout=SOON)
        assert [] == found
        assert "away" == elsewhere(lambda: availability(scene))

    def test_of_the_team(self, scene: Scene) -> None:
        """LG-1, UX-28: the manager's page, on a desk and in the hand, with its menu open: axe finds nothing."""
        for name, view in (("wide", {"width": 1440, "height": 900}), ("phone", PHONE)):
            page = scene.window("manager", viewport=view)
            page.goto("/disponibilidad")
            page.get_by_role("button", name="Cambiar la disponibilidad de Alba").click()
            kept(page, f"team-{name}")

            assert [] == violations(page)


def kinds(scene: Scene) -> list[str]:
    """Return the kinds of follow-ups on record."""
    with in_organization(scene.cast.organization_id):
        return list(FollowUp.objects.values_list("kind", flat=True))


def availability(scene: Scene) -> str:
    """Return what Alba declares."""
    with in_organization(scene.cast.organization_id):
        return find_person(scene.cast.alba.person_id).availability
