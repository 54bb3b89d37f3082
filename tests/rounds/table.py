"""Each rule that is broken on purpose, and the claim that names it."""

from tests.rounds import (
    conflict_rules,
    duty_rules,
    filling_rules,
    intake_rules,
    list_rules,
    panel_rules,
    reversal_rules,
    ruled_rules,
)
from tests.rounds.holes import Hole

HOLES: dict[str, Hole] = {
    **intake_rules.HOLES,
    **panel_rules.HOLES,
    **list_rules.HOLES,
    **ruled_rules.HOLES,
    **reversal_rules.HOLES,
    **filling_rules.HOLES,
    **duty_rules.HOLES,
    **conflict_rules.HOLES,
    **conflict_rules.EXCEPTIONS,
}
"""By what is off: the claim that must be refuted."""
LEFT = {
    "record-folds": "what does not fold is no act that a rule let pass, but a log that was changed (tests/tamper)",
}
"""The claims that name no rule of people, and why."""
