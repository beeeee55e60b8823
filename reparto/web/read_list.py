"""
Several values in one text field: separated by commas, and one that has a comma itself between quotes.

They are words of a person; whoever stores them judges them.
"""

import csv
from collections.abc import Iterable
from io import StringIO


def read_list(text: str) -> list[str]:
    """Return the values of a field such as `VIP, "Grupo A, S.A."`; empty ones are none."""
    rows = csv.reader([" ".join(text.splitlines())], skipinitialspace=True)
    return [value.strip() for row in rows for value in row if value.strip()]


def write_list(values: Iterable[str]) -> str:
    """Return values as `read_list` reads them, each behind a comma and a space as people write."""
    return ", ".join(_written(value) for value in values)


def _written(value: str) -> str:
    row = StringIO()
    csv.writer(row, lineterminator="").writerow([value])
    return row.getvalue()
