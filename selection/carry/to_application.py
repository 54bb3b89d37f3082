"""What decisions of a round or of a unit's list, and changes of the register, ask of one application."""

from collections.abc import Callable

from selection.application.amended_forms.commands import TakeFormChange
from selection.application.found_conflicts.commands import FindConflicts
from selection.application.intake.commands import ReleaseRecommendation, TakeRecommendation
from selection.application.notice.commands import OpenNotice
from selection.application.outcome.commands import CancelWithRound, Issue
from selection.application.proposal.commands import PlaceInProposal
from selection.application.review.commands import SeatPanel
from selection.application.state import ApplicationState
from selection.application.survey.commands import PlaceOnShortlist
from selection.decision.aggregate import event_of
from selection.decision.facts import Facts
from selection.decision.reference import CitedDecision
from selection.forms.changing.field_map import list_changes
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage, between
from selection.recommendation import events as r
from selection.recommendation.state import ListState
from selection.refusals.refused import Refused
from selection.register.events import PersonRegistered, TieDeclared
from selection.register.state import INSTALLATION
from selection.register.unit_events import UnitRegistered
from selection.round.state import RoundState

BATCHES: dict[str, tuple[Stage, ...]] = {
    # Of those that ended, the ones for which a fresh panel was ordered.
    "seat-panel": (Stage.ELIGIBLE, Stage.REVIEW, Stage.ENDED),
    # One that a late conflict sent back to review refuses, and so stays left over until it is scored again.
    "place-on-shortlist": (Stage.SCORED, Stage.REVIEW),
    "place-in-proposal": (Stage.APPRAISED, Stage.PROPOSED, Stage.CLEARED, Stage.RESERVE),
    "open-notice": (Stage.PROPOSED,),
    # One that is held ends where a hit was upheld against it besides.
    "issue": (Stage.HELD, Stage.CLEARED, Stage.RESERVE),
    "amend-application": (Stage.SUBMITTED, Stage.RECOMMENDED),
    "amend-review": (Stage.REVIEW,),
    "amend-survey": (Stage.SURVEY,),
    "amend-appraisal": (Stage.APPRAISAL,),
    "cancel-with-round": between(Stage.SUBMITTED, Stage.CLEARED),
}
"""Kind of batch -> the stages of the applications that it acts on."""


def command_for(state: ApplicationState, facts: Facts) -> Frozen:
    """Return the act that the cited decision asks of the application.

    Raises Refused `not-entitled` where the record holds no such decision, or no longer, and `ended` where none is
    carried out any more.
    """
    cited = facts.cited
    decided = cited.state if cited else None
    if state.ended and not state.fresh_panel and not (cited and cited.decision.stream == INSTALLATION):
        # While a request waits for its decision, the register alone may bring something about.
        raise Refused("ended")
    if cited is not None and cited.decision.stream == INSTALLATION:
        command = _of_register(state, cited.leaf)
    elif cited is not None and isinstance(decided, ListState):
        command = _of_list(state, decided, cited)
    elif cited is not None and isinstance(decided, RoundState) and decided.begun == cited.decision.version:
        command = _of_round(state, decided, facts)
    else:
        command = None
    if command is None:
        raise Refused("not-entitled", roles="the engine, on a recorded decision")
    return command


def _of_register(state: ApplicationState, leaf: Leaf | None) -> Frozen | None:
    tells = leaf is not None and leaf.type in (
        *(PersonRegistered.TYPE, UnitRegistered.TYPE, TieDeclared.TYPE),
    )
    return FindConflicts() if tells and state.stage in FindConflicts.ACT.stages else None


def _of_list(state: ApplicationState, decided: ListState, cited: CitedDecision) -> Frozen | None:
    if decided.round != state.round or cited.leaf is None or state.ended:
        return None
    entry, event = decided.entry(state.number), event_of(cited.leaf)
    if entry is not None:
        if entry.decided != cited.decision.version:
            return None
        take = TakeRecommendation(unit=decided.unit, revision=entry.revision, agent=entry.agent)
        sent = event.sent if isinstance(event, r.ApplicationRecommended) else None
        return take if sent is None else take.with_(sent=sent, entered=cited.leaf.people)
    withdrawn = isinstance(event, r.RecommendationWithdrawn) and event.application == state.number
    return ReleaseRecommendation(unit=decided.unit) if withdrawn else None


def _of_round(state: ApplicationState, decided: RoundState, facts: Facts) -> Frozen | None:
    kind, _, name = decided.batch.partition("/")
    if decided.round != state.round or (state.ended and kind != "seat-panel"):
        return None
    if kind == "seat-panel":
        return _derive_panel(state, name, decided, facts)
    make = _MADE.get(kind)
    return make(decided, state.number) if make else None


def _derive_panel(state: ApplicationState, draw: str, decided: RoundState, facts: Facts) -> Frozen | None:
    seating = facts.seatings.get(state.stream)
    if seating is None:
        return None
    deadlines = {name: decided.deadlines[name] for name in ("review", "review_last")}
    return SeatPanel(
        draw=draw,
        experts=seating.experts,
        alternates=seating.alternates,
        employers=seating.employers,
        lot=seating.lot,
        deadlines=deadlines,
    )


def _on_shortlist(decided: RoundState, number: str) -> Frozen:
    return PlaceOnShortlist(
        rank=decided.shortlist.get(number) or decided.left_off.get(number, 0),
        listed=number in decided.shortlist,
        reason=decided.shortlist_reasons.get(number),
    )


def _in_proposal(decided: RoundState, number: str) -> Frozen | None:
    if number in decided.numbers_on_hold:
        return None
    item = next((item for item in decided.items if item.application == number), None)
    return PlaceInProposal(
        proposal=decided.proposal,
        rank=item.rank if item else 0,
        again=number in decided.returned,
        reason=item.reason if item else None,
    )


def _notice(decided: RoundState, number: str) -> Frozen | None:
    proposed = any(item.application == number for item in decided.items)
    return OpenNotice(proposal=decided.proposal, until=decided.notice_until) if proposed else None


def _issue(decided: RoundState, number: str) -> Frozen | None:
    if number in decided.numbers_on_hold:
        return None
    return Issue(proposal=decided.proposal, place=decided.places.get(number, 0))


def _cancel(decided: RoundState, number: str) -> Frozen:
    return CancelWithRound(reason=decided.reason)


def _form_change(decided: RoundState, number: str) -> Frozen | None:
    amended = next(item for item in decided.amended if str(item.number) == decided.batch.rpartition("/")[2])
    old = decided.forms.find_version(amended.name, amended.was)
    assert old is not None
    changes = list_changes(old, amended.form, amended.by)
    return TakeFormChange(
        amendment=amended.number,
        form_name=amended.name,
        was=amended.was,
        version=amended.form.version,
        changed=tuple(item.new or item.old for item in changes if item.change not in ("kept", "reworded")),
        until=amended.until,
    )


_MADE: dict[str, Callable[[RoundState, str], Frozen | None]] = {
    "place-on-shortlist": _on_shortlist,
    "place-in-proposal": _in_proposal,
    "open-notice": _notice,
    "issue": _issue,
    **dict.fromkeys(("amend-application", "amend-review", "amend-survey", "amend-appraisal"), _form_change),
    "cancel-with-round": _cancel,
}
