"""The demo company's own: its groups, people, accounts and rules. Data only; `found_cordillera` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

NAME = "Cordillera"
DOMAIN = "cordillera.example"
#: Printed when the demo starts; the demo serves on this machine alone.
PASSWORD = "reparto-demo"  # noqa: S105 (known to everybody on purpose)
PHONE_NUMBER_ID = "106540352242922"

Way = Literal["whatsapp", "webform"]

#: Group → the one above it; "" is the root.
GROUPS: Mapping[str, str] = {
    "Ventas": "",
    "Santiago": "Ventas",
    "Viña": "Ventas",
    "Medellín": "Ventas",
    "Soporte": "",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the company."""

    name: str
    email: str
    group: str
    role: str
    capacity: int | None = 12
    ways: tuple[Way, ...] = ("whatsapp", "webform")  #: received from automatically
    language: str = "es"
    zone: str = "America/Santiago"

    @property
    def receives(self) -> bool:
        """Whether work is given to them."""
        return bool(self.ways)


def _part(name: str, group: str, role: str = "agent", **more: Any) -> Part:
    local = name.split(maxsplit=1)[0].lower().translate(str.maketrans("áéíóúñ", "aeioun"))
    return Part(name, f"{local}@{DOMAIN}", group, role, **more)


ADMIN = _part("Ignacia Fuenzalida", "", "admin", capacity=None, ways=())
MANAGER = _part("Valentina Rojas", "Ventas", "manager")
AGENT = _part("Camila Soto", "Santiago")
MEDELLIN = "America/Bogota"
PEOPLE = (
    ADMIN,
    MANAGER,
    AGENT,
    _part("Matías Herrera", "Santiago"),
    _part("Antonia Vidal", "Santiago"),
    _part("Diego Fuentes", "Santiago", capacity=10),
    _part("Felipe Contreras", "Santiago"),
    _part("Renata Oliveira", "Santiago", capacity=10),
    _part("Josefa Lagos", "Viña"),
    _part("Tomás Riquelme", "Viña"),
    _part("Andrés Restrepo", "Medellín", capacity=8, zone=MEDELLIN),
    _part("Luisa Gómez", "Medellín", capacity=8, zone=MEDELLIN),
    _part("Pablo Muñoz", "Soporte", ways=("webform",)),
    _part("Daniela Pizarro", "Soporte", ways=("webform",)),
)
#: Whom a viewer signs in as, and what to call them.
SIGN_INS = ((ADMIN, "administradora"), (MANAGER, "gerente"), (AGENT, "agente"))

CAMPAIGNS: Mapping[str, tuple[str, ...]] = {
    "Feria Automotriz 2026": ("Camila", "Matías", "Josefa", "Valentina"),
    "Recambio de flotas": ("Antonia", "Diego"),
}
#: The company's own fields: key → label and type.
FIELDS: Mapping[str, tuple[str, str]] = {
    "interes": ("Interés", "text"),
    "vehiculos": ("N.º de vehículos", "number"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule; whom it is for is said by first names, or by a group's name."""

    description: str
    filters: Mapping[str, Any]
    people: tuple[str, ...] = ()
    group: str = ""
    tags: tuple[str, ...] = ()
    if_nobody: str = "next"
    active: bool = True


def _is(field: str, value: Any, op: str = "is") -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


RULES = (
    Plan(
        "Flotas y empresas", _is("custom.vehiculos", 5, ">="), ("Antonia", "Diego"), tags=("Flota",), if_nobody="wait"
    ),
    Plan("Soporte y posventa", _is("source", "Soporte"), group="Soporte", tags=("Posventa",)),
    Plan(
        "WhatsApp Chile",
        {"all": [_is("source", "WhatsApp"), _is("phone", "+56", "starts")]},
        ("Matías", "Antonia", "Diego", "Valentina", "Felipe", "Camila"),
        tags=("Venta directa",),
    ),
    Plan("Viña y la costa", _is("region", "Valparaíso"), group="Viña", tags=("V Región",)),
    Plan(
        "Leads de Meta y web, Santiago",
        {"all": [_is("source", ["Meta Lead Ads", "Web"], "in"), _is("region", "Metropolitana")]},
        ("Diego", "Camila", "Josefa", "Felipe", "Matías"),
        tags=("RM",),
    ),
    Plan(
        "Colombia",
        {"any": [_is("country", "CO"), _is("phone", "+57", "starts")]},
        group="Medellín",
        tags=("Colombia",),
        if_nobody="wait",
    ),
    Plan("Idioma portugués", _is("phone", "+55", "starts"), ("Renata",), tags=("Português",)),
    Plan(
        "Liquidación de fin de año", _is("custom.interes", "city car", "contains"), ("Felipe", "Josefa"), active=False
    ),
)

#: Why people are away, and for how many minutes.
ABSENCES = (("Almuerzo", 8), ("En reunión", 6), ("Prueba de manejo", 5), ("En una llamada", 3), ("Con un cliente", 4))
