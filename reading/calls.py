"""What a call publishes of the sealed rules besides their names: when, who may apply, what is asked, what follows."""

from decimal import Decimal

from selection.forms.one_text import application_form
from selection.kernel.day_clock import start_of_day
from selection.kernel.model import Frozen, Instant
from selection.kernel.named import Named
from selection.rules.model import RoundRules, rules_hash


class PublicRecommender(Named):
    """A recommending unit, with how many it may recommend."""

    quota: int


class PublicCall(Frozen):
    """The conditions of a call; what the rules leave out is None, False or empty.

    `opens` is the first instant of the call. `min_fund` is in yuan. `mend_days` are those to mend a fault in,
    `mend_at_most` times. `rules_hash` is what was sealed: whoever is given the rules can see that they are these.
    """

    opens: Instant
    recommenders: tuple[PublicRecommender, ...]
    recommended: bool
    surveyed: bool
    appraised: bool
    joint: bool
    min_staff: int | None
    min_fund: Decimal | None
    mend_days: int
    mend_at_most: int
    notice_days: int | None
    excluded: tuple[Named, ...]
    held_directions: tuple[Named, ...]
    rules_hash: str


def call_of(rules: RoundRules) -> PublicCall:
    """Return what the call under these rules publishes; of the people whom they name, none."""
    stages, check = rules.stages, rules.check
    return PublicCall(
        opens=start_of_day(rules.clock, rules.calendar.call),
        recommenders=tuple(
            PublicRecommender(code=unit.code, en=unit.en, zh=unit.zh, quota=rules.quota_of(unit.code))
            for unit in rules.recommenders
        ),
        recommended=stages.recommendation,
        surveyed=stages.survey,
        appraised=stages.appraisal,
        joint="co_builders" in application_form(rules.forms).by_entry,
        min_staff=check.min_staff,
        min_fund=check.min_fund,
        mend_days=rules.days.mend,
        mend_at_most=check.mend_at_most,
        notice_days=rules.days.notice if stages.notice else None,
        excluded=rules.excluded,
        held_directions=rules.held_directions,
        rules_hash=rules_hash(rules),
    )
