"""
Run two sides in turn (A B A B …) and print the median of the pairwise ratios.

Absolute figures of a shared machine mean little; the ratio of two sides in one run holds.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

PAIRS = 7


@dataclass(frozen=True)
class Side:
    """One side: its name, and what does some work and returns how many items it did."""

    name: str
    work: Callable[[], int]


def rate(side: Side) -> float:
    """Return items a second of one run."""
    begun = time.perf_counter()
    items = side.work()
    return items / (time.perf_counter() - begun)


def compare(title: str, bare: Side, ours: Side, *, goal: str, pairs: int = PAIRS) -> float:
    """Print the table of a comparison and return the median ratio, ours to bare."""
    rate(bare), rate(ours)
    rates = [(rate(bare), rate(ours)) for _ in range(pairs)]
    ratios = [mine / raw for raw, mine in rates]
    print(f"\n{title}")
    print(f"  {bare.name:<44} {median(raw for raw, _ in rates):>10,.0f} /s")
    print(f"  {ours.name:<44} {median(mine for _, mine in rates):>10,.0f} /s")
    print(f"ratio: {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}; goal {goal})")
    return median(ratios)
