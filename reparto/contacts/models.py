"""
Tables of those who write: contacts, their addresses, tags and custom fields; views of their list, and work on many.

A contact's owner changes only through `reparto.assignment`.
"""

from django.db import models
from django.db.models.fields.json import KeyTextTransform

from reparto.channels.models import Account
from reparto.kit.fields import Reference
from reparto.kit.models import OfOrganization
from reparto.people.models import Campaign, Person

#: Since when nobody followed a contact up. As CASE, not COALESCE: under row-level security the planner takes the latter
#: for what could leak, and uses neither the index nor the statistics of it.
QUIET_SINCE = models.Case(models.When(last_follow_up_at__isnull=True, then="created_at"), default="last_follow_up_at")


class Contact(OfOrganization):
    """Who writes: a person or a company, with at most one owner."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, default="prospect")  #: prospect, client
    owner = Reference[Person | None, Person | None]("people.Person", null=True)
    campaign = Reference[Campaign | None, Campaign | None]("people.Campaign", null=True)
    account = Reference[Account | None, Account | None]("channels.Account", null=True)  #: by which it came
    arrived_by_itself = models.BooleanField(default=False)  #: by a hook or the API's intake, not typed in
    source = models.CharField(max_length=200, default="")
    fields = models.JSONField(default=dict)  #: UP-10 and custom.KEY, as written
    folded = models.JSONField(default=dict)  #: the text of `fields`, name and source as `engine.fold` gives it
    search = models.TextField(default="")  #: folded name, company and addresses, for substring search
    conversation_count = models.PositiveIntegerField(default=0)
    last_follow_up_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    #: The contact that this one became, when the two were found to be one; it keeps its fields, tags and decisions.
    merged_into = Reference["Contact | None", "Contact | None"]("contacts.Contact", null=True)

    class Meta:
        """Indexes of the list."""

        indexes = [
            # contact list, newest first.
            models.Index(fields=["organization", "-id"], name="contacts_contact_newest"),
            # contact list: mine, and the count of those without anybody (owner IS NULL).
            models.Index(fields=["organization", "owner", "-id"], name="contacts_contact_by_owner"),
            # contact list: clients, and their count.
            models.Index(
                fields=["organization", "-id"], condition=models.Q(kind="client"), name="contacts_contact_clients"
            ),
            # every page: the count of those without anybody (LG-9).
            models.Index(
                fields=["organization", "-id"],
                condition=models.Q(owner__isnull=True, merged_into__isnull=True),
                name="contacts_contact_unassigned",
            ),
            # sweeps: whom nobody followed up for longest.
            models.Index(
                models.F("organization"),
                QUIET_SINCE,
                condition=models.Q(merged_into__isnull=True),
                name="contacts_contact_quiet_since",
            ),
            # contact list by name, accents and case ignored.
            models.Index(
                models.F("organization"),
                KeyTextTransform("name", "folded"),
                models.F("id"),
                name="contacts_contact_by_name",
            ),
            # contact page: what other contacts this one once was.
            models.Index(
                fields=["organization", "merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="contacts_contact_merged",
            ),
        ]


class Address(OfOrganization):
    """A phone, e-mail or BSUID as it was written, with its normalised key."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    kind = models.CharField(max_length=10)  #: phone, email, bsuid
    value = models.CharField(max_length=320)
    key = models.CharField(max_length=320)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)  #: the first is the one to use

    class Meta:
        """Never two contacts for one address."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "key"], name="contacts_address_one_contact")
        ]
        indexes = [
            # contact page, list and judge: the addresses of these contacts.
            models.Index(fields=["organization", "contact"], name="contacts_address_by_contact")
        ]


class Tag(OfOrganization):
    """A mark on contacts."""

    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100)

    class Meta:
        """One tag a name, accents and case ignored."""

        constraints = [models.UniqueConstraint(fields=["organization", "folded"], name="contacts_tag_one_per_name")]


class ContactTag(OfOrganization):
    """A tag on a contact."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    tag = Reference[Tag, Tag]("contacts.Tag")
    fresh = models.BooleanField(db_default=True)  #: put on since flows looked last

    class Meta:
        """A tag stands on a contact once."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "contact", "tag"], name="contacts_contacttag_once")
        ]
        indexes = [
            # filters `tags has …`: the contacts of a tag.
            models.Index(fields=["organization", "tag", "contact"], name="contacts_contacttag_by_tag"),
            # flows: the tags that nobody has looked at; queue: which organizations have any.
            models.Index(
                fields=["organization", "id"], condition=models.Q(fresh=True), name="contacts_contacttag_fresh"
            ),
        ]


class DefaultAssignee(OfOrganization):
    """Who is put on each new conversation of the contact (AC-2); the owner is not stored here."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    person = Reference[Person, Person]("people.Person")
    since = models.DateTimeField()

    class Meta:
        """A person once a contact."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "contact", "person"], name="contacts_defaultassignee_once")
        ]


class CustomField(OfOrganization):
    """A field of the company's own, `custom.KEY` in filters."""

    key = models.CharField(max_length=40)
    label = models.CharField(max_length=100)
    type = models.CharField(max_length=10)  #: text, number, date, choice, multi, yesno
    choices = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)  #: in forms and on the profile
    retired_at = models.DateTimeField(null=True)  #: no form asks it any more; what is kept stays

    class Meta:
        """One field a key."""

        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="contacts_customfield_one")]


class FollowUp(OfOrganization):
    """A call, message, visit or note by a person of ours after the assignment."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    person = Reference[Person, Person]("people.Person")
    kind = models.CharField(max_length=10)  #: call, message, visit, note
    note = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        """Indexes of the timeline."""

        indexes = [
            # contact page: the follow-ups of a contact, newest first.
            models.Index(fields=["organization", "contact", "-at"], name="contacts_followup_by_contact")
        ]


class Sale(OfOrganization):
    """Money agreed with a contact; one that was cancelled or refunded counts as none."""

    contact = Reference[Contact, Contact]("contacts.Contact")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)  #: ISO 4217
    at = models.DateTimeField()  #: when it was agreed
    lead_id = models.BigIntegerField(null=True)  #: the attention that it came of
    seller = Reference[Person, Person]("people.Person")  #: the owner at that instant, else who recorded it
    recorded_by = Reference[Person, Person]("people.Person")
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = Reference[Person | None, Person | None]("people.Person", null=True)

    class Meta:
        """Indexes of the profile, of the rules for clients without sales, and of the share of sales closed."""

        indexes = [
            # contact page: the sales of a contact, newest first; no_sales: the last that stands.
            models.Index(fields=["organization", "contact", "-at"], name="contacts_sale_by_contact"),
        ]


class Merge(OfOrganization):
    """Two contacts found to be one: which was kept, what went over, and whether it was taken back."""

    kept = Reference[Contact, Contact]("contacts.Contact")
    merged = Reference[Contact, Contact]("contacts.Contact")
    actor = Reference[Person, Person]("people.Person")
    owner = Reference[Person | None, Person | None]("people.Person", null=True)  #: who was chosen
    at = models.DateTimeField()
    decision_id = models.BigIntegerField()  #: that took the merged one from its owner
    kept_decision_id = models.BigIntegerField(null=True)  #: that gave the kept one another owner
    moved = models.JSONField(default=dict)  #: ids and values that went over, by kind
    undone_at = models.DateTimeField(null=True)
    undone_by = Reference[Person | None, Person | None]("people.Person", null=True)

    class Meta:
        """A contact goes into one other at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["organization", "merged"],
                condition=models.Q(undone_at__isnull=True),
                name="contacts_merge_one_at_a_time",
            )
        ]
        indexes = [
            # contact page: what was merged into this contact.
            models.Index(fields=["organization", "kept", "-id"], name="contacts_merge_by_kept")
        ]


class SavedView(OfOrganization):
    """Filter, tab, words and columns of the contact list with a name; its person's own, or shared with all."""

    person = Reference[Person, Person]("people.Person")
    name = models.CharField(max_length=60)
    shared = models.BooleanField(default=False)
    address = models.JSONField(default=dict)  #: tab, q and filter, as in the list's address
    columns = models.JSONField(default=list)  #: names in order
    created_at = models.DateTimeField()

    class Meta:
        """One a person and name; indexes of the list's tabs."""

        constraints = [
            models.UniqueConstraint(fields=["organization", "person", "name"], name="contacts_savedview_one_a_name")
        ]
        indexes = [
            # contact list: the views of a person.
            models.Index(fields=["organization", "person", "id"], name="contacts_savedview_by_person")
        ]


class BulkJob(OfOrganization):
    """One change of many contacts: the set as it was fixed at the click, how far it is, what became of each."""

    actor = Reference[Person, Person]("people.Person")
    change = models.CharField(max_length=10, default="")  #: "" while only chosen; owner, tag, untag, undo_…
    person = Reference[Person | None, Person | None]("people.Person", null=True)  #: the owner given; null: nobody
    tag = models.CharField(max_length=100, default="")
    undoes = models.BigIntegerField(null=True)  #: the job that this one takes back
    scopes = models.JSONField(default=list, db_default=[])  #: of the token by which it was begun; empty: of none
    contact_ids = models.JSONField(default=list)  #: of an undo: what `done` has of the other job
    owners = models.JSONField(default=dict, db_default={})  #: contact → whose it was at the click, null: nobody's
    worked = models.PositiveIntegerField(default=0)  #: how many of `contact_ids`, from the first
    done = models.JSONField(default=list)  #: [contact, decision or null] of each that was changed
    skipped = models.JSONField(default=list)  #: [contact, reason] of each that was not
    state = models.CharField(max_length=10, default="chosen")  #: chosen, running, done, stopped
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Indexes of the worker."""

        indexes = [
            # worker: what runs, oldest first; queue: which organizations have any.
            models.Index(
                fields=["organization", "id"], condition=models.Q(state="running"), name="contacts_bulkjob_running"
            )
        ]
