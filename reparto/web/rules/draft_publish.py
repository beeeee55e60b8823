"""Put a draft in force; what stands in the way is shown beside it and nothing is changed."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.change_rules import change_rules
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.rules.check_in_force import StaleRules
from reparto.rules.freeze_draft import freeze_draft
from reparto.rules.publish_draft import publish_draft

from .ask_moves import WouldMove, ask_moves
from .judged_draft import JudgedDraft
from .undo_of_version import undo_of_version


class DraftPublish(JudgedDraft):
    """`POST /reglas/borradores/<id>/publicar`: `version` of the draft and `over`, as the page showed them."""

    def post(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Publish it; the undo goes back to what was in force before."""
        seen, over = (_number(request, name) for name in ("version", "over"))

        try:
            ask_moves(freeze_draft(self.draft), request, at=self.at)
            version = change_rules(
                lambda: publish_draft(draft_id, actor=self.actor, at=self.at, if_version=seen, over=over),
                actor=self.actor,
                at=self.at,
            )
        except Invalid:
            return self.draw(status=422, refused=gettext("Not published: see what has to be mended."))
        except WouldMove:
            return self.draw(status=409, refused=gettext("Not published: say yes to what it would move at once."))
        except (StaleRules, StaleVersion):
            return self.draw(status=412, refused=gettext("Not published: something changed meanwhile. Look again."))
        said = gettext("Version %(number)d is in force.") % {"number": version.number}
        return self.done(said, to=reverse("rules"), undo=undo_of_version(version))


def _number(request: HttpRequest, name: str) -> int | None:
    written = request.POST.get(name, "")
    return int(written) if written.isdecimal() and len(written) < 9 else None
