"""Shortlist and proposal: fixed once, within the places, and left out of only by the act for that."""

from audit.claims import Sentences
from audit.rules.approving.approvals import list_standing_numbers
from audit.rules.fold import RoundStep, Step
from audit.rules.rule_runner import EachEvent, EntryRule, Rule, checks_of
from selection.decision.aggregate import Event
from selection.kernel.stages import RoundStage, Stage
from selection.round import events as r
from selection.round.state import RoundState

PROPOSING, SHORTLISTING = "propose-deviating", "fix-deviating-shortlist"
"""The acts that deviate from the standing, or leave out what stood in the public notice; two sign each."""


def list_rules() -> tuple[Rule, ...]:
    """Return the rules about shortlist and proposal."""
    return (
        EachEvent("shortlist-once", checks_of(RoundState, {r.ShortlistFixed: _check_shortlisted})),
        ProposalsFollow(),
    )


def _check_shortlisted(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.ShortlistFixed)
    step.require(not step.before.shortlist, "shortlist-made-anew")
    step.require(bool(event.listed), "nobody-listed")
    _require_two(step, list(event.reasons), SHORTLISTING)
    count = sum(item.stage is Stage.REVIEW for item in step.record.applications.values())
    step.require(not count, "stage-not-empty", stage=Stage.REVIEW.value, count=str(count))


class ProposalsFollow(EntryRule):
    """The claim about every proposal. It knows by itself what stood in a notice and was sent back."""

    code = "proposal-in-order"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {r.ProposalMade, r.ProposalSentBack, r.ProposalReturned, r.PlacesFilled}
    )

    def __init__(self) -> None:
        self._sent_back: list[str] = []

    def see(self, step: Step) -> int:
        """Note what is sent back, or judge a proposal."""
        of_round = step.of(RoundState)
        if isinstance(step.event, r.ProposalSentBack | r.ProposalReturned | r.PlacesFilled):
            if of_round.before.stage is RoundStage.APPROVAL:
                self._sent_back = list_standing_numbers(of_round.before)
            if isinstance(step.event, r.ProposalReturned):
                # Of what was held only that comes back of which a decision was reversed.
                numbers = [item.application for item in of_round.before.held]
                self._sent_back += [number for number in numbers if number in step.event.items]
            return 0
        assert isinstance(step.event, r.ProposalMade)
        _check_proposed(of_round, step.event)
        self._check_left_out(of_round, step.event)
        return 1

    def _check_left_out(self, step: RoundStep, event: r.ProposalMade) -> None:
        chosen = {item.application for item in event.items}
        stood = dict.fromkeys((*self._sent_back, *event.back))
        dropped = [number for number in stood if number in event.ranking and number not in chosen]
        params = {"stated": ", ".join(event.left_out) or "-", "found": ", ".join(dropped) or "-"}
        step.require(sorted(event.left_out) == sorted(dropped), "left-out-differs", **params)
        _require_two(step, list(dict.fromkeys((*event.deviations, *dropped))), PROPOSING)
        # What was left out once is not left out again by the next proposal.
        self._sent_back = [number for number in self._sent_back if number in chosen]


def _require_two(step: RoundStep, numbers: list[str], act: str) -> None:
    """Raise Difference where these deviate by an act that one signs.

    On a local installation nobody signs, and the entry alone says which act it was.
    """
    signed = step.leaf.signed
    if numbers and signed is not None:
        step.require(
            (signed.command or {}).get("kind") == act, "deviating-by-one", numbers=", ".join(numbers)
        )


def _check_proposed(step: RoundStep, event: r.ProposalMade) -> None:
    before = step.before
    step.require(event.proposal == before.proposal + 1, "other-proposal", proposal=str(event.proposal))
    step.require(not before.batch, "decision-under-way")
    chosen = [item.application for item in event.items]
    # Who had ended and may be proposed again has not ended any more: a check that failed was reversed.
    ended = dict.fromkeys((*before.removed, *(item.application for item in before.gone)))
    back = [number for number in ended if number in event.ranking]
    params = {"stated": ", ".join(event.back) or "-", "found": ", ".join(back) or "-"}
    step.require(list(event.back) == back, "back-differs", **params)
    left = sum(number not in event.ranking for number in before.removed)
    places = step.rules.places - left - len(before.held) - len(before.places)
    step.require(len(chosen) <= places, "places-exceeded", count=str(len(chosen)), places=str(places))
    ranks = [item.rank for item in event.items]
    step.require(len(set(chosen)) == len(chosen), "ranks-unclear")
    step.require(ranks == list(range(1, len(chosen) + 1)), "ranks-unclear")


CLAIMS: Sentences = {
    "shortlist-once": (
        "The shortlist was fixed once, of at least one application, when every panel had scored; two signed "
        "what it changes.",
        "入围名单仅确定一次，至少有一项申报，且在各专家组均已评分之后；有增减的由两人签署。",
    ),
    "proposal-in-order": (
        "Every proposal keeps to the places that are free and numbers its items in order; two signed what deviates "
        "from the standing, and what leaves out of the public notice.",
        "每份拟建名单均在可用名额之内，按次序编号；与次序不符的，以及移出已公示事项的，由两人签署。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "back-differs": (
        "Of the applications whose places fell empty {found} may be proposed again. The entry states: {stated}.",
        "名额空出的申报中可再次拟建的为 {found}，条目载明为 {stated}。",
    ),
    "deviating-by-one": (
        "{numbers}: otherwise than the standing, or left out of the public notice, by an act that one person signs.",
        "{numbers} 与次序不符，或已公示而移出，却以一人签署的操作作出。",
    ),
    "left-out-differs": (
        "Of what stood in the public notice the proposal leaves out: {found}. The entry states: {stated}.",
        "该拟建名单移出了已公示的 {found}，条目载明为 {stated}。",
    ),
    "nobody-listed": ("The shortlist is empty.", "入围名单为空。"),
    "places-exceeded": (
        "{count:application is|applications are} proposed; {places:place is|places are} free.",
        "拟建 {count} 项，而可用名额为 {places}。",
    ),
    "ranks-unclear": (
        "The ranks of the proposal do not go 1, 2, 3, each application once.",
        "拟建名单的排名未按 1、2、3 依次排列，或有申报重复。",
    ),
    "shortlist-made-anew": ("The shortlist was fixed before.", "入围名单此前已确定。"),
    "stage-not-empty": ("Still at the stage “{stage}”: {count}.", "仍处于“{stage}”阶段的有 {count} 项。"),
}
"""What can be found instead."""
