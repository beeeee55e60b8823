"""One thing that an administrator should know of a rule, and which of them make a list wrong."""

from dataclasses import dataclass

#: What makes a list of rules wrong; the others are worth knowing.
FAULTS = frozenset({"never_reached", "never_true", "needs_clients", "empty_pool", "no_weight"})


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to know about a rule."""

    rule_id: int
    #: Of `warn_of_rules`: never_true, needs_clients, too_late, too_soon; of `warn_of_former`: never_reached,
    #: only_leftovers, overlaps; of `warn_of_people`: empty_pool, nobody_receives, no_weight, all_on_leave,
    #: none_in_campaign, by_hand_only, not_on_account, only_its_owner; of `unknown_values`: unknown_value; of the
    #: installation: no_mail
    code: str
    other_id: int | None = None  #: the rule before it that is the cause; None: several together, or no rule

    @property
    def is_fault(self) -> bool:
        """Whether it makes the list wrong, so that no draft with it is published."""
        return self.code in FAULTS
