"""P1 and P2: deciding one at a time and in batches of 500, against the bare database doing the same durable work."""

from collections.abc import Iterator

from reparto.assignment.decide_waiting import decide_waiting

from .bare_desk import assign_batch, assign_one_by_one, connect
from .compare import Side, compare
from .population import AT, Company, a_company, add_contacts

ONES = 150
BATCH = 500


def run() -> dict[str, float]:
    """Print both comparisons; 20 agents, 6 rules."""
    company = a_company()
    own = connect(company)
    singles = one_at_a_time(company, own)
    batches = in_batches(company, own)
    return {"P1": singles, "P2": batches}


def one_at_a_time(company: Company, own: object) -> float:
    """P1: one item through the whole desk, against four bare statements."""
    spare = _endless(company)

    def bare() -> int:
        return assign_one_by_one(own, company, spare, ONES)  # type: ignore[arg-type]

    def ours() -> int:
        return sum(decide_waiting(company.organization_id, at=AT, limit=1) for _ in range(ONES))

    add_contacts(company, ONES * 9, line=True)
    return compare(
        "P1  one item at a time, 20 agents, 6 rules",
        Side("bare: 4 statements and a commit", bare),
        Side("the desk: snapshot, engine, trace, ledger", ours),
        goal="≥ 0.4",
    )


def in_batches(company: Company, own: object) -> float:
    """P2: 500 waiting items in one sitting, against a bare batch of 500; and against bare one at a time."""
    stock = [add_contacts(company, BATCH, seed=seed) for seed in range(40)]

    def bare() -> int:
        return assign_batch(own, company, stock.pop())  # type: ignore[arg-type]

    def ours() -> int:
        return decide_waiting(company.organization_id, at=AT)

    add_contacts(company, BATCH * 9, line=True)
    ratio = compare(
        "P2  500 items in one sitting",
        Side("bare: one batch of 500 by unnest", bare),
        Side("the desk: one sitting of 500", ours),
        goal="≥ 0.33",
    )
    add_contacts(company, BATCH * 9, line=True)
    spare = _endless(company)
    compare(
        "P2b 500 items in one sitting, against one at a time",
        Side("bare: 4 statements and a commit", lambda: assign_one_by_one(own, company, spare, ONES)),  # type: ignore[arg-type]
        Side("the desk: one sitting of 500", ours),
        goal="≥ 4",
    )
    return ratio


def _endless(company: Company) -> Iterator[int]:
    """Yield contacts without owner, more when they run out."""
    seed = 1_000
    while True:
        yield from add_contacts(company, 1_000, seed=seed)
        seed += 1
