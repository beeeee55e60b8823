"""What one wants to hear outside of the product, when not, and in which browsers (BY-36, UX-29)."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.notifications.choose_notices import KINDS, choose_notices, read_choices
from reparto.notifications.sign_push import push_key
from reparto.notifications.subscribe_browser import browsers_of
from reparto.people.permissions import may

from ..ask import faults_by_path
from ..page import Page


class NoticeChoices(Page):
    """`/perfil/notificaciones`."""

    action: ClassVar[str] = "me.view"
    section: ClassVar[str] = "profile"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what one has chosen."""
        return self._ask(read_choices(self.actor.person_id).shown())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it; what is wrong is said beside its field."""
        sent = request.POST
        quiet = {"since": sent.get("since", ""), "until": sent.get("until", "")} if "quiet" in sent else None
        kept = read_choices(self.actor.person_id).shown()
        chosen: dict[str, Any] = {
            way: [*sent.getlist(way), *(kind for kind in kept[way] if kind not in self._kinds())]
            for way in ("push", "mail")
        } | {"quiet": quiet}
        try:
            choose_notices(chosen, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(chosen, invalid)
        return self.done(gettext("Your choices are saved."), to=reverse("notice_choices"))

    def _kinds(self) -> list[str]:
        """What can happen to whoever looks; what they chose of the rest stays as it is."""
        asked = {"ended": "rules.view", "halt": "rules.manage"}
        return [kind for kind in KINDS if kind not in asked or may(self.actor, asked[kind])]

    def _ask(self, chosen: dict[str, Any], invalid: Invalid | None = None) -> HttpResponse:
        faults = faults_by_path(invalid)
        context = {
            "events": [
                {"kind": kind, "label": _labels()[kind], "push": kind in chosen["push"], "mail": kind in chosen["mail"]}
                for kind in self._kinds()
            ],
            "quiet": chosen["quiet"],
            "hours": chosen["quiet"] or {"since": "22:00", "until": "07:00"},
            "wrong_since": faults.get("quiet.since", ""),
            "wrong_until": faults.get("quiet.until", ""),
            "no_mail": not settings.MAILERS,
            "browsers": list(browsers_of(self.actor.person_id)),
            "push_key": push_key(),
        }
        return self.show("notices/choices.html", context, status=422 if invalid else 200)


def _labels() -> dict[str, str]:
    return {
        "assigned": gettext("A contact is given to me"),
        "mention": gettext("Somebody mentions me"),
        "merged": gettext("A contact of mine is merged with another"),
        "ended": gettext("Nobody follows up a contact of my people"),
        "halt": gettext("A rule asks before it moves many contacts"),
    }
