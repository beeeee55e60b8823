"""`reparto company edition`: what a company may use (UP-2)."""

from argparse import Namespace
from dataclasses import asdict

from ..answer import Answer, Refusal
from ..enter_installation import enter_installation


def company_edition(options: Namespace) -> Answer:
    """Change it; rules that choose by what the edition does not have are changed only when told to."""
    with enter_installation(options.data):
        from reparto.assignment.change_edition import change_edition
        from reparto.people.enter_company import UnknownCompany
        from reparto.rules.choose_edition import NeedsPro

        try:
            changed = change_edition(options.edition, email=options.person, in_turn=options.in_turn)
        except UnknownCompany as error:
            raise Refusal(str(error)) from None
        except NeedsPro as error:
            named = "; ".join(f"{rule.position} {rule.description!r} ({rule.strategy})" for rule in error.rules)
            todo = "Change them first, or add --in-turn: from now on they choose in turn, in a new version of them."
            raise Refusal(f"Nothing was changed. Rules choose by what the edition lacks: {named}. {todo}") from None
    lines = [f"In turn now: {one}" for one in changed.in_turn]
    return Answer("\n".join([f"{changed.company} has the {changed.edition} edition.", *lines]), asdict(changed))
