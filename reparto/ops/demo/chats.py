"""What customers and agents of the demo say to each other on WhatsApp. Words only."""

from .dialogue import Dialogue

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
    Dialogue(
        "Sucursal y horario",
        ("Hola, ¿atienden los sábados en Las Condes?", "¿Y se puede llegar en metro?", "Buenísimo, paso el sábado"),
        (
            "¡Hola, {you}! Sí, los sábados de 10:00 a 14:00.",
            "Desde Manquehue son diez minutos caminando. También hay estacionamiento para clientes.",
            "Te espero. Pregunta por {me} en el mesón.",
        ),
    ),
    Dialogue(
        "Repuestos",
        ("¿Tienen pastillas de freno para el sedán 2021?", "Delanteras", "¿Me las pueden instalar?"),
        (
            "Hola {you}. ¿Delanteras o traseras?",
            "Hay en stock: $ 48.900 el juego, originales.",
            "Claro, la instalación toma una hora. ¿Te sirve el lunes en la mañana?",
        ),
    ),
    Dialogue(
        "Primer auto",
        ("Busco mi primer auto, algo económico", "Unos 8 millones", "Uso ciudad más que nada", "Ya, voy a verlo"),
        (
            "¡Qué buena, {you}! ¿Cuál es tu presupuesto aproximado?",
            "Tengo dos seminuevos con garantía en ese rango. ¿Lo usarías en ciudad o en carretera?",
            "Entonces el hatch 1.2: rinde 19 km/l y el seguro es de los más baratos.",
        ),
    ),
    Dialogue(
        "Entrega y patente",
        ("¿Cuándo me entregan el auto? Lo pagué el lunes", "Ok, ¿y la patente?", "Gracias por la respuesta rápida"),
        (
            "Hola {you}, lo reviso ahora. Está en preparación, sale mañana de bodega.",
            "La patente ya está inscrita, te la entregamos junto con el auto y el permiso al día.",
            "De nada. Te llamo mañana para coordinar la hora.",
        ),
    ),
    Dialogue(
        "Bono de noviembre",
        ("Vi en Instagram un bono de $ 1.000.000, ¿sigue?", "¿Aplica para la SUV?", "¿Y se suma al pie?"),
        (
            "Hola {you}. Sí, hasta el 30 de noviembre con crédito.",
            "Aplica a toda la línea SUV menos la versión de entrada.",
            "Se descuenta del precio, así que tu pie queda igual y baja la cuota. ¿Te hago el cálculo?",
        ),
    ),
    Dialogue(
        "Cargador en casa",
        (
            "El eléctrico, ¿incluye el cargador para la casa?",
            "Vivo en departamento",
            "Ah, perfecto. Lo consulto con la comunidad",
        ),
        (
            "¡Hola! Incluye el cargador; la instalación se cotiza según tu empalme. ¿Casa o departamento?",
            "En edificios también se puede: mandamos a un técnico sin costo a evaluar el estacionamiento.",
            "Si te ayuda, te envío la carta modelo para el comité. Nos ha funcionado bien.",
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
