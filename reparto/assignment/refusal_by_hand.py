"""
Why the desk would not give somebody anything now, for whoever gives by hand: it is said and forbids nothing (EC-34).

By hand an account asks no more than that they may work on it, and no sign of life is asked.
"""

from reparto.engine import Ask, Refusal, cap_refusal, room_refusal, standing_refusal

from .read_bench import Bench


def refusal_by_hand(person_id: int, bench: Bench, *, account_id: int | None = None, effort: int = 1) -> Refusal | None:
    """Return the engine's first reason against giving a person one thing more, of this account if it is of one."""
    agent = bench.agents.get(person_id)
    ask = Ask(account_id, channel=None, campaign_id=None, in_hand=True)
    refusal = standing_refusal(agent, ask, at=bench.at, policy=bench.policy)
    if refusal is not None or agent is None:
        return refusal
    full = room_refusal(agent, load=agent.load, effort=effort, given=0, at=bench.at)
    if full is not None or account_id is None:
        return full
    return cap_refusal(agent, account_id, load=agent.on_account.get(account_id, 0), effort=effort)
