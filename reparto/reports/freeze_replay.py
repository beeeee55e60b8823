"""
A running replay as plain JSON, so that another worker can go on with it, and back.

It decides nothing.
"""

from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from reparto.engine import RuleSet, freeze_cursor, freeze_item, thaw_cursor, thaw_item

from .count_replay import Figures, OfPerson, Side
from .given import Given
from .other_world import OtherWorld, Owned, Worked
from .pairs import Pair, Said
from .replay import Replay


def freeze_replay(replay: Replay, figures: Figures) -> dict[str, Any]:
    """Return all that a replay and its figures hold."""
    world = replay.world
    return {
        "cursors": {str(key): freeze_cursor(one) for key, one in world.cursors.items()},
        "owners": {str(key): asdict(one) for key, one in world.owners.items()},
        "works": {str(key): asdict(one) for key, one in world.works.items()},
        "tags": {str(key): sorted(one) for key, one in world.tags.items()},
        "loads": {str(key): one for key, one in world.loads.items() if one},
        "shares": {str(key): {str(who): one for who, one in own.items()} for key, own in world.shares.items()},
        "accounts": {str(key): one for key, one in world.accounts.items()},
        "given": {
            str(key): {at.isoformat(): number for at, number in one.items()} for key, one in world.given.more.items()
        },
        "received": {str(key): one.isoformat() for key, one in world.received.items()},
        "received_then": {str(key): one.isoformat() for key, one in world.received_then.items()},
        "line": [[freeze_item(item), due_at.isoformat()] for item, due_at in replay.line.all()],
        "pairs": [_freeze_pair(pair) for pair in replay.pairs.values()],
        "ends": [[at.isoformat(), contact, talk] for at, contact, talk in sorted(replay.ends)],
        "figures": _freeze_figures(figures),
    }


def thaw_replay(rule_set: RuleSet, frozen: dict[str, Any]) -> tuple[Replay, Figures]:
    """Return a replay as it was; one that has not begun for `{}`."""
    replay, figures = Replay(rule_set), Figures()
    if not frozen:
        return replay, figures
    replay.begun, replay.world = True, _thaw_world(frozen)
    for item, due_at in frozen["line"]:
        replay.line.wait(thaw_item(item), datetime.fromisoformat(due_at))
    replay.pairs = {pair.item_id: pair for pair in map(_thaw_pair, frozen["pairs"])}
    replay.ends = [(datetime.fromisoformat(at), contact, talk) for at, contact, talk in frozen["ends"]]
    _thaw_figures(figures, frozen["figures"])
    return replay, figures


def _thaw_world(frozen: dict[str, Any]) -> OtherWorld:
    return OtherWorld(
        cursors={int(key): thaw_cursor(one) for key, one in frozen["cursors"].items()},
        owners={int(key): Owned(**one) for key, one in frozen["owners"].items()},
        works={
            int(key): Worked(*(tuple(one[name]) for name in ("happened", "would", "groups")))
            for key, one in frozen["works"].items()
        },
        tags={int(key): frozenset(one) for key, one in frozen["tags"].items()},
        loads={int(key): one for key, one in frozen["loads"].items()},
        shares={int(key): {int(who): one for who, one in own.items()} for key, own in frozen["shares"].items()},
        # A shadow that ran before there were caps has none.
        accounts={int(key): one for key, one in frozen.get("accounts", {}).items()},
        # Nor had one from before limits were counted.
        given=Given(
            {
                int(key): {datetime.fromisoformat(at): number for at, number in one.items()}
                for key, one in frozen.get("given", {}).items()
            }
        ),
        received={int(key): datetime.fromisoformat(one) for key, one in frozen["received"].items()},
        received_then={int(key): datetime.fromisoformat(one) for key, one in frozen["received_then"].items()},
    )


def _freeze_pair(pair: Pair) -> dict[str, Any]:
    frozen = asdict(pair) | {"since": pair.since.isoformat()}
    for name in ("happened", "would"):
        if frozen[name] is not None:
            frozen[name]["at"] = frozen[name]["at"].isoformat()
    return frozen


def _thaw_pair(frozen: dict[str, Any]) -> Pair:
    pair = Pair(**frozen | {"since": datetime.fromisoformat(frozen["since"])})
    return replace(pair, happened=_thaw_said(frozen["happened"]), would=_thaw_said(frozen["would"]))


def _thaw_said(frozen: dict[str, Any] | None) -> Said | None:
    if frozen is None:
        return None
    people, groups = tuple(frozen["person_ids"]), tuple(frozen["group_ids"])
    return Said(**frozen | {"at": datetime.fromisoformat(frozen["at"]), "person_ids": people, "group_ids": groups})


_NUMBERS = ("sittings", "items", "facts_of_today", "differing")


def _freeze_figures(figures: Figures) -> dict[str, Any]:
    return {
        **{name: getattr(figures, name) for name in _NUMBERS},
        "would": _freeze_side(figures.would),
        "happened": _freeze_side(figures.happened),
        "people": {str(key): asdict(one) for key, one in figures.people.items()},
        "rules": {str(key): count for key, count in figures.rules.items()},
        "rules_then": {str(key): count for key, count in figures.rules_then.items()},
    }


def _thaw_figures(figures: Figures, frozen: dict[str, Any]) -> None:
    for name in _NUMBERS:
        setattr(figures, name, frozen[name])
    figures.would, figures.happened = _thaw_side(frozen["would"]), _thaw_side(frozen["happened"])
    figures.people = {int(key): OfPerson(**one) for key, one in frozen["people"].items()}
    figures.rules = Counter({int(key): count for key, count in frozen["rules"].items()})
    figures.rules_then = Counter({int(key): count for key, count in frozen["rules_then"].items()})


def _freeze_side(side: Side) -> dict[str, Any]:
    return asdict(replace(side, outcomes=Counter())) | {"outcomes": dict(side.outcomes)}


def _thaw_side(frozen: dict[str, Any]) -> Side:
    return Side(**frozen | {"outcomes": Counter(frozen["outcomes"])})
