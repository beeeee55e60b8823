"""A filter is read as a sentence (UP-10): no raw instants, no bare brackets, no codes that nobody knows."""

from typing import Any

import pytest
from django.utils import timezone, translation

from reparto.contacts.spell_filter import spell_filter

NAMES = {("custom.vence", 0): "Vence", ("custom.activo", 0): "Activo", ("custom.activo=true", 0): "Sí"}
CITY = {"field": "city", "op": "is", "value": "Puebla"}


def leaf(field: str, op: str, value: Any) -> dict[str, Any]:
    """Return a question of the filter language."""
    return {"field": field, "op": op, "value": value}


class TestASentence:
    @pytest.mark.parametrize(
        ("stored", "said"),
        [
            (
                leaf("custom.vence", "between", ["2026-03-01T00:00:00+00:00", "2026-03-31T23:00:00-06:00"]),
                "Vence está entre 01/03/2026 y 31/03/2026 23:00",
            ),
            (leaf("sellers", "between", [2.5, 10]), "Número de vendedores está entre 2,5 y 10"),
            (leaf("kind", "not_in", ["client"]), "Tipo de contacto no es Cliente"),
            (leaf("tags", "has_any", ["vip"]), "Etiquetas tiene vip"),
            (leaf("country", "in", ["MX", "México"]), "País es uno de México"),
            (leaf("language", "is", "es"), "Idioma es Español"),
            (leaf("custom.activo", "is", "true"), "Activo es Sí"),
            ({"not": CITY}, "no: Ciudad es Puebla"),
            ({"not": {"any": [CITY, leaf("source", "is", "Web")]}}, "no: (Ciudad es Puebla o Origen es Web)"),
            ({"any": []}, "ningún contacto"),
            ({"all": [{"all": []}, CITY]}, "cualquier contacto y Ciudad es Puebla"),
            ({"not": {"all": []}}, "no: cualquier contacto"),
        ],
    )
    def test_is_read_by_people(self, stored: dict[str, Any], said: str) -> None:
        """Days as days, both ends joined, one value as one, what is denied and what is empty in words."""
        with translation.override("es"), timezone.override("America/Mexico_City"):
            assert said == "".join(word for word, _ in spell_filter(stored, NAMES, top=True))
