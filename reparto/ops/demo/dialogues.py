"""What is said in the demo beside chats: forms, notes, and which chat begins how."""

from collections.abc import Mapping

from .chats import BRAZIL, CHILE, COLOMBIA
from .dialogue import Dialogue, Inquiry

WEB = (
    Inquiry(
        "SUV 4×4 híbrida",
        "Quiero cotizar la SUV híbrida, entrega en noviembre.",
        "Le interesa entrega inmediata; visita el sábado.",
    ),
    Inquiry("Crédito automotriz", "¿Trabajan con pie de 20 %?", "Envié simulación a 24 y 36 meses por correo."),
    Inquiry(
        "Test drive eléctrico",
        "Me gustaría probar el eléctrico en la sucursal más cercana.",
        "Agendada prueba de manejo, jueves 17:30.",
    ),
    Inquiry(
        "Permuta sedán 2019", "Tengo un auto para entregar en parte de pago.", "Pide tasación; le pedí fotos y patente."
    ),
    Inquiry(
        "City car automático", "Precio final con bono, por favor.", "Compara con otra marca; ofrecí bono de fin de mes."
    ),
    Inquiry(
        "Camioneta diésel",
        "Necesito una doble cabina 4×4 para el campo.",
        "Quiere doble cabina blanca; cotización enviada.",
    ),
    Inquiry("Renovación de leasing", "Mi contrato vence en enero.", "Prefiere renovar; propuesta el lunes."),
    Inquiry(
        "SUV compacta",
        "¿Tienen financiamiento para independientes?",
        "Independiente; faltan boletas de los últimos seis meses.",
    ),
)

FLEET = (
    Inquiry(
        "Flota · 12 camionetas",
        "Licitación de 12 camionetas 4×4 para faena.",
        "Reunión con compras el martes; piden mantención incluida.",
    ),
    Inquiry(
        "Flota · 4 furgones", "Renovamos los furgones de reparto en marzo.", "Comparan leasing y compra; enviar ambas."
    ),
    Inquiry(
        "Bus escolar",
        "Buscamos dos buses escolares con cinturón de tres puntas.",
        "Necesitan homologación; consulté a fábrica.",
    ),
)

SUPPORT = (
    Inquiry(
        "Posventa",
        "El sensor de estacionamiento suena solo. Sigue en garantía.",
        "Ingresa al taller el miércoles; garantía vigente.",
    ),
    Inquiry(
        "Posventa",
        "No me ha llegado el certificado de la última mantención.",
        "Reenviado el certificado, confirmó que lo recibió.",
    ),
    Inquiry(
        "Posventa", "¿Dónde veo el estado de mi repuesto pedido?", "Repuesto llega el viernes; avisar por teléfono."
    ),
)

NOTES = (
    "Cliente antiguo, compró en 2022. Tratar con prioridad.",
    "Pidió que lo llamen después de las 18:00.",
    "Compara con otra concesionaria; el precio es lo que decide.",
    "Viene con su familia el sábado, reservar estacionamiento.",
    "Ya tiene crédito preaprobado en su banco.",
)
"""What agents note in private."""

LATER = ("¿Alguna novedad?", "Hola, ¿siguen ahí?", "Quedo atento, gracias")
"""What customers write when they have waited for long."""

THANKS = ("¡Muchas gracias!", "Perfecto, muy amable", "Ok, quedo atento", "👍", "¡Buenísimo! Gracias por la ayuda")
"""What customers write when all is said."""

BY_PLACE: Mapping[str, tuple[Dialogue, ...]] = {"CL": CHILE, "CO": COLOMBIA, "BR": BRAZIL}
BY_OPENING: Mapping[str, Dialogue] = {one.customer[0]: one for known in BY_PLACE.values() for one in known}
BY_TOPIC: Mapping[str, tuple[Inquiry, ...]] = {"web": WEB, "fleet": FLEET, "support": SUPPORT}
