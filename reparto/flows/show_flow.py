"""
A flow as the API answers it and the audit keeps it.

It decides nothing.
"""

from collections.abc import Mapping
from typing import Any

from .models import Flow, FlowVersion

SHOWN = ("name", "trigger", "filters", "steps", "active")
#: What publishing freezes.
FROZEN = ("name", "trigger", "filters", "steps")


def show_flow(flow: Flow) -> dict[str, Any]:
    """Return what can be changed of a flow, by the names of the contract."""
    return {name: getattr(flow, name) for name in SHOWN}


def put_into_flow(flow: Flow, values: Mapping[str, Any]) -> None:
    """Put values by the names of the contract into a flow; the inverse of `show_flow`."""
    for name, value in values.items():
        setattr(flow, name, value)


def differs(flow: Flow, version: FlowVersion | None) -> bool:
    """Say whether the editor holds what the version in force does not."""
    return version is None or any(getattr(flow, name) != getattr(version, name) for name in FROZEN)
