"""`reparto simulate`: real history, replayed through other rules."""

import json
from argparse import Namespace
from typing import Any

from ..answer import Answer, Refusal
from ..enter_installation import enter_installation


def simulate(options: Namespace) -> Answer:
    """Say who would have received what; nothing is written."""
    try:
        written = json.loads(options.rules.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Refusal(f"{options.rules} cannot be read as JSON: {error}") from None
    with enter_installation(options.data):
        from reparto.kit.faults import Invalid
        from reparto.reports.simulate_rules import simulate_rules

        try:
            figures = simulate_rules(written, since=options.since, until=options.until, email=options.person)
        except (LookupError, Invalid) as error:
            raise Refusal(str(error)) from None
    return Answer(_text(figures), figures)


def _text(figures: dict[str, Any]) -> str:
    would, happened = figures["would"], figures["happened"]
    lines = [
        f"{figures['since']} to {figures['until']}: {figures['items']} came, {figures['differing']} would differ.",
        f"{'':<28}{'would':>8}{'was':>8}",
        *(
            f"{name:<28}{would[name]:>8}{happened[name]:>8}"
            for name in ("assigned", "queued", "unmatched", "owner_changes")
        ),
        "",
        f"{'person':<28}{'would':>8}{'was':>8}{'peak':>8}",
        *(
            f"{one['name'] or one['person_id']:<28}{one['received']:>8}{one['happened']:>8}{one['peak_load']:>8}"
            for one in figures["people"]
        ),
    ]
    return "\n".join(lines)
