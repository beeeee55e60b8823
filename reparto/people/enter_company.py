"""
Enter the company that a command of the installation is about: the one of an e-mail, or the only one there is.

It signs nobody in.
"""

from reparto.kit.clock import now
from reparto.kit.door import only_organization, open_door
from reparto.kit.tenancy import enter_organization


class UnknownCompany(LookupError):
    """It is not known which company is meant."""


def enter_company(email: str | None) -> None:
    """
    Enter it until the transaction ends.

    Raises:
        UnknownCompany: Nobody signs in with the e-mail; or none was given, and there are several companies.

    """
    if email is not None:
        if open_door("email", email.strip().lower(), at=now()) is None:
            raise UnknownCompany(f"Nobody signs in as {email}.")
        return
    only = only_organization()
    if only is None:
        raise UnknownCompany("There is not exactly one company here: say whose by --person EMAIL.")
    enter_organization(only)
