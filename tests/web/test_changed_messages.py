"""What somebody edits or takes back is shown as such."""

import pytest

from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from tests.cast import a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write
from tests.web.inbox_cast import a_browser

pytestmark = pytest.mark.django_db


class TestTheThread:
    @pytest.mark.parametrize(
        ("change", "shown", "hidden"),
        [
            (
                {"type": "edit", "edit": {"message": {"type": "text", "text": {"body": "a las 7"}}}},
                "editado",
                "a las 6",
            ),
            ({"type": "revoke", "revoke": {}}, "Mensaje eliminado", "a las 6"),
        ],
        ids=["edited", "removed"],
    )
    def test_marks_it(self, change: dict, shown: str, hidden: str) -> None:
        """An edited message shows its new words and a mark, a removed one that it was; neither its former words."""
        cast, phone = a_company(), a_phone()
        account = a_whatsapp_account(admin=cast.admin)
        write(account, a_text(phone, "a las 6", wamid="wamid.said", at=now()), at=now())
        change[change["type"]]["original_message_id"] = "wamid.said"
        write(account, a_text(phone, at=now()) | change, at=now())
        talk = Conversation.objects.get()

        page = a_browser(cast.admin).get(f"/bandeja/{talk.pk}").content.decode()

        assert shown in page
        assert hidden not in page
