"""Invented people and contacts with which the gallery of components is drawn."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString

AT = datetime(2026, 11, 23, 10, 2, 14, tzinfo=UTC)


def sample() -> dict[str, Any]:
    """Return everything that `gallery.html` shows."""
    people = _people()
    contacts = _contacts()
    return {
        "at": AT,
        "people": people,
        "contacts": contacts,
        "me": {"id": 9, "name": "Valentina Rojas", "hue": 13, "availability": "available"},
        "shell": {"person": {"id": 9, "name": "Valentina Rojas", "availability": "available"}, "urls": {}},
        **_choices(people, contacts),
        **_talk(people, contacts),
        **_words(people),
    }


def _people() -> list[dict[str, Any]]:
    return [
        {"id": 1, "name": "Camila Soto", "hue": 23, "availability": "available"},
        {"id": 2, "name": "Felipe Contreras", "hue": 6, "availability": "away"},
        {"id": 3, "name": "Renata Oliveira", "hue": 1, "availability": "offline"},
    ]


def _contacts() -> list[dict[str, Any]]:
    names = [
        ("Beatriz Nahuelpán", "whatsapp", 11),
        ("Rodrigo Sepúlveda", "email", 4),
        ("Constanza Muñoz", "webform", 19),
        ("Ignacio Larraín", "phone", 9),
    ]
    return [
        {"id": at, "name": name, "channel": channel, "hue": hue, "cell": f"row-{at}"}
        for at, (name, channel, hue) in enumerate(names, start=1)
    ]


def _choices(people: list[dict[str, Any]], contacts: list[dict[str, Any]]) -> dict[str, Any]:
    suggested = {
        "person": people[0],
        "note": "Le toca el turno · atendió a Beatriz en marzo",
        "load": 6,
        "capacity": 12,
    }
    full = {"person": people[1], "note": "al límite", "load": 12, "capacity": 12, "dim": True}
    back = {"person": people[2], "note": "vuelve 15:30", "load": 4, "capacity": 12, "dim": True}
    return {
        "groups": [
            {"label": "Sugerida por la regla 2 · WhatsApp Santiago", "entries": [suggested]},
            {"label": "Ventas › Santiago", "entries": [full, back]},
        ],
        "sources": [{"value": "a", "label": "WhatsApp", "on": True}, {"value": "b", "label": "Web"}],
        "palette": [
            {
                "label": "Acciones",
                "entries": [
                    {"label": "Asignar a…", "icon": "user-plus", "command": "assign"},
                    {"label": "Asignarme", "icon": "user", "command": "take"},
                ],
            },
            {"label": "Contactos", "entries": [{"label": "Beatriz Nahuelpán", "person": contacts[0], "shape": "sq"}]},
        ],
        "rules": [
            _rule(1, name="Flotas y empresas", count=38),
            _rule(2, name="WhatsApp Santiago", count=214, unsaved=True),
            _rule(3, name="Clientes sin ventas", count=0, active=False),
        ],
    }


def _rule(number: int, *, name: str, count: int, active: bool = True, unsaved: bool = False) -> dict[str, Any]:
    return {
        "id": number,
        "position": number,
        "name": name,
        "url": f"/rules/{number}",
        "summary": SafeString("Prospectos · Integración Web · <b>Origen WhatsApp</b>"),
        "people": _people(),
        "more": 1,
        "count_7d": count,
        "last_at": AT if active else None,
        "active": active,
        "unsaved": unsaved,
    }


def _talk(people: list[dict[str, Any]], contacts: list[dict[str, Any]]) -> dict[str, Any]:
    def item(number: int, preview: str, **rest: Any) -> dict[str, Any]:
        contact = contacts[number - 1]
        return {"id": number, "url": f"#{number}", "contact": contact, "channel": contact["channel"], "at": AT} | {
            "preview": preview,
            **rest,
        }

    def message(number: int, direction: str, text: str, **rest: Any) -> dict[str, Any]:
        return {"id": number, "direction": direction, "text": text, "at": AT + timedelta(minutes=number), **rest}

    urgent = [{"label": "Quedan 4 min", "kind": "orphan", "icon": "clock"}]
    photos = [{"kind": "image", "name": "4 fotos", "size": "3,2 MB"}]
    return {
        "conversations": [
            item(1, "Perfecto, ¿puedo ir mañana a las 11?", unread=2, needs=urgent, tags=["Permuta"]),
            item(2, "Re: Cotización 12 camionetas — adjunto la orden de compra firmada", unread=1, tags=["Flotas"]),
            item(3, "Te dejé la simulación del leasing", ours=True, state_label="Esperando al cliente"),
        ],
        "messages_shown": [
            message(1, "in", "Hola, vi el aviso. ¿Lo reciben en parte de pago?"),
            message(2, "out", "¡Hola, Beatriz! Sí, lo recibimos.", author=people[0], status="read"),
            message(3, "in", "Aquí van.", attachments=photos),
            message(4, "out", "¡Gracias!", status="sent"),
            message(5, "out", "Te llamo", status="failed", reason="El número no existe", retry_url="/m/5/retry"),
        ],
        "event": {
            "text": SafeString("La regla <b>2 · WhatsApp Santiago</b> asignó a <b>Valentina Rojas</b>"),
            "at": AT,
            "why_url": "/decisions/1",
        },
        "note": {
            "id": 1,
            "author": people[0],
            "at": AT,
            "text": SafeString('<span class="men">@Diego</span> ¿puedes tasarlo antes de las 13:00?'),
        },
    }


def _words(people: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "why": {
            "person": people[0],
            "title": "Se asignó a Camila Soto",
            "at": AT,
            "decision_id": "48.213",
            "rule": {"name": "Regla 2 · WhatsApp Santiago", "version": 7, "conditions": "Origen es WhatsApp"},
            "passed": [{"label": "Regla 1 · Flotas", "reason": "no coincidió (vehículos 1 < 5)"}],
            "chosen_because": "Revólver: después de Antonia seguía Diego",
            "skipped": [{"name": "Diego", "reason": "12 de 12 abiertas", "short": "al límite"}],
            "rule_url": "/rules/2",
            "history_url": "/contacts/1",
            "page_url": "/decisions/1",
        },
        "banners": [
            {"kind": kind, "text": f"{kind}: 24 h sin mensajes del cliente."}
            for kind in ("info", "ok", "warn", "bad", "orphan", "quiet")
        ],
        "empties": [
            {"kind": kind, "title": "Nada sin asignar", "text": "Todo ya tiene encargado.", "url": "#", "label": "Ver"}
            for kind in ("first", "done", "no_match", "forbidden", "error")
        ],
        "timeline": [
            {"text": SafeString("<b>Regla 2</b> asignó a <b>Camila Soto</b>"), "at": AT, "why_url": "/decisions/1"},
            {"person": people[0], "text": SafeString("<b>Camila Soto</b> pasó a <b>Cotizado</b>"), "at": AT},
            {"text": "Quedó sin encargado", "icon": "user-x", "kind": "orphan", "at": AT, "by": "Felipe Contreras"},
        ],
        "notifications": [
            {"url": "#", "text": "Beatriz quedó a tu cargo", "detail": "Regla 2", "at": AT, "unread": True},
            {"url": "#", "text": "Diego te mencionó", "person": people[1], "at": AT},
        ],
    }
