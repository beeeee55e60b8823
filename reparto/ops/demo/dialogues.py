"""What customers and agents of the demo say to each other. Words only; who says them when is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A talk on WhatsApp: the customer begins, then they take turns. `{me}` is the agent, `{you}` the customer."""

    interest: str
    customer: tuple[str, ...]
    agent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody leaves on the web form, and what the agent notes after calling back."""

    interest: str
    message: str
    note: str


CHILE = (
    Dialogue(
        "Permuta sedán 2019",
        (
            "Hola, vi el aviso. Tengo un sedán 2019 con 62.000 km y quiero cambiarlo por una SUV. ¿Lo reciben?",
            "La patente es KXTR·41. Las fotos te las mando en la tarde",
            "Perfecto, ¿puedo ir mañana a las 11?",
            "Genial, ahí estaré. ¡Gracias!",
        ),
        (
            "¡Hola, {you}! Sí, lo recibimos en parte de pago. Para darte un valor hoy necesito la patente y unas fotos"
            " del interior. ¿Me las envías por aquí?",
            "Gracias. Con esa patente el valor referencial es de $ 9.200.000, sujeto a revisión en la sucursal.",
            "¡Claro! Te espero mañana a las 11:00 en Av. Las Condes 11.280. Trae el padrón y la revisión técnica.",
        ),
    ),
    Dialogue(
        "SUV 4×4 híbrida",
        (
            "Buenas, ¿tienen la SUV híbrida 4×4 en stock?",
            "Gris o blanca, me da lo mismo",
            "¿Y el rendimiento en ciudad?",
        ),
        (
            "Hola {you}, soy {me} de Cordillera. Nos quedan dos unidades para entrega inmediata. ¿Qué color buscas?",
            "Tengo una blanca en Las Condes y una gris en Viña. Si quieres te la reservo 48 horas sin costo.",
            "22 km/l en ciudad según homologación. En la prueba de manejo lo puedes ver en el tablero.",
        ),
    ),
    Dialogue(
        "Crédito automotriz",
        (
            "Hola! Quiero simular un crédito para un auto de 14 millones",
            "Puedo dar 4 millones de pie",
            "Mejor a 36. ¿Qué papeles necesito?",
            "Los tengo, te los mando hoy",
        ),
        (
            "¡Hola, {you}! Con gusto. ¿Con cuánto pie cuentas y a cuántos meses lo quieres?",
            "Con 4 millones de pie: 24 cuotas de $ 489.000 o 36 de $ 352.000, aprox. ¿Cuál te acomoda más?",
            "Las tres últimas liquidaciones, cédula por ambos lados y comprobante de domicilio. Te respondo en el día.",
        ),
    ),
    Dialogue(
        "Mantención 30.000 km",
        (
            "Necesito hora para la mantención de los 30 mil",
            "El jueves en la mañana si se puede",
            "Ya, a las 9 entonces",
        ),
        (
            "Hola {you}. Tengo jueves y viernes. ¿Qué día prefieres?",
            "El jueves queda 9:00 y 10:30. Demora unas tres horas y te prestamos auto de cortesía.",
            "Listo: jueves 9:00. Te llegará un recordatorio el día anterior.",
        ),
    ),
    Dialogue(
        "Test drive eléctrico",
        (
            "¿Se puede probar el eléctrico sin compromiso?",
            "Este sábado",
            "Sí, tengo licencia clase B",
            "Súper, gracias",
        ),
        (
            "¡Por supuesto! La prueba dura 30 minutos. ¿Cuándo te viene bien?",
            "El sábado tengo 10:30 y 12:00. ¿Tienes licencia vigente?",
            "Agendado sábado 10:30. Pregunta por {me} al llegar.",
        ),
    ),
    Dialogue(
        "City car automático",
        (
            "Hola, cuánto sale el city car automático?",
            "Sin financiamiento, al contado",
            "y el seguro viene incluido?",
        ),
        (
            "Hola {you}. La automática parte en $ 10.490.000. ¿Lo verías con crédito o al contado?",
            "Al contado te puedo mejorar el precio a $ 10.190.000 hasta fin de mes.",
            "El primer año de seguro va incluido. Si te sirve te envío la cotización formal por correo.",
        ),
    ),
    Dialogue(
        "Renovación de leasing",
        (
            "Me llegó el aviso de que termina mi leasing en dos meses, ¿qué opciones tengo?",
            "Me interesa renovar por el modelo nuevo",
            "Buenísimo, espero la propuesta",
        ),
        (
            "Hola {you}, puedes devolverlo, comprarlo o renovar por uno nuevo. ¿Qué te acomoda más?",
            "Te preparo una propuesta a 36 meses con la misma cuota. La tienes hoy antes de las 18:00.",
            "Te la acabo de enviar al correo. Cualquier duda me escribes por aquí.",
        ),
    ),
    Dialogue(
        "Seguro y garantía",
        ("Hola, quiero extender la garantía de mi camioneta", "Es la 2023, tiene 48 mil", "ok, lo voy a pensar"),
        (
            "¡Hola! Se puede mientras tenga menos de 60.000 km. ¿De qué año es y cuánto lleva?",
            "Entonces sí: dos años más por $ 420.000, incluye asistencia en ruta. ¿Te la dejo cotizada?",
            "Sin problema, {you}. La cotización dura 15 días. Te escribo la próxima semana.",
        ),
    ),
    Dialogue(
        "Camioneta diésel",
        ("¿Tienen la diésel en color blanco?", "4x4 doble cabina", "¿Cuánto demora la entrega?"),
        (
            "Hola {you}. En blanco tengo la doble cabina. ¿La buscas 4×2 o 4×4?",
            "4×4 doble cabina blanca: $ 24.990.000 + IVA. Hay una en bodega.",
            "Cinco días hábiles con patente y TAG incluidos.",
        ),
    ),
    Dialogue(
        "Van 11 pasajeros",
        (
            "Hola, cotización por una van de 11 pasajeros para el hotel",
            "Una sola por ahora",
            "Gracias, lo reviso",
        ),
        (
            "Hola, {you}. ¿Sería una unidad o más? Desde tres hay precio de flota.",
            "Te envié la cotización con y sin mantención incluida. Quedo a tus órdenes.",
            "Cuando quieras coordinamos una visita para que la vean.",
        ),
    ),
)

COLOMBIA = (
    Dialogue(
        "City car automático",
        (
            "Buenas, ¿el carro automático lo tienen en Medellín?",
            "¿Me regala el precio por favor?",
            "Listo, mil gracias",
        ),
        (
            "Hola, {you}, con mucho gusto. Sí, en la sede de El Poblado. ¿Le comparto la ficha?",
            "Desde $ 78.900.000 con matrícula incluida. ¿Le agendo un test drive?",
            "A la orden. Cualquier cosa me escribe por aquí.",
        ),
    ),
    Dialogue(
        "SUV compacta",
        ("Hola! reciben vehículo usado en parte de pago?", "Es modelo 2018, único dueño", "El viernes puedo llevarlo"),
        (
            "¡Hola! Claro que sí. ¿Qué modelo es y cuántos kilómetros tiene?",
            "Perfecto. Lo ideal es verlo para darle un avalúo justo. ¿Cuándo podría traerlo?",
            "Lo espero el viernes en El Poblado, pregunte por {me}.",
        ),
    ),
)

BRAZIL = (
    Dialogue(
        "SUV compacta",
        ("Oi! Vocês aceitam carro usado como entrada?", "É um hatch 2020, 40 mil km", "Ótimo, valeu!"),
        (
            "Oi, {you}! Aceitamos sim. Qual é o modelo e a quilometragem?",
            "Perfeito. Consigo te passar uma avaliação ainda hoje com fotos do carro.",
            "Imagina! Qualquer dúvida é só chamar.",
        ),
    ),
    Dialogue(
        "Carro elétrico",
        ("Oi, tem o elétrico para pronta entrega?", "Quero branco. Quanto fica à vista?", "Vou pensar e te falo"),
        (
            "Oi, {you}! Tenho dois para pronta entrega, um branco e um cinza.",
            "O branco à vista te faço com o seguro do primeiro ano incluído. Te mando a proposta.",
            "Combinado, fico à disposição.",
        ),
    ),
)

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

BY_PLACE: Mapping[str, tuple[Dialogue, ...]] = {"CL": CHILE, "CO": COLOMBIA, "BR": BRAZIL}
BY_OPENING: Mapping[str, Dialogue] = {one.customer[0]: one for known in BY_PLACE.values() for one in known}
BY_TOPIC: Mapping[str, tuple[Inquiry, ...]] = {"web": WEB, "fleet": FLEET, "support": SUPPORT}
