"""
What a clock shows in a zone, whatever the zone is called.

The desk reads everybody's zone in one statement: one name that the database does not know must not stop a company.
Python takes such a name as UTC (`engine.eligibility`), so does this.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION kit_local_time(at timestamptz, zone text) RETURNS timestamp LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN at AT TIME ZONE zone;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN at AT TIME ZONE 'UTC';
END $$
"""


class Migration(migrations.Migration):
    """Add the function."""

    dependencies = [("kit", "0004_find_edits")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION kit_local_time(timestamptz, text)")]
