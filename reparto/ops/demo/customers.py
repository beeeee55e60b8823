"""
Who writes to the demo company: the customer of a number, always the same one. Pure: no chance, no table.

A customer's telephone tells their number, so that nothing of them need be stored beside the company's own rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .dialogue import Dialogue, Inquiry
from .dialogues import BY_PLACE, BY_TOPIC

Topic = Literal["chat", "web", "fleet", "support"]

#: As many numbers as four digits name; `STEP` scatters them and has no divisor in common with it.
NUMBERS, STEP = 10_000, 7_919
UNSTEP = pow(STEP, -1, NUMBERS)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST: Mapping[str, tuple[str, ...]] = {
    "CL": _words(
        "Beatriz Rodrigo Constanza Ignacio Joaquín Gabriel Noemí Sergio Paulina Hernán Macarena Emilio Catalina"
        " Benjamín Francisca Vicente Javiera Cristóbal Isidora Maximiliano Trinidad Agustín Fernanda Nicolás"
        " Amanda Sebastián Martina Gonzalo Carolina Rodolfo Ximena Patricio Loreto Claudio Marcela Eduardo"
        " Verónica"
    ),
    "CO": _words("Juliana Santiago Natalia Alejandro Daniela Mauricio Paola Esteban Catherine Jairo"),
    "BR": _words("Ana Gustavo Larissa Rafael Beatriz Thiago Juliana Leandro Camile Bruno"),
}
LAST: Mapping[str, tuple[str, ...]] = {
    "CL": _words(
        "Nahuelpán Sepúlveda Muñoz Larraín Peña Echeñique Catrileo Huenchumil Arancibia Cifuentes Toledo Zárate"
        " Irarrázaval Bustos Valenzuela Cárcamo Oyarzún Santibáñez Quezada Llanos Urrutia Espinoza Carvajal"
        " Painemal Godoy Alarcón Montecinos Saavedra Yáñez Cortés Vergara Maturana Leiva"
    ),
    "CO": _words("Quiroga Ospina Jaramillo Betancur Giraldo Arango Londoño Zapata Echeverri"),
    "BR": _words("Ferreira Almeida Nogueira Carvalho Teixeira Barbosa Monteiro Azevedo Ramos"),
}
COMPANIES = (
    "Transportes Ñuble SpA",
    "Constructora Maipo",
    "Agrícola Trufquén",
    "Hotel Reñaca Norte",
    "Clínica Los Boldos",
    "Colegio San Gaspar",
    "Viña Quebrada Alta",
    "Minera Punta Negra",
)
#: Region and city of web leads. No rule speaks for the last two: somebody will have to look.
PLACES = (
    *(("Metropolitana", city) for city in ("Ñuñoa", "Maipú", "La Reina", "Providencia", "Puente Alto")),
    *(("Valparaíso", city) for city in ("Viña del Mar", "Valparaíso", "Quilpué")),
    ("Araucanía", "Temuco"),
    ("Antofagasta", "Antofagasta"),
)
#: Of a hundred customers: up to which place each kind goes, and what it is.
KINDS: tuple[tuple[int, Topic, str], ...] = (
    (44, "chat", "CL"),
    (52, "chat", "CO"),
    (57, "chat", "BR"),
    (88, "web", "CL"),
    (94, "fleet", "CL"),
    (100, "support", "CL"),
)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who writes."""

    number: int
    topic: Topic
    country: str
    name: str
    phone: str

    @property
    def by_chat(self) -> bool:
        """Whether they write by WhatsApp; the others leave a form."""
        return self.topic == "chat"

    @property
    def first_name(self) -> str:
        """What they are called."""
        return self.name.split(maxsplit=1)[0]

    @property
    def source(self) -> str:
        """Where the form says that they come from."""
        if self.topic == "support":
            return "Soporte"
        return "Meta Lead Ads" if self.topic == "web" and self.number % 5 in (1, 3) else "Web"

    @property
    def place(self) -> tuple[str, str]:
        """Region and city."""
        return PLACES[self.number * 3 % len(PLACES)]

    @property
    def email(self) -> str:
        """An address at a domain that nobody can have."""
        return f"cliente{self.number:04d}@correo.example"

    def dialogue(self, time: int = 0) -> Dialogue:
        """What they write about the first time, the second, …"""
        known = BY_PLACE[self.country]
        return known[(self.number + time) % len(known)]

    def inquiry(self) -> Inquiry:
        """What they leave on the form."""
        known = BY_TOPIC["web" if self.by_chat else self.topic]
        return known[self.number % len(known)]

    @property
    def company(self) -> str:
        """Whom a buyer of many buys for."""
        return COMPANIES[self.number % len(COMPANIES)] if self.topic == "fleet" else ""

    @property
    def vehicles(self) -> int:
        """How many they want."""
        return 4 + self.number % 11


def make_customer(number: int) -> Customer:
    """Return the customer of a number from 0 to 9,999."""
    topic, country = _kind(number)
    first, last = FIRST[country], LAST[country]
    name = f"{first[number % len(first)]} {last[(number * 5 + number // len(first)) % len(last)]}"
    return Customer(number, topic, country, name, _phone(number, country))


def number_of(phone: str) -> int:
    """Return the number of the customer behind a telephone."""
    return int(phone[-4:]) * UNSTEP % NUMBERS


def _kind(number: int) -> tuple[Topic, str]:
    place = number * 37 % 100
    return next((topic, country) for limit, topic, country in KINDS if place < limit)


def _phone(number: int, country: str) -> str:
    prefix = {"CL": "+56 9 5550 ", "CO": "+57 310 555 ", "BR": "+55 11 95550-"}[country]
    return f"{prefix}{number * STEP % NUMBERS:04d}"
