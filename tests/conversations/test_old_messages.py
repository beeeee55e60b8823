"""Messages that were stored before search looked into them."""

from importlib import import_module

import psycopg
from django.db import transaction

from reparto.conversations.models import Conversation, Message
from reparto.conversations.search_conversations import search_conversations
from reparto.kit.tenancy import in_organization
from tests.cast import AT, a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write

fold_old = import_module("reparto.conversations.migrations.0012_fold_what_was_said").fold_old


class TestAnUpgrade:
    def test_lets_old_messages_be_found(self, transactional_db: None, superuser_url: str) -> None:
        """What was said before the upgrade is found after it, accents aside, in every organization; twice changes nothing."""
        with transaction.atomic():
            cast = a_company()
            write(a_whatsapp_account(admin=cast.admin), a_text(a_phone(), "Una Cotización", at=AT), at=AT)
            Message.objects.update(folded="")

        with psycopg.connect(superuser_url, autocommit=True) as owner:
            owner.execute("SET ROLE reparto_owner")
            assert (True, 0) == (fold_old(owner.cursor()) > 0, fold_old(owner.cursor()))
        with in_organization(cast.organization_id):
            assert 1 == search_conversations(Conversation.objects.all(), "cotizacion").count()
