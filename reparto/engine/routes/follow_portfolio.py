"""Portfolio: the direct assignment of (account, address). It comes before every rule."""

from reparto.engine import reasons
from reparto.engine.draft import Draft
from reparto.engine.routes.gather_nominated import add_nominated
from reparto.engine.shapes import Decision, Portfolio


def follow_portfolio(draft: Draft) -> Decision | None:
    """
    The primary if able, else the backup, else the supervisor; else the next route.

    Whoever stands in works the conversation and the owner stays: the contact's own, or the primary where
    it had none. A flow's people are added, never instead.
    """
    item = draft.item
    if item.portfolio is None or item.conversation_id is None or item.due_rule_ids:
        return None
    for person_id, place in _three(item.portfolio).items():
        if draft.able([(person_id, place)]):
            return _with(draft, person_id, place)
    draft.expects = True
    draft.step("portfolio", "matched_nobody", reasons.NOBODY_IN_PORTFOLIO_ABLE)
    return None


def _three(portfolio: Portfolio) -> dict[int, str]:
    """The people of a row in their order; one who is named twice keeps the first place."""
    three: dict[int, str] = {}
    for person_id, place in (
        (portfolio.primary_id, reasons.PRIMARY),
        (portfolio.backup_id, reasons.BACKUP),
        (portfolio.supervisor_id, reasons.SUPERVISOR),
    ):
        if person_id is not None:
            three.setdefault(person_id, place)
    return three


def _with(draft: Draft, person_id: int, place: str) -> Decision:
    item = draft.item
    # Two accounts may name two executives for one contact: the row decides who works this conversation.
    conflict = item.owner_id is not None and item.portfolio and item.owner_id != item.portfolio.primary_id
    draft.step("portfolio", "chosen", place, {"other_owner_id": item.owner_id} if conflict else None)
    people = (person_id, *add_nominated(draft, besides=(person_id,)))
    return draft.assigned("portfolio", place, people, owner_id=draft.owner_id, stand_in=place != reasons.PRIMARY)
