"""
Model fields of the house: a reference to another row of the same organization.

They carry no behaviour beyond what the database holds.
"""

from typing import Any

from django.db import models


class Reference[ST, GT](models.ForeignKey[ST, GT]):
    """
    A foreign key whose constraint is composite, `(organization_id, x_id)`.

    Django's own constraint would allow a row of another organization, so it is left out here
    and added by `kit.tenancy.protect` in the table's migration. Rows are never deleted in cascade.
    """

    def __init__(self, to: Any, **options: Any) -> None:
        """Take the label of the model; indexes are named one by one where a query needs them."""
        options.setdefault("related_name", "+")
        options.setdefault("db_index", False)
        options["on_delete"] = options.get("on_delete", models.DO_NOTHING)
        super().__init__(to, **{**options, "db_constraint": False})

    def deconstruct(self) -> Any:
        """Leave out what the constructor always sets."""
        name, path, args, kwargs = super().deconstruct()
        for implied in ("on_delete", "db_constraint"):
            kwargs.pop(implied, None)
        kwargs["db_index"] = bool(getattr(self, "db_index", False))
        return name, path, args, kwargs
