"""UP-6: what is said of each person wherever work is given by hand: what the desk itself would say against them."""

from datetime import timedelta

import pytest

from reparto.assignment.models import Waiting
from reparto.channels.models import Account
from reparto.channels.set_cap import set_cap
from reparto.channels.set_mode import set_mode
from reparto.kit.clock import now
from reparto.people.add_absence import AbsenceDraft, add_absence
from reparto.people.edit_person import edit_person
from tests.cast import AT, Cast, a_phone
from tests.road import a_text, write
from tests.web.visitor import Visitor, text


def limit(cast: Cast, capacity: int | None) -> None:
    """Give Alba a capacity."""
    edit_person(cast.alba.person_id, {"capacity": capacity}, actor=cast.admin, at=AT)


def stand(cast: Cast, account: Account, change: str) -> None:
    """Let Alba, who has one conversation open, stand otherwise."""
    person = cast.alba.person_id
    if change != "full":
        limit(cast, None)
    if change == "capped":
        set_cap(person, account.pk, cap=1, actor=cast.admin, at=AT)
    if change == "disabled":
        set_mode(person, account.pk, mode="disabled", actor=cast.admin, at=AT)
    if change == "on leave":
        leave = AbsenceDraft(now() - timedelta(days=1), now() + timedelta(days=2))
        add_absence(person, leave, actor=cast.admin, at=AT)


class TestWhoGivesByHand:
    """Is warned, and not kept from it."""

    @pytest.mark.parametrize(
        ("change", "said", "of_the_account"),
        [
            ("full", "al límite 1/1", False),
            ("capped", "al límite de esta cuenta 1/1", True),
            ("disabled", "no está en esta cuenta", True),
            ("on leave", "con ausencia hasta", False),
        ],
    )
    def test_warns_in_the_inbox_and_of_the_owner(
        self, cast: Cast, account: Account, change: str, said: str, *, of_the_account: bool
    ) -> None:
        """EC-34: *Assigned to* of a conversation and the owner of a contact say what the desk itself would say."""
        limit(cast, 1)
        write(account, a_text(a_phone()), a_text(a_phone()))
        waits = Waiting.objects.get()
        stand(cast, account, change)
        manager, talk = Visitor(cast.manager), f"/bandeja/{waits.conversation_id}"

        assert f"Alba · {said}" in text(manager.by_htmx.get(f"{talk}/asignado"))
        assert of_the_account != (said in text(manager.get(f"/contactos/{waits.contact_id}/encargado/opciones")))
        assert f'hx-get="{talk}/asignado"' in text(manager.get(talk))
