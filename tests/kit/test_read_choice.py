"""Values that have few right answers: what is taken, and what only looks right on one machine."""

import pytest

from reparto.kit.clock import now
from reparto.kit.faults import Faults
from reparto.kit.prepared import prepared_cursor
from reparto.kit.read_choice import read_time_zone, time_zones


class TestTimeZones:
    @pytest.mark.parametrize("name", ["localtime", "posix/America/Lima", "right/America/Lima", "../etc", "", None, 5])
    def test_are_those_of_the_list(self, name: object) -> None:
        """A file in this machine's folder of zones is no zone yet: the database may not know it."""
        faults = Faults()
        read_time_zone(name, path="time_zone", faults=faults)

        assert ["unknown_time_zone"] == [one.code for one in faults.found]

    @pytest.mark.django_db
    def test_have_a_clock_whatever_they_are_called(self) -> None:
        """EC-58: What the database does not know is taken as UTC: nobody's zone stops a company's desk."""
        with prepared_cursor() as cursor:
            cursor.execute("SELECT kit_local_time(%s, 'localtime') = %s AT TIME ZONE 'UTC'", [now()] * 2)
            assert (True,) == cursor.fetchone()
            cursor.execute(
                "SELECT count(*) FROM unnest(%s::text[]) AS zone, kit_local_time(%s, zone)", [list(time_zones()), now()]
            )
            assert (len(time_zones()),) == cursor.fetchone()
