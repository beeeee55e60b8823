"""What an answer of the Cloud API says. It does not judge its status, nor what is missing."""

import json
from typing import Any

from reparto.kit.http import Answer


def read_answer(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer; empty when it is anything else, as a gateway's page is."""
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
