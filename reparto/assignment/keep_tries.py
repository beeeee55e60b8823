"""
What the last try said of all that waits on: kept with the waiting row, so that ¿Por qué? is of now.

The decision that let it wait stays as it was; a try that says the same again writes nothing but when it was.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from reparto.engine import Decision, freeze_traces, thaw_trace
from reparto.kit.write_array import write_array

from .write_decisions import Made, Order

#: What moves from try to try without being another reason.
FIGURES = frozenset({"load", "given"})
WAIT_ON = """
UPDATE assignment_waiting w
SET outcome = t.outcome, reason = t.reason, due_at = t.due_at, tried_at = %(at)s, tried_key = t.key,
    decision_id = CASE WHEN t.new THEN t.decision ELSE w.decision_id END,
    tried = CASE WHEN t.new THEN NULL WHEN t.said = '' THEN w.tried ELSE t.said::jsonb END
FROM unnest(%(ids)s::bigint[], %(outcomes)s::text[], %(reasons)s::text[], %(due)s::timestamptz[],
            %(decisions)s::bigint[], %(new)s::bool[], %(keys)s::text[], %(said)s::text[])
    AS t (id, outcome, reason, due_at, decision, new, key, said)
WHERE w.id = t.id
"""


def keep_tries(order: Order, waiting: Sequence[Made], *, new: Sequence[bool], version: int) -> None:
    """Store of what waits on why, until when, and what the try said; `new`: it has a decision of its own."""
    if not waiting:
        return
    shared, rows = freeze_traces([one.decision for one in waiting])
    keys = list(_keys(shared, rows, version))
    said = [
        "" if fresh or key == one.waits.tried_key else _said(one.decision, thaw_trace(row, shared=shared), version)
        for one, fresh, key, row in zip(waiting, new, keys, rows, strict=True)
    ]
    order.run(
        WAIT_ON,
        ids=write_array(one.waits.item.id for one in waiting),
        outcomes=write_array(one.decision.outcome for one in waiting),
        reasons=write_array(one.decision.reason for one in waiting),
        due=[one.decision.next_try_at for one in waiting],
        decisions=write_array(one.waits.decision_id for one in waiting),
        new=list(new),
        keys=write_array(keys),
        said=said,
    )


def _keys(shared: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], version: int) -> Iterator[str]:
    """What each says, short: those that say the same have the same key. What many share is looked at once."""
    steps, cards = [_reasons(one) for one in shared["steps"]], [_reasons(one) for one in shared["candidates"]]
    lists = [_digest([_of(one, cards) for one in numbers]) for numbers in shared["lists"]]
    for row in rows:
        people = lists[row["candidates"]] if "candidates" in row else ""
        yield _digest([version, people, *(_of(one, steps) for one in row.get("steps", ()))])


def _of(entry: Any, known: Sequence[str]) -> str:
    return known[entry] if isinstance(entry, int) else _reasons(entry)


def _reasons(part: Mapping[str, Any]) -> str:
    detail = {name: one for name, one in (part.get("detail") or {}).items() if name not in FIGURES}
    return json.dumps({**part, "detail": detail}, sort_keys=True)


def _digest(parts: Sequence[Any]) -> str:
    return blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()


def _said(decision: Decision, trace: Mapping[str, Any], version: int) -> str:
    """What the decision would say if it were made now (`tried_last`)."""
    rule = {"rule_id": decision.rule_id, "rule_version": version, "rule_position": decision.rule_position}
    return json.dumps({**rule, "trace": trace})
