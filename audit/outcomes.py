"""What follows from the record alone: every claim that one pass over a round's log can judge."""

from collections.abc import Iterator

from audit.bundle import Bundle
from audit.claims import Claim, Difference, refuted
from audit.fold import fold
from audit.judging import FOLDS, Rule, judge
from audit.quota_claims import quota_rules
from audit.register import read_register
from audit.score_claims import score_rules


def outcome_claims(bundle: Bundle) -> Iterator[Claim]:
    """Yield the claims about the round's log, each recomputed from the sealed rules and the entries."""
    try:
        register = read_register(bundle)
    except Difference as difference:
        yield refuted(FOLDS, bundle.round, difference)
        return
    yield from judge(bundle.round, fold(bundle, register), rules())


def rules() -> tuple[Rule, ...]:
    """Return the rules that are judged in one pass, new for each pass."""
    return (*score_rules(), *quota_rules())
