"""The trouble that Reparto must survive: kills, floods, a stopped database, bad senders, bad receivers."""

import pytest

# Their claims fail with what was found, as those of a test do.
pytest.register_assert_rewrite("tests.trouble.check_books", "tests.trouble.world")
