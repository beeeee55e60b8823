"""Row-level security, composite keys and rights of the tables of `people`."""

from django.db import migrations

from reparto.kit.tenancy import protect


class Migration(migrations.Migration):
    """Protect what 0001 made."""

    dependencies = [("people", "0001_tables"), ("kit", "0002_protect")]
    operations = [
        *protect("people_group", refers={"parent_id": "people_group"}),
        *protect("people_person", refers={"group_id": "people_group"}),
        *protect("people_grant", refers={"person_id": "people_person", "group_id": "people_group"}),
        *protect("people_campaign"),
        *protect("people_campaignmember", refers={"campaign_id": "people_campaign", "person_id": "people_person"}),
        *protect("people_token", refers={"person_id": "people_person"}),
        *protect("people_presence", refers={"person_id": "people_person"}),
        *protect("people_workinghours", refers={"person_id": "people_person"}),
        *protect("people_absence", refers={"person_id": "people_person"}),
    ]
