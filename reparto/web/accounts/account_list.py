"""The list of accounts."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from reparto.channels.queries import all_accounts, all_modes

from ..page import Page
from .account_form import kind_words


class AccountList(Page):
    """`/cuentas`."""

    action: ClassVar[str] = "accounts.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show all accounts with how many people receive on each."""
        return self.show("accounts/list.html", {"rows": _rows(), "tab": "accounts"})


def _rows() -> list[dict[str, Any]]:
    words, modes = kind_words(), all_modes()
    return [
        {
            "account": account,
            "url": reverse("account", args=[account.pk]),
            "kind": words[account.kind],
            "auto": sum(mode == "auto" for (_, one), mode in modes.items() if one == account.pk),
        }
        for account in all_accounts()
    ]
