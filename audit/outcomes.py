"""What follows from the record alone: every claim that one pass over a round's log can judge."""

from collections.abc import Iterator

from audit.approval_claims import approval_rules
from audit.bundle import Bundle
from audit.claims import Claim, Difference, refuted
from audit.deadline_claims import deadline_rules
from audit.decision_claims import decision_rules
from audit.draw_claims import draw_rules
from audit.draws import Draws
from audit.duty_claims import duty_rules
from audit.fold import fold
from audit.judging import FOLDS, Rule, judge
from audit.list_claims import list_rules
from audit.panel_claims import panel_rules
from audit.quota_claims import quota_rules
from audit.register import read_register
from audit.rules_claims import rules_rules
from audit.score_claims import score_rules
from audit.stage_claims import stage_rules
from audit.time_claims import time_rules


def outcome_claims(bundle: Bundle) -> Iterator[Claim]:
    """Yield the claims about the round's log, each recomputed from the sealed rules and the entries."""
    try:
        register = read_register(bundle)
    except Difference as difference:
        yield refuted(FOLDS, bundle.round, difference)
        return
    yield from judge(bundle.round, fold(bundle, register), rules(bundle))


def rules(bundle: Bundle) -> tuple[Rule, ...]:
    """Return the rules that are judged in one pass, new for each pass."""
    draws = Draws(bundle)
    return (
        *rules_rules(bundle),
        *stage_rules(),
        *time_rules(),
        *deadline_rules(),
        *score_rules(),
        *quota_rules(),
        *draw_rules(draws),
        *panel_rules(draws),
        *list_rules(),
        *approval_rules(),
        *duty_rules(),
        *decision_rules(),
    )
