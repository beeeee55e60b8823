"""
The demo: a made-up company, its people, and the world that writes to it.

It goes by the product's own verbs and hooks, and nothing in the product knows of it but `up --demo`.
"""

from .run_demo import run_demo

__all__ = ["run_demo"]
