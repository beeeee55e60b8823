"""Row-level security, composite keys and rights of the tables of `conversations`."""

from django.db import migrations

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("conversations", "0001_tables"), ("contacts", "0002_protect"), ("channels", "0002_protect")]
    operations = [
        *protect(
            "conversations_conversation", refers={"contact_id": "contacts_contact", "account_id": "channels_account"}
        ),
        *protect(
            "conversations_assignee",
            refers={
                "conversation_id": "conversations_conversation",
                "person_id": "people_person",
                "group_id": "people_group",
            },
        ),
        *protect(
            "conversations_message",
            refers={
                "conversation_id": "conversations_conversation",
                "account_id": "channels_account",
                "author_id": "people_person",
            },
        ),
        *protect("conversations_statusevent", refers={"account_id": "channels_account"}),
        *protect("conversations_load", refers={"person_id": "people_person"}),
    ]
