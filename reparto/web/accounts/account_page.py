"""One account: its address for the other side, its settings with secrets masked, whether it is in use."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.channels.account_settings import read_settings, show_settings
from reparto.channels.edit_account import edit_account
from reparto.channels.models import Account
from reparto.channels.queries import find_account
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid

from ..ask import faults_by_path
from ..page import Page
from ..people.change_desk import change_desk
from .account_form import ask_account, form_of_account, kind_words, read_account_form

#: Kinds whose hook listens. The others have none yet, or none at all.
HOOKED = ("whatsapp", "webform", "phone")


class AccountPage(Page):
    """`/cuentas/<id>`."""

    action: ClassVar[str] = "accounts.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        """Show the account."""
        account = find_account(account_id)
        return self._ask(account, form_of_account(account))

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        """Save what was changed."""
        account = find_account(account_id)
        values = read_account_form(request.POST, account.kind, stored=show_settings(account))
        changes = values | {"active": "active" in request.POST}
        version = request.POST.get("version", "")
        seen = int(version) if version.isdecimal() and len(version) < 9 else None
        try:
            change_desk(
                lambda: edit_account(account_id, changes, actor=self.actor, at=self.at, if_version=seen),
                actor=self.actor,
                at=self.at,
            )
        except Invalid as invalid:
            return self._ask(account, values, invalid=invalid)
        except StaleVersion:
            return self._ask(find_account(account_id), values, stale=True)
        said = gettext("«%(name)s» is saved.") % {"name": values["name"]}
        return self.done(said, to=reverse("account", args=[account_id]))

    def _ask(
        self, account: Account, values: dict[str, Any], *, invalid: Invalid | None = None, stale: bool = False
    ) -> HttpResponse:
        hook = f"{settings.BASE_URL}/hooks/{account.kind}/{account.key}"
        context = {
            "account": account,
            "words": kind_words()[account.kind],
            "fields": ask_account(account.kind, values, faults_by_path(invalid)),
            "hook": hook if account.kind in HOOKED else "",
            # What one chose to repeat in Meta's panel, not a key to anything by itself; shown to administrators only.
            "verify_token": read_settings(account).get("verify_token", "") if account.kind == "whatsapp" else "",
            "snippet": _snippet(hook) if account.kind == "webform" else "",
            "stale": stale,
            "tab": "accounts",
        }
        return self.show("accounts/account.html", context, status=412 if stale else 422 if invalid else 200)


def _snippet(hook: str) -> str:
    """Return a form that works as it stands on any page."""
    words = {
        "name": gettext("Name"),
        "phone": gettext("Phone"),
        "email": gettext("E-mail"),
        "message": gettext("Message"),
        "send": gettext("Send"),
    }
    return f"""<form action="{hook}" method="post">
  <label>{words["name"]} <input name="name" required></label>
  <label>{words["phone"]} <input name="phone" type="tel"></label>
  <label>{words["email"]} <input name="email" type="email"></label>
  <label>{words["message"]} <textarea name="message"></textarea></label>
  <input type="hidden" name="source" value="Web">
  <button>{words["send"]}</button>
</form>"""
