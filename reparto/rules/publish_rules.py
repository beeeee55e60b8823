"""
Freeze the list of rules as it stands into a new version; the desk obeys the newest one.

A version is never changed. Checking what an administrator wrote happened before.
"""

from datetime import datetime

from reparto.engine import After, RuleSet, Target, freeze_rule_set
from reparto.engine import Rule as Frozen
from reparto.kit.live import publish
from reparto.kit.organizations import this_organization
from reparto.people.actor import Actor

from .models import Rule, RuleSetVersion
from .queries import all_rules, next_version_number


def publish_rules(*, actor: Actor | None, at: datetime, note: str = "", restores: int | None = None) -> RuleSetVersion:
    """
    Publish the rules in their order; the caller holds the organization's lock and has checked.

    Paused rules are part of it, so that a version is the whole list; the engine passes them over. Without an actor the
    installation did it.
    """
    number = next_version_number()
    frozen = RuleSet(version=number, rules=tuple(freeze_rule(rule) for rule in all_rules()))
    organization_id = actor.organization_id if actor else this_organization().pk
    version = RuleSetVersion(
        organization_id=organization_id,
        number=number,
        published_at=at,
        publisher_id=actor.person_id if actor else None,
        content=freeze_rule_set(frozen),
        note=note,
        restores=restores,
    )
    version.save(force_insert=True)
    publish(organization_id, "rules")
    return version


def freeze_rule(rule: Rule) -> Frozen:
    """Return a rule of the list as the engine takes it."""
    return Frozen(
        id=rule.pk,
        position=rule.position,
        description=rule.description,
        assign_to=tuple(Target(**target) for target in rule.assign_to),
        entity=rule.entity,  # type: ignore[arg-type]  # one of the choices, by `read_rule`
        trigger=rule.trigger,  # type: ignore[arg-type]
        after=_after(rule),
        strategy=rule.strategy,  # type: ignore[arg-type]
        filters=rule.filters,
        tags=tuple(rule.tags),
        template_id=rule.template_id,
        if_nobody=rule.if_nobody,  # type: ignore[arg-type]
        active=rule.active,
    )


def _after(rule: Rule) -> After | None:
    if rule.after_amount is None:
        return None
    return After(rule.after_amount, rule.after_unit, rule.after_clock)  # type: ignore[arg-type]  # by `read_rule`
