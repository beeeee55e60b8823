"""Add an account: first its kind, then what that kind needs."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.channels.add_account import AccountDraft, add_account
from reparto.kit.faults import Invalid
from reparto.people.queries import root_group

from ..ask import faults_by_path
from ..page import Page
from .account_form import ask_account, kind_words, read_account_form


class AccountNew(Page):
    """`/cuentas/nueva?kind=`."""

    action: ClassVar[str] = "accounts.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for the kind, or for what it needs."""
        kind = request.GET.get("kind", "")
        if kind not in kind_words():
            return self.show("accounts/kinds.html", {"kinds": kind_words(), "tab": "accounts"})
        return self._ask(kind, {"name": "", "group_id": root_group().pk, "settings": {}}, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add the account and show what has to be written on the other side."""
        kind = request.POST.get("kind", "")
        if kind not in kind_words():
            return self.show("accounts/kinds.html", {"kinds": kind_words(), "tab": "accounts"}, status=422)
        values = read_account_form(request.POST, kind, stored={})
        try:
            account = add_account(AccountDraft(kind, **values), actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(kind, values, invalid)
        said = gettext("«%(name)s» is there. Copy its address to the other side, then say who receives on it.")
        return self.done(said % {"name": account.name}, to=reverse("account", args=[account.pk]))

    def _ask(self, kind: str, values: dict[str, Any], invalid: Invalid | None) -> HttpResponse:
        context = {
            "kind": kind,
            "words": kind_words()[kind],
            "fields": ask_account(kind, values, faults_by_path(invalid)),
            "tab": "accounts",
        }
        return self.show("accounts/new.html", context, status=422 if invalid else 200)
