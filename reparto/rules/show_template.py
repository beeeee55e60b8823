"""
A template as the API answers it and the audit keeps it.

It fills nothing in.
"""

from .models import Template

SHOWN = ("name", "subject", "body")


def show_template(template: Template) -> dict[str, str]:
    """Return what can be changed of a template."""
    return {name: getattr(template, name) for name in SHOWN}
