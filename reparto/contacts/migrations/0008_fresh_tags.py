"""Which tags were put on since flows looked last: those that stand already are not, those to come are."""

from django.db import migrations, models

from reparto.kit.tenancy import show_to_queue

#: A default that is a constant is not written into the rows: both statements take no time however many there are.
ADD = [
    "ALTER TABLE contacts_contacttag ADD COLUMN fresh boolean NOT NULL DEFAULT false",
    "ALTER TABLE contacts_contacttag ALTER COLUMN fresh SET DEFAULT true",
]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0007_find_merged")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(one, migrations.RunSQL.noop) for one in ADD],
            state_operations=[
                migrations.AddField("contacttag", "fresh", models.BooleanField(db_default=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="contacttag",
            index=models.Index(
                condition=models.Q(("fresh", True)), fields=["organization", "id"], name="contacts_contacttag_fresh"
            ),
        ),
        *show_to_queue("contacts_contacttag", "organization_id, id, fresh", where="fresh"),
    ]
