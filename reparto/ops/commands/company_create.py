"""`reparto company create`: a company and its first administrator."""

from argparse import Namespace
from dataclasses import asdict

from ..answer import Answer, Refusal
from ..enter_installation import enter_installation


def company_create(options: Namespace) -> Answer:
    """Make the company; say the one-time sign-in link."""
    with enter_installation(options.data, make=True):
        from reparto.kit.faults import Invalid
        from reparto.people.found_company import found_company

        try:
            founded = found_company(
                name=options.name,
                admin_email=options.admin,
                country=options.country,
                time_zone=options.time_zone,
                language=options.language,
                edition=options.edition,
            )
        except Invalid as error:
            raise Refusal(str(error)) from None
    return Answer(founded.sign_in_url, asdict(founded))
