"""`reparto explain`: a stored decision, derived again."""

from argparse import Namespace

from ..answer import Answer, Refusal
from ..enter_installation import enter_installation


def explain(options: Namespace) -> Answer:
    """Say the trace; not good if the decision would not be the same again."""
    with enter_installation(options.data):
        from reparto.assignment.explain_decision import explain_decision

        try:
            explanation = explain_decision(options.decision_id)
        except LookupError as error:
            raise Refusal(str(error)) from None
    text = explanation.text if explanation.same else f"{explanation.text}\n\n{explanation.difference}"
    return Answer(text, {**explanation.data, "same": explanation.same}, good=explanation.same)
