"""`reparto token create`: an API token for a person."""

from argparse import Namespace

from ..answer import Answer, Refusal
from ..enter_installation import enter_installation


def token_create(options: Namespace) -> Answer:
    """Make the token; it is said now and never again."""
    scopes = tuple(scope.strip() for scope in options.scopes.split(",") if scope.strip())
    with enter_installation(options.data):
        from reparto.kit.faults import Invalid
        from reparto.people.issue_token import issue_token_for_email

        try:
            token = issue_token_for_email(email=options.person, name=options.name, scopes=scopes)
        except (LookupError, Invalid) as error:
            raise Refusal(str(error)) from None
    return Answer(token, {"token": token})
