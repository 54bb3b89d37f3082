"""What follows from the record alone: every claim that one pass over a round's log can judge."""

from collections.abc import Container, Iterator
from types import ModuleType

from audit.bundle.content_reads import ContentReads
from audit.bundle.reader import Bundle
from audit.bundle.register import Register, read_register
from audit.claims import FOLDS, Claim, Difference, refute
from audit.rules import (
    citations,
    co_building,
    deadlines,
    decisions,
    grounds,
    lists,
    outcomes,
    places,
    rule_runner,
    sealed_rules,
    times,
)
from audit.rules.amending import openly
from audit.rules.amending.openly import amendment_rules
from audit.rules.approving import approvals, bound_givers, filling, levels, stops
from audit.rules.approving.approvals import approval_rules
from audit.rules.approving.bound_givers import level_rules
from audit.rules.approving.filling import filling_rules
from audit.rules.approving.stops import stop_rules
from audit.rules.citations import citation_rules
from audit.rules.co_building import co_building_rules
from audit.rules.course import call, scheme, stage_ends, stages
from audit.rules.course.call import call_rules
from audit.rules.course.scheme import scheme_rules
from audit.rules.course.stage_ends import stage_end_rules
from audit.rules.course.stages import stage_rules
from audit.rules.deadlines import deadline_rules
from audit.rules.decisions import decision_rules
from audit.rules.fold import Folding, fold
from audit.rules.forms import amendments, answers, in_view, mending
from audit.rules.forms.amendments import form_change_rules
from audit.rules.forms.answers import AnswersFitForm, form_rules
from audit.rules.forms.in_view import in_view_rules
from audit.rules.forms.mending import mending_rules
from audit.rules.grounds import ground_rules
from audit.rules.lists import list_rules
from audit.rules.outcomes import outcome_rules
from audit.rules.panel import (
    chairs,
    corrections,
    draw_contents,
    draws,
    holding,
    panels,
    public_numbers,
    scores,
    settling,
    votes,
)
from audit.rules.panel.chairs import chair_rules
from audit.rules.panel.corrections import correction_rules
from audit.rules.panel.draw_contents import Draws
from audit.rules.panel.draws import draw_rules
from audit.rules.panel.holding import holding_rules
from audit.rules.panel.panels import panel_rules
from audit.rules.panel.public_numbers import number_rules
from audit.rules.panel.scores import score_rules
from audit.rules.panel.settling import settling_rules
from audit.rules.panel.votes import vote_rules
from audit.rules.people import (
    active,
    agents,
    agreeing,
    duties,
    found_conflicts,
    posts,
    recommenders,
    recusal,
    replacing,
    substitutes,
)
from audit.rules.people.active import active_rules
from audit.rules.people.agents import agent_rules
from audit.rules.people.duties import duty_rules
from audit.rules.people.found_conflicts import found_conflict_rules
from audit.rules.people.posts import post_rules
from audit.rules.people.recommenders import recommender_rules
from audit.rules.people.recusal import recusal_rules
from audit.rules.people.substitutes import substitute_rules
from audit.rules.places import place_rules
from audit.rules.recommending import paper, quotas
from audit.rules.recommending.paper import paper_rules
from audit.rules.recommending.quotas import quota_rules
from audit.rules.reminding import reminders
from audit.rules.reminding.reminders import reminder_rules
from audit.rules.rule_runner import Judging, Rule, judge
from audit.rules.sealed_rules import rules_rules
from audit.rules.times import time_rules
from audit.rules.undoing import (
    fraud,
    fresh_panels,
    integrity,
    lobbying,
    requests,
    reversal_sentences,
    rulings,
)
from audit.rules.undoing.fraud import fraud_rules
from audit.rules.undoing.fresh_panels import fresh_panel_rules
from audit.rules.undoing.integrity import integrity_rules
from audit.rules.undoing.lobbying import lobbying_rules
from audit.rules.undoing.requests import request_rules
from audit.rules.undoing.reversals import reversal_rules
from audit.rules.undoing.rulings import ruling_rules
from selection.kernel.leaf import Leaf

SUBJECTS: tuple[ModuleType, ...] = (
    rule_runner,
    draw_contents,
    sealed_rules,
    openly,
    stages,
    active,
    posts,
    agreeing,
    agents,
    recommenders,
    substitutes,
    scheme,
    grounds,
    places,
    times,
    call,
    deadlines,
    reminders,
    scores,
    settling,
    holding,
    chairs,
    votes,
    corrections,
    quotas,
    paper,
    draws,
    public_numbers,
    panels,
    stage_ends,
    lists,
    outcomes,
    approvals,
    levels,
    bound_givers,
    filling,
    stops,
    duties,
    recusal,
    replacing,
    found_conflicts,
    decisions,
    fraud,
    requests,
    fresh_panels,
    lobbying,
    reversal_sentences,
    integrity,
    rulings,
    citations,
    co_building,
    answers,
    mending,
    in_view,
    amendments,
)
"""The subjects of the claims, each with the sentences of its claims and findings beside its rules."""


class Outcomes:
    """Folds and judges the round's log while somebody else reads it: `see` is a watch, `claims` come afterwards.

    Only a log without a fault is judged on the way. Otherwise `claims` reads it once more and tells of the fault.
    """

    def __init__(self, bundle: Bundle, register: Register | None) -> None:
        """Without a register, as its log can't be read, nothing is judged on the way."""
        self._bundle = bundle
        self._reads = ContentReads(bundle)
        self._fitting = AnswersFitForm(self._reads.of(answers.CODE))
        self._judging = Judging(bundle.round, rules(bundle, self._reads, self._fitting))
        self._folding = None if register is None else Folding(bundle.round, register)

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Fold the next entry and show it to the rules, unless one before did not fold."""
        if self._folding is None:
            return
        try:
            step = self._folding.step(seq, leaf)
            if step is not None:
                self._judging.see(step)
        except Exception:  # noqa: BLE001  it is none of the reader's business, and will be raised again
            self._folding = None

    @property
    def withheld(self) -> int:
        """How many versions of applications there are of which the bundle does not hold all answers."""
        return self._fitting.withheld

    def claims(self, *, whole: bool, missing: Container[str] = ()) -> Iterator[Claim]:
        """Yield the claims about the round's log; `whole` tells that all of its entries were seen.

        What needed one of the contents that are `missing`, as no entry says that they were erased, is not provable.
        """
        if whole and self._folding is not None:
            claims = self._judging.claims(None)
        else:
            claims = outcome_claims(self._bundle, self._reads)
        return (self._reads.weigh(claim, missing) for claim in claims)


def outcome_claims(bundle: Bundle, reads: ContentReads | None = None) -> Iterator[Claim]:
    """Yield the claims about the round's log, each recomputed from the sealed rules and the entries."""
    try:
        register = read_register(bundle)
    except Difference as difference:
        yield refute(FOLDS, bundle.round, difference)
        return
    yield from judge(bundle.round, fold(bundle, register), rules(bundle, reads))


def rules(
    bundle: Bundle, reads: ContentReads | None = None, fitting: AnswersFitForm | None = None
) -> tuple[Rule, ...]:
    """Return the rules that are judged in one pass, new for each pass; `fitting` is one that is asked afterwards.

    They read contents by `reads`, where somebody wants to know what they missed.
    """
    contents = reads or ContentReads(bundle)
    return (
        *_on_the_course(bundle),
        *_on_panels(Draws(bundle)),
        *_on_lists(),
        *_on_rulings(),
        *_on_contents(bundle, contents, fitting or AnswersFitForm(contents.of(answers.CODE))),
    )


def _on_the_course(bundle: Bundle) -> tuple[Rule, ...]:
    return (
        *rules_rules(bundle),
        *amendment_rules(),
        *place_rules(),
        *stage_rules(),
        *active_rules(),
        *post_rules(),
        *agreeing.agreeing_rules(),
        *agent_rules(),
        *recommender_rules(),
        *substitute_rules(),
        *scheme_rules(),
        *ground_rules(),
        *time_rules(),
        *call_rules(),
        *deadline_rules(),
        *reminder_rules(),
    )


def _on_panels(draws: Draws) -> tuple[Rule, ...]:
    return (
        *score_rules(),
        *settling_rules(),
        *holding_rules(),
        *chair_rules(),
        *vote_rules(),
        *correction_rules(),
        *quota_rules(),
        *paper_rules(),
        *draw_rules(draws),
        *number_rules(),
        *panel_rules(draws),
    )


def _on_lists() -> tuple[Rule, ...]:
    return (
        *stage_end_rules(),
        *list_rules(),
        *outcome_rules(),
        *approval_rules(),
        *level_rules(),
        *filling_rules(),
        *stop_rules(),
    )


def _on_rulings() -> tuple[Rule, ...]:
    return (
        *duty_rules(),
        *recusal_rules(),
        *replacing.replacing_rules(),
        *found_conflict_rules(),
        *decision_rules(),
        *fraud_rules(),
        *request_rules(),
        *fresh_panel_rules(),
        *lobbying_rules(),
        *ruling_rules(),
        *reversal_rules(),
        *integrity_rules(),
    )


def _on_contents(bundle: Bundle, reads: ContentReads, fitting: AnswersFitForm) -> tuple[Rule, ...]:
    return (
        *citation_rules(bundle),
        *co_building_rules(),
        *form_rules(fitting),
        *mending_rules(reads.of(mending.CODE)),
        *in_view_rules(reads.of(in_view.CODE)),
        *form_change_rules(reads.of(amendments.CODE)),
    )
