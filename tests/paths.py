"""Ways through the process by real acts: desks that stand at a stage, reached as a round would get there."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from selection.application import commands as c
from selection.decision.aggregate import Event
from selection.decision.facts import DrawBasis
from selection.decision.reference import CitedDecision, Decision
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage, Stage
from selection.round import commands as r
from selection.rules.terms import Terms
from tests import factories as f
from tests.desk import Desk
from tests.draws import commit_draw, enter_numbers, open_draw


def application(terms: Terms = f.TERMS, number: str = "0001", **world: Any) -> Desk:
    """An application before its first act, at the opening of the call."""
    return Desk(f"application/{f.ROUND}/{number}", f.facts(terms, **world), f.OPENED)


def experts(desk: Desk, *statuses: str) -> list[str]:
    """Who sits on the panel, by seat; with statuses, only seats of these."""
    wanted = statuses or ("invited", "accepted", "submitted")
    return [seat.expert for seat in desk.state.seats if seat.status in wanted]


def seat_panel(desk: Desk) -> None:
    seats = desk.world.terms.panel if desk.world.terms else f.TERMS.panel
    desk.act(f.panel(seats=seats.seats, alternates=seats.alternates))


def review_all(desk: Desk, value: str = "20") -> None:
    for expert in experts(desk, "invited"):
        desk.act(f.accept(), f.actor(expert))
    for expert in experts(desk, "accepted"):
        desk.act(f.review(value), f.actor(expert))


def appraise(desk: Desk) -> None:
    desk.act(c.AppointChair(chair=experts(desk)[0], reason=f.ref("why")), f.OFFICER)
    for act, actor in f.hold_meeting(experts(desk, "submitted"), desk.state.chair):
        desk.act(act, actor)


def place(desk: Desk, rank: int = 1, again: bool = False) -> None:
    proposal = desk.state.proposal + 1
    desk.act(c.PlaceInProposal(proposal=proposal, rank=rank, again=again, reason=f.ref("why")))


STEPS: dict[Stage, Callable[[Desk], object]] = {
    Stage.SUBMITTED: lambda desk: desk.act(f.submit(), f.APPLICANT),
    Stage.RECOMMENDED: lambda desk: desk.act(f.take(desk.state.revision)),
    Stage.CHECKING: lambda desk: desk.wait(f.deadline("recommendation") + f.DAY),
    Stage.ELIGIBLE: lambda desk: desk.act(c.PassCheck(revision=desk.state.revision), f.OFFICER),
    Stage.REVIEW: seat_panel,
    Stage.SCORED: review_all,
    Stage.SURVEY: lambda desk: desk.act(c.PlaceOnShortlist(rank=1, listed=True)),
    Stage.APPRAISAL: lambda desk: (
        desk.act(f.team(), f.OFFICER),
        desk.act(f.survey(desk.state.joined["surveyor-1"]), f.actor("surveyor-1", Role.SURVEYOR)),
    ),
    Stage.APPRAISED: appraise,
    Stage.PROPOSED: place,
    Stage.NOTICE: lambda desk: desk.act(c.OpenNotice(proposal=desk.state.proposal)),
    Stage.CLEARED: lambda desk: desk.wait(desk.state.until),
}
"""The stages of one that is listed at the end, each with the acts that lead there."""


def lead_to(desk: Desk, stage: Stage) -> Desk:
    """Take a desk along the way of a listed application until it stands at the stage."""
    way = list(STEPS)
    begun = way.index(desk.state.stage) + 1 if desk.state.stage in way else 0
    for step in way[begun : way.index(stage) + 1]:
        STEPS[step](desk)
    assert desk.state.stage is stage
    return desk


def application_in(stage: Stage, terms: Terms = f.TERMS) -> Desk:
    """An application at a stage."""
    return (_usual_application(stage) if terms is f.TERMS else _lead_application(stage, terms)).copy()


@cache
def _usual_application(stage: Stage) -> Desk:
    return _lead_application(stage, f.TERMS)


def _lead_application(stage: Stage, terms: Terms) -> Desk:
    desk = application(terms)
    match stage:
        case Stage.NEW:
            return desk
        case Stage.WITHDRAWN:
            lead_to(desk, Stage.SUBMITTED).act(c.Withdraw(), f.APPLICANT)
        case Stage.MENDING:
            lead_to(desk, Stage.CHECKING).act(
                c.SendBack(faults=("evidence-unclear",), text=f.ref()), f.OFFICER
            )
        case Stage.RESERVE:
            lead_to(desk, Stage.APPRAISED).act(c.PlaceInProposal(proposal=1, rank=0))
        case Stage.HELD:
            lead_to(desk, Stage.NOTICE).act(f.objection(), f.actor("objector-1"))
            desk.act(f.examiners(), f.OFFICER)
            desk.wait(desk.state.until)
        case Stage.ENDED:
            lead_to(desk, Stage.CLEARED).act(c.Issue(proposal=1, place=1))
        case _:
            lead_to(desk, stage)
    return desk


def unit_list(unit: str = "bj", quota: int = 2, **world: Any) -> Desk:
    """A unit's list before its first act."""
    stream = f"recommender/{f.ROUND}/{unit}"
    return Desk(stream, f.facts(**{"quota": quota, **world}), f.OPENED)


def round_desk(**world: Any) -> Desk:
    """A round before it is opened."""
    return Desk(f"round/{f.ROUND}", f.facts(**world), f.OPENED)


def cite(desk: Desk, version: int) -> CitedDecision:
    """What a record tells that holds a desk's stream as it stands now, of the entry of a version."""
    decision = Decision(stream=desk.state.stream, version=version)
    leaf = desk.leaves[version - 1] if 1 <= version <= len(desk.leaves) else None
    return CitedDecision(decision=decision, leaf=leaf, state=desk.state)


def know(desk: Desk, counts: dict[str, int] | None = None, *numbers: str, **changes: Any) -> None:
    """Set what the record would tell the round: counts per stage, and candidates in order of rank."""
    candidates = tuple(f.candidate(number, rank=rank, **changes) for rank, number in enumerate(numbers, 1))
    known = {Stage(name): count for name, count in (counts or {}).items()}
    desk.world = desk.world.model_copy(update={"counts": known, "candidates": candidates})


def carry_out(desk: Desk, *left_over: str) -> None:
    desk.act(r.ReportBatch(batch=desk.state.batch, touched=3, left_over=left_over))


def commit(desk: Desk, draw: str = "main", by: Actor = f.OFFICER) -> None:
    """Commit a draw of one application."""
    basis = DrawBasis(inputs=f.ref("inputs"), applications=3, experts=24)
    desk.world = desk.world.model_copy(update={"draw": basis})
    after = max((item.public for item in desk.state.draws.values()), default=f.OPENED)
    desk.act(commit_draw(draw, desk.now, desk.state.sealed, after=after), by)


def until_public(desk: Desk, draw: str = "main") -> None:
    """Wait until the numbers of a draw are public, and let who committed it enter them."""
    desk.wait(desk.state.draws[draw].public)
    desk.act(enter_numbers(draw), f.OFFICER)


def open_(desk: Desk, draw: str = "main") -> None:
    """Open a committed draw, once its numbers are public."""
    until_public(desk, draw)
    desk.act(open_draw(draw), f.OPENER)


def draw(desk: Desk, name: str = "main") -> None:
    commit(desk, name)
    open_(desk, name)
    desk.act(r.ReportDraw(draw=name, result=f.ref("result"), total_cost=5))
    carry_out(desk)


def shortlist(desk: Desk) -> None:
    know(desk, {"scored": 3}, "0001", "0002", "0003", by_rank=True)
    desk.act(r.FixShortlist(), f.OFFICER)
    carry_out(desk)


def proposal(desk: Desk) -> None:
    know(desk, {"appraised": 3}, "0001", "0002", "0003", agreed="80")
    desk.act(f.propose("0001", "0002"), f.OFFICER)
    carry_out(desk)
    desk.world = desk.world.model_copy(update={"counts": {Stage.PROPOSED: 2, Stage.RESERVE: 1}})


def notice(desk: Desk) -> None:
    desk.act(r.OpenPublicNotice(proposal=desk.state.proposal), f.OFFICER)
    carry_out(desk)


def look(desk: Desk) -> None:
    """Let the round look at a record in which nothing is left to do in its stage."""
    know(desk, {"ended": 1})
    desk.look()


def agree(desk: Desk) -> None:
    """Pass the integrity check and every level."""
    number = desk.state.proposal
    know(desk)
    desk.act(r.RecordIntegrityCheck(proposal=number, text=f.ref("integrity")), f.SUPERVISOR)
    for person, level in (
        ("approver-1", "department"),
        ("approver-2", "ministry"),
        ("approver-3", "ministry"),
    ):
        desk.act(r.Approve(proposal=number, level=level), f.actor(person))


def issue(desk: Desk) -> None:
    agree(desk)
    desk.act(r.IssueList(proposal=desk.state.proposal), f.OFFICER)


def in_turn(desk: Desk, *steps: Callable[[Desk], None]) -> None:
    for step in steps:
        step(desk)


ROUND_STEPS: dict[RoundStage, Callable[[Desk], object]] = {
    RoundStage.CALL: lambda desk: desk.act(f.open_round(), f.OFFICER),
    RoundStage.CHECKING: lambda desk: desk.wait(f.deadline("recommendation")),
    RoundStage.DRAWING: look,
    RoundStage.REVIEW: lambda desk: in_turn(desk, draw, look),
    RoundStage.SHORTLISTING: look,
    RoundStage.SURVEY: lambda desk: in_turn(desk, shortlist, look),
    RoundStage.APPRAISAL: look,
    RoundStage.PROPOSAL: look,
    RoundStage.NOTICE: lambda desk: in_turn(desk, proposal, notice),
    RoundStage.APPROVAL: look,
    RoundStage.ISSUED: issue,
}
"""The stages of a round that ends with a list."""


def round_in(stage: RoundStage) -> Desk:
    """A round at a stage."""
    return _lead_round(stage).copy()


@cache
def _lead_round(stage: RoundStage) -> Desk:
    desk = round_desk()
    for step, go in ROUND_STEPS.items():
        if stage in (RoundStage.NEW, desk.state.stage):
            break
        if stage is RoundStage.CANCELLED and step is RoundStage.CHECKING:
            desk.act(r.CancelRound(reason=f.ref()), f.OFFICER)
            break
        go(desk)
    assert desk.state.stage is stage
    return desk


def send_item_back() -> Desk:
    """A round that lost one item to an objection and got the other back from the approvers."""
    desk = round_in(RoundStage.NOTICE)
    know(desk, {}, "0001", stage="ended")
    desk.look()
    know(desk)
    desk.act(r.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), f.SUPERVISOR)
    back = r.SendBackProposal(proposal=1, level="department", items=("0002",), reason=f.ref())
    desk.act(back, f.actor("approver-1"))
    return desk


def find(desk: Desk, **fates: str) -> tuple[Event, ...]:
    """Let the round look at a record in which its items stand so: `n0001="held"`."""
    found = tuple(f.candidate(name.removeprefix("n"), stage=stage) for name, stage in fates.items())
    desk.world = desk.world.model_copy(update={"counts": {}, "candidates": found})
    return desk.look()


def holding(stage: RoundStage = RoundStage.APPROVAL) -> Desk:
    """A round in approval, or with its list issued, whose first item an objection holds; the second is clear."""
    desk = round_in(RoundStage.NOTICE)
    find(desk, n0001="held", n0002="cleared")
    if stage is RoundStage.ISSUED:
        issue(desk)
        carry_out(desk)
    return desk


def extend(desk: Desk, name: str, until: datetime) -> None:
    """Record an extension of the round, which the desk may read when it asks."""
    deadlines = {**desk.world.deadlines, name: until}
    desk.world = desk.world.model_copy(update={"deadlines": deadlines})
