"""
Tables of what is being said: conversations, who works them, messages and what became of them; what each person has
seen of them, and has begun to write.

Assignees change only through `reparto.assignment`.
"""

from django.db import models

from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization, OfOrganizationByKey
from reparto.people.models import Group, Person


class Conversation(OfOrganizationByKey):
    """One open matter of a contact on one account."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    account = Reference[Account, Account]("channels.Account")
    status = models.CharField(max_length=10, default="open")  #: open, snoozed, closed
    effort = models.PositiveSmallIntegerField(default=1, db_default=1)  #: its account's when it began
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField(null=True)  #: the WhatsApp window counts from here
    waiting_since = models.DateTimeField(null=True)  #: the oldest inbound message that nobody has answered
    preview = models.CharField(max_length=200, default="")  #: beginning of the last message's text
    preview_kind = models.CharField(max_length=20, default="text")  #: of the last message, for those without text
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """At most one conversation that is not closed, for a contact on an account."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "contact", "account"],
                condition=~models.Q(status="closed"),
                name="conversations_conversation_one_open",
            )
        ]
        indexes = [
            # inbox: by status, latest first.
            models.Index(fields=["organization", "status", "-last_message_at", "-id"], name="conversations_latest"),
            # queue: the organizations in which something comes back.
            models.Index(
                fields=["organization", "snoozed_until"],
                condition=models.Q(snoozed_until__isnull=False),
                name="conversations_snoozed",
            ),
            # contact page and API: the conversations of a contact.
            models.Index(fields=["organization", "contact", "-id"], name="conversations_by_contact"),
        ]


class Assignee(OfOrganizationByKey):
    """A person or a group that works a conversation now, and by which route."""

    conversation = Reference[Conversation, Conversation]("conversations.Conversation")
    person = Reference[Person | None, Person | None]("people.Person", null=True)
    group = Reference[Group | None, Group | None]("people.Group", null=True)
    route = models.CharField(max_length=20)
    decision_id = models.BigIntegerField(null=True)
    since = models.DateTimeField()

    class Meta:
        """Never the same assignee twice; exactly one of person and group."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "conversation", "person"],
                condition=models.Q(person__isnull=False),
                name="conversations_assignee_person_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "conversation", "group"],
                condition=models.Q(group__isnull=False),
                name="conversations_assignee_group_once",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(group__isnull=True),
                name="conversations_assignee_one_of_two",
            ),
        ]
        indexes = [
            # inbox «mine»: the conversations of a person.
            models.Index(fields=["organization", "person", "conversation"], name="conversations_assignee_person"),
            # thread, inbox and desk: who works a conversation, people and groups alike.
            models.Index(fields=["organization", "conversation"], name="conversations_assignee_of"),
        ]


class Message(OfOrganization):
    """What was said, either way, or noted in private."""

    conversation = Reference[Conversation, Conversation]("conversations.Conversation")
    account = Reference[Account, Account]("channels.Account")
    direction = models.CharField(max_length=3)  #: in, out
    private = models.BooleanField(default=False)
    external_id = models.CharField(max_length=300, null=True)  # null: not known outside (yet)  # noqa: DJ001
    kind = models.CharField(max_length=20, default="text")
    text = models.TextField(default="")
    folded = models.TextField(default="", db_default="")  #: `text` as `engine.fold` gives it, for search
    author = Reference[Person | None, Person | None]("people.Person", null=True)
    automatic = models.BooleanField(default=False)
    status = models.CharField(max_length=10, default="received")  #: received, sending, sent, delivered, read, …
    error = models.CharField(max_length=500, default="")
    payload = models.JSONField(null=True)  #: the item as the channel gave it
    about = models.CharField(max_length=300, null=True)  # external id answered, edited, removed …  # noqa: DJ001
    applied_at = models.DateTimeField(null=True)  #: of an edit or a removal: since when its message shows it
    edited_at = models.DateTimeField(null=True)  #: by the channel's own word
    removed_at = models.DateTimeField(null=True)  #: by whoever had said it
    first_text = models.TextField(null=True)  # as it was first said, once that changed  # noqa: DJ001
    sent_at = models.DateTimeField()  #: when it was said, by the channel's own word
    created_at = models.DateTimeField()

    class Meta:
        """Exactly once: one row an external id."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "account", "external_id"], name="conversations_message_once"
            )
        ]
        indexes = [
            # thread: the messages of a conversation, newest first.
            models.Index(fields=["organization", "conversation", "-id"], name="conversations_message_thread"),
            # apply_changes: the edits and removals of a message, which may come before it.
            models.Index(
                fields=["organization", "account", "about"],
                condition=models.Q(kind__in=["edit", "revoke"]),
                name="conversations_message_changes",
            ),
        ]


class StatusEvent(OfOrganization):
    """What the provider said of an outgoing message; all are kept, the message's status follows from the set."""

    account = Reference[Account, Account]("channels.Account")
    external_id = models.CharField(max_length=300)
    status = models.CharField(max_length=10)
    error = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        """An event counts once."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "account", "external_id", "status"], name="conversations_statusevent_once"
            )
        ]


class Load(OfOrganization):
    """How much a person has open now, kept as a counter; and when they last received."""

    person = Reference[Person, Person]("people.Person")
    open = models.IntegerField(default=0)  #: effort units of open conversations
    last_assigned_at = models.DateTimeField(null=True)
    hour_at = models.DateTimeField(null=True)  #: the hour of the clock in which they were last given something
    in_hour = models.IntegerField(default=0, db_default=0)  #: how many in it
    day = models.DateField(null=True)  #: the day, where they are
    in_day = models.IntegerField(default=0, db_default=0)  #: how many on it

    class Meta:
        """One row a person."""

        constraints = [models.UniqueConstraint(fields=["organization", "person"], name="conversations_load_one")]


class Look(OfOrganization):
    """How far a person has read a conversation; who never opened it has none."""

    conversation = Reference[Conversation, Conversation]("conversations.Conversation")
    person = Reference[Person, Person]("people.Person")
    seen_id = models.BigIntegerField()  #: the last message that they saw

    class Meta:
        """One a person and conversation."""

        constraints = [
            # inbox: what is unread, by conversation and person.
            models.UniqueConstraint(
                fields=["organization", "conversation", "person"], name="conversations_look_one_per_person"
            )
        ]


class Draft(OfOrganization):
    """What a person has begun to write in a conversation and not sent."""

    conversation = Reference[Conversation, Conversation]("conversations.Conversation")
    person = Reference[Person, Person]("people.Person")
    text = models.TextField()
    private = models.BooleanField(default=False)  #: begun as a note
    updated_at = models.DateTimeField()

    class Meta:
        """One a person and conversation."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "conversation", "person"], name="conversations_draft_one_per_person"
            )
        ]


class Mention(OfOrganization):
    """A person named in a private note, and where in its text."""

    message = Reference[Message, Message]("conversations.Message")
    conversation = Reference[Conversation, Conversation]("conversations.Conversation")
    person = Reference[Person, Person]("people.Person")
    start = models.PositiveSmallIntegerField()  #: of the @, in characters
    length = models.PositiveSmallIntegerField()  #: the @ included

    class Meta:
        """One a person and place."""

        constraints = [
            # thread: the mentions of its notes.
            models.UniqueConstraint(
                fields=["organization", "message", "start", "person"], name="conversations_mention_once"
            )
        ]
        indexes = [
            # inbox «mentions»: the conversations in which a person was named.
            models.Index(fields=["organization", "person", "conversation"], name="conversations_mention_person")
        ]


class QuickReply(OfOrganization):
    """A text that is said often; of one person, or of all."""

    person = Reference[Person | None, Person | None]("people.Person", null=True)  #: null: everybody's
    name = models.CharField(max_length=60)
    text = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        """A name is there once a person, and once for all."""

        constraints = [
            # composer: one's own and everybody's.
            models.UniqueConstraint(
                fields=["organization", "person", "name"],
                nulls_distinct=False,
                name="conversations_quickreply_name_once",
            )
        ]


class Attachment(OfOrganization):
    """The file of a message, either way."""

    message = Reference[Message, Message]("conversations.Message")
    conversation = Reference[Conversation, Conversation]("conversations.Conversation")
    media_id = models.CharField(max_length=200, default="")  #: the channel's, of what came in
    name = models.CharField(max_length=240)
    mime_type = models.CharField(max_length=127)  #: by its content; of what is not stored yet, as the channel said
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)  #: bytes
    state = models.CharField(max_length=10)  #: waiting, stored, failed

    class Meta:
        """At most one a message."""

        constraints = [
            # thread: the files of its messages.
            models.UniqueConstraint(fields=["organization", "message"], name="conversations_attachment_one")
        ]
