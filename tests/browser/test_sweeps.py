"""Rules that wait for a time, in a real browser: written by the keyboard, asked about twice, and what nobody acted on."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.sweep_late import sweep_late
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from tests.browser.served import elsewhere, violations
from tests.browser.stage import PHONE, Stage
from tests.cast import Cast, a_company, a_contact
from tests.web.live_browser import sign_in

MANY = 22


def found() -> tuple[Cast, str, str]:
    """Found a company in which nobody has followed up any contact of Alba's for days; sign two people in."""
    cast = a_company()
    for number in range(MANY):
        a_contact(f"Contacto {number}", admin=cast.admin, owner=cast.alba)
    return cast, sign_in(cast.admin), sign_in(cast.manager)


def look(cast: Cast, *, days: int = 0) -> int:
    """Let the worker look, in so many days; return how many contacts went."""
    return elsewhere(lambda: sweep_late(cast.organization_id, clock=lambda: now() + timedelta(days=days)))


def go_on(cast: Cast, *, days: int) -> None:
    """Let a sweep that stopped go on, in so many days: an answer holds for one."""

    def answer() -> None:
        with in_organization(cast.organization_id):
            halt = open_halt()
            assert halt is not None
            answer_halt(halt.pk, "go_on", actor=cast.admin, at=now() + timedelta(days=days))

    elsewhere(answer)


def write_rule(page: Page, cast: Cast) -> None:
    """Write a rule for what nobody followed up for a day, without the mouse."""
    page.locator("#description").focus()
    page.keyboard.type("Rescate")
    page.locator("#trigger").select_option("no_followup")
    expect(page.locator("#amount")).to_be_visible()
    page.locator("#amount").focus()
    page.keyboard.type("1")
    page.locator("#add-target").select_option(f"p{cast.bruno.person_id}")
    page.locator("#add-target-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#to-p{cast.bruno.person_id}")).to_be_visible()
    page.keyboard.press("Control+s")


def test_a_rule_that_waits_asks_moves_and_ends_with_a_supervisor(stage: Stage) -> None:
    """UP-5, UX-28: saving names how many it moves, the first look asks again, and what nobody acts on is listed."""
    cast, admin, manager = stage.found(found)
    page = stage.open(admin, "/reglas/nueva")
    write_rule(page, cast)
    question = page.locator(".halt")
    expect(question).to_contain_text(f"movería {MANY} de {MANY} contactos")
    expect(page.locator("#amount")).to_have_value("1")
    assert [] == violations(page)
    question.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/reglas/\d+$"))

    assert 0 == look(cast)
    page.goto("/reglas")
    expect(page.locator(".halt")).to_contain_text(f"{MANY} de {MANY} contactos")
    assert [] == violations(page)
    page.locator(".halt .btn.pri").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".halt")).to_have_count(0)
    assert MANY == look(cast)

    # Nobody else of the rule is left: it asks, goes once more around, then it ends.
    assert 0 == look(cast, days=2)
    go_on(cast, days=2)
    for _ in range(2):
        assert 0 == look(cast, days=2)
    phone = stage.open(manager, "/reglas/sin-respuesta", viewport=PHONE, color_scheme="dark")
    expect(phone.locator("tbody tr")).to_have_count(MANY)
    expect(phone.locator("tbody tr").first).to_contain_text("Alba")
    assert [] == violations(phone)
    phone.locator("tbody a.name").first.click()
    expect(phone.locator(".ban.warn")).to_contain_text("Espera a un supervisor")
    assert [] == violations(phone)
