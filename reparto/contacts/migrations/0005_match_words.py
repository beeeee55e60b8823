"""Search: all words in one look into the index, where each word was a search of its own."""

from django.db import migrations

from reparto.kit.tenancy import CURRENT

#: The old code asks for one word at a time, which means the same here. The three longest words are looked up in the
#: index, which keeps what has them all; the others are compared with what is left.
MATCH = f"""
CREATE OR REPLACE FUNCTION contacts_matching(needle text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE words text[];
BEGIN
    SELECT array_agg('%' || replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
                     ORDER BY length(word) DESC)
    INTO words FROM string_to_table(needle, ' ') AS word;
    RETURN QUERY
        SELECT c.id FROM contacts_contact c
        WHERE c.organization_id = {CURRENT}
          AND c.search LIKE words[1]
          AND c.search LIKE coalesce(words[2], words[1])
          AND c.search LIKE coalesce(words[3], words[1])
          AND c.search LIKE ALL (words);
END $$
"""


class Migration(migrations.Migration):
    """Owner, grants and name of the function stay."""

    dependencies = [("contacts", "0004_list_clients")]
    operations = [migrations.RunSQL(MATCH, migrations.RunSQL.noop)]
