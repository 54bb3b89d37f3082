"""What must hold of every reachable state, and of the record that led to it."""

from typing import Any

from selection.application import commands as c, events as e
from selection.application.bids import CHANGING
from selection.application.recusal import bid_of
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.projections.open_tasks import tasks_of
from selection.rooms import APPLICATION_ACTS, ROUND_ACTS
from selection.round.state import RoundState
from tests.desk import Desk

# Where an application waits for nobody of its own: the round's next act or deadline carries it on.
CARRIED_BY_THE_ROUND = {
    Stage.NEW,
    Stage.ELIGIBLE,
    Stage.SCORED,
    Stage.APPRAISED,
    Stage.PROPOSED,
    Stage.RESERVE,
    Stage.CLEARED,
}

# Where a round waits until the record shows that no application is left in the stage.
ENDED_BY_A_LOOK = {
    RoundStage.CHECKING,
    RoundStage.REVIEW,
    RoundStage.SURVEY,
    RoundStage.APPRAISAL,
    RoundStage.NOTICE,
}

# The act that each kind of task asks for.
ANSWERS = {
    "check": "pass-check",
    "mend": "mend",
    "confirm-co-building": "confirm-co-building",
    "answer-invitation": "accept-invitation",
    "review": "submit-review",
    "supplement-panel": "seat-panel",
    "rule-on-conflict": "rule-on-conflict",
    "rule-on-fraud": "rule-on-fraud",
    "appoint-deciders": "appoint-deciders",
    "rule-on-request": "rule-on-request",
    "record-remedy": "record-remedy",
    "appoint-survey-team": "appoint-survey-team",
    "survey": "report-survey",
    "appoint-chair": "appoint-chair",
    "appraise": "open-appraisal",
    "vote": "cast-vote",
    "close-appraisal": "record-appraisal",
    "appoint-examiners": "appoint-examiners",
    "settle-objection": "settle-objection",
    "draw": "commit-draw",
    "shortlist": "fix-shortlist",
    "propose": "propose",
    "open-notice": "open-public-notice",
    "check-integrity": "record-integrity-check",
    "rule-on-integrity-hit": "clear-integrity-hit",
    "approve": "approve",
    "issue": "issue-list",
    "left-over": "repeat-batch",
}

# Written down again on purpose, not taken from the core: who may never be whom (docs/rules.md, A1).
APART = (
    (
        "applicant",
        "recommender reviewer surveyor officer supervisor examiner objector approver auditor admin",
    ),
    ("recommender", "reviewer surveyor officer supervisor examiner approver auditor admin"),
    ("reviewer", "officer supervisor examiner objector approver auditor admin"),
    ("surveyor", "officer supervisor examiner objector approver auditor admin rival"),
    ("officer", "supervisor examiner objector approver auditor rival"),
    ("supervisor", "examiner objector approver auditor rival"),
    ("examiner", "objector approver auditor admin rival"),
    ("objector", "approver auditor admin rival"),
    ("approver", "auditor rival"),
    ("auditor", "admin rival"),
)


def check_carried_on(desk: Desk) -> None:
    """No state but an ended one is without an open task, a deadline, or a round that carries it on."""
    state = desk.state
    if state.ended or tasks_of(state) or desk.aggregate.due(state, desk.known):
        return
    if isinstance(state, ApplicationState):
        assert state.stage in CARRIED_BY_THE_ROUND, state
    elif isinstance(state, RoundState):
        held = state.stage is RoundStage.ISSUED and state.held
        waits_for_a_look = (
            state.stage in (RoundStage.NEW, *ENDED_BY_A_LOOK) or held or has_reached_everyone(state)
        )
        assert state.batch or waits_for_a_look, state
    else:
        assert desk.known.terms is None, state


def has_reached_everyone(state: RoundState) -> bool:
    """Tell whether the draw's or the shortlist's decision was carried out on all, so that a look ends the stage."""
    decided = {
        RoundStage.DRAWING: any(draw.result is not None for draw in state.draws.values()),
        RoundStage.SHORTLISTING: state.shortlist != {},
    }
    return decided.get(state.stage, False) and not state.left_over


def check_tasks_can_be_done(desk: Desk) -> None:
    """Whoever is awaited may act: the stage allows what the task asks for."""
    state = desk.state
    acts = APPLICATION_ACTS if isinstance(state, ApplicationState) else ROUND_ACTS
    for task in tasks_of(state):
        if task.kind in ANSWERS:
            assert state.stage in acts[ANSWERS[task.kind]].stages, task


def check_folds_back(desk: Desk) -> None:
    """The snapshot reads back, and the leaves alone give the state."""
    assert desk.aggregate.load(desk.aggregate.dump(desk.state)) == desk.state
    assert desk.refold() == desk.state


def check_refusal_changed_nothing(before: Any, after: Any, by: Actor) -> None:
    """A refusal changes the refusal count and the version alone; what never began ends with its first one.

    Whose act that was has a hand in it. What the engine reports in vain is nobody's act, and changes nothing at all.
    """
    if by == SYSTEM:
        assert after == before
        return
    frame = {"refusals", "version"}
    ends = isinstance(before, ApplicationState) and before.stage is Stage.NEW
    never = {"stage": Stage.ENDED, "since": after.since, "outcome": Outcome.NEVER_SUBMITTED.value}
    expected = before.with_(**never, hands=after.hands) if ends else before
    assert after.model_dump(exclude=frame) == expected.model_dump(exclude=frame)
    assert after.refusals == before.refusals + 1
    assert after.version == before.version + 1 + ends


def check_locked(before: Any, after: Any) -> None:
    """A submitted review stays, but that it may be voided or, before a score, corrected; so does a fixed score."""
    if not isinstance(after, ApplicationState):
        return
    for old, new in zip(before.reviews, after.reviews, strict=False):
        if new.corrections == old.corrections + 1:
            assert before.score is None, "corrected after the score"
            assert not old.void
            assert (new.seat, new.expert) == (old.seat, old.expert)
        else:
            assert new.with_(void=False, declared=False) == old.with_(void=False, declared=False)
        assert new.void or not old.void
    assert len(after.reviews) >= len(before.reviews)
    if before.score is None and after.score is not None:
        assert not after.holding_reports, "scored before the supervisor ruled"
    if before.score is not None and after.score != before.score:
        assert sum(item.void for item in after.reviews) > sum(item.void for item in before.reviews)


def check_duties(leaves: list[Leaf]) -> None:
    """No person has two duties in one application that must not meet."""
    duties = duties_of(leaves)
    for duty, others in APART:
        for other in others.split():
            both = duties.get(duty, set()) & duties.get(other, set())
            assert not both, f"{both}: {duty} and {other}"


def duties_of(leaves: list[Leaf]) -> dict[str, set[str]]:
    """Return who did what, read off the record without the core's own bookkeeping."""
    found: dict[str, set[str]] = {}
    roles = {Role.OFFICER: "officer", Role.SUPERVISOR: "supervisor"}
    for leaf in leaves:
        data = leaf.data
        if leaf.type == "act.refused.v1":
            continue
        if leaf.actor.role in roles:
            found.setdefault(roles[leaf.actor.role], set()).add(leaf.actor.person)
        named: dict[str, list[str]] = {
            e.ApplicationSubmitted.TYPE: ["applicant", data.get("agent", "")],
            e.CoBuildingConfirmed.TYPE: ["applicant", leaf.actor.person],
            e.RecommendationTaken.TYPE: ["recommender", data.get("agent", "")],
            e.PanelSeated.TYPE: ["reviewer", *data.get("seats", {}).values()],
            e.SeatFilled.TYPE: ["reviewer", data.get("expert", "")],
            e.SurveyTeamAppointed.TYPE: ["surveyor", *data.get("members", ())],
            e.ExaminersAppointed.TYPE: ["examiner", *data.get("examiners", ())],
            e.ObjectionRaised.TYPE: ["objector", data.get("objector", "")],
        }
        if leaf.type in named:
            duty, *people = named[leaf.type]
            found.setdefault(duty, set()).update(people)
    return found


def check_bids(desk: Desk) -> None:
    """A bid comes, goes and changes by those entries alone of which whoever decides on another one is told."""
    before = desk.aggregate.initial(desk.state.stream)
    for leaf in desk.leaves:
        after = desk.aggregate.evolve(before, leaf)
        assert leaf.type in CHANGING or _tell_bid(before) == _tell_bid(after), leaf
        before = after


def _tell_bid(state: Any) -> Any:
    return bid_of(state, state.hands.get("applicant", ()))


def check_confirmed(desk: Desk) -> None:
    """Only co-builders of the present version have confirmed it, each by another person and none by the host's."""
    state = desk.state
    if not isinstance(state, ApplicationState) or not state.confirmed:
        return
    named = state.submission.co_builders if state.submission else ()
    assert set(state.confirmed) <= {unit.code for unit in named}
    people = [*state.confirmed.values(), state.agent]
    assert len(set(people)) == len(people)


def check_keys(desk: Desk) -> None:
    """Open tasks are told apart by their keys."""
    keys = [task.key for task in tasks_of(desk.state)]
    assert len(keys) == len(set(keys)), keys


def check_no_dead_end(desk: Desk) -> None:
    """What the round does next would be taken, where it is the round that carries the application on."""
    state = desk.state
    if not isinstance(state, ApplicationState) or state.ended:
        return
    number = state.proposal + 1
    steps: dict[Stage, Frozen] = {
        Stage.APPRAISED: c.PlaceInProposal(proposal=number, rank=0),
        Stage.PROPOSED: c.OpenNotice(proposal=state.proposal),
    }
    if state.open_reports:
        assert any(task.kind == "rule-on-conflict" for task in tasks_of(state))
    if not state.holding_reports:
        steps |= {
            Stage.SCORED: c.PlaceOnShortlist(rank=1, listed=True),
            Stage.CLEARED: c.Issue(proposal=state.proposal, place=1),
            Stage.RESERVE: c.Issue(proposal=state.proposal, place=0),
        }
    if state.stage is Stage.HELD:
        assert state.open_objections, "held by nothing that somebody could settle"
    if state.stage in steps:
        assert _takes(desk, steps[state.stage])


def _takes(desk: Desk, command: Frozen) -> bool:
    context = Context(actor=SYSTEM, at=desk.now, command_id="probe", facts=desk.known)
    return bool(desk.aggregate.decide(desk.state, command, context))
