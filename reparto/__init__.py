"""Reparto: every contact has a person responsible for it, and one can always say why that person."""

__version__ = "0.1.0"
