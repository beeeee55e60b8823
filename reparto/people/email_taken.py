"""The one error of an e-mail that already signs somebody in, here or elsewhere in the installation."""

from django.utils.translation import gettext

from reparto.kit.faults import Fault, Invalid


class EmailTaken(Invalid):
    """A sign-in e-mail is unique in the installation."""

    def __init__(self, path: str = "email") -> None:
        """Say so at the place of the e-mail; never say whose it is."""
        super().__init__((Fault(path, "email_taken", gettext("This e-mail already signs somebody in.")),))
