"""
The status of a contact with its dot: how far things are, for the words that companies use most.

The word is always beside the dot; a word that is not known here has a plain dot.
"""

from reparto.engine import fold

#: (form, kind) of `components/status.html` → words in the three languages, folded.
LOOKS = {
    ("ring", "info"): ("nuevo", "nueva", "new", "novo", "nova"),
    ("half", "acc"): (
        "en atencion",
        "en proceso",
        "contactado",
        "in progress",
        "contacted",
        "em atendimento",
        "contatado",
    ),
    ("half", "warn"): ("cotizado", "en negociacion", "quoted", "negotiating", "orcado", "em negociacao", "pendiente"),
    ("", "ok"): ("agendado", "ganado", "activo", "scheduled", "won", "active", "ganho", "ativo"),
    ("", "bad"): ("perdido", "lost", "bloqueado", "blocked"),
}
BY_WORD = {word: look for look, words in LOOKS.items() for word in words}


def show_status(label: object) -> dict[str, str] | None:
    """Return {label, form, kind}; None for no status."""
    if not label:
        return None
    form, kind = BY_WORD.get(fold(str(label)), ("", ""))
    return {"label": str(label), "form": form, "kind": kind}
