"""What people and streams might do next to an application: mostly fitting, sometimes not."""

from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random
from typing import Any

from hypothesis import strategies as st

from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from selection.rules.grounds import BUILT_IN
from tests import factories as f
from tests.desk import Desk

Move = tuple[Frozen, Actor]
Shuffle = Callable[[list[Move]], list[Move]]

shuffles: st.SearchStrategy[Shuffle] = st.integers(0, 2**32).map(
    lambda seed: lambda acts: Random(seed).sample(acts, len(acts))
)

PEOPLE = sorted(f.people())
REPORTS = ("report-1", "report-2", "report-3")
GROUNDS = ("conflict-overlooked", "conflict-overlooked", "reasons-missing", "score-too-low")
OBJECTIONS = ("objection-1", "objection-2")
people = st.sampled_from(PEOPLE)
grounds = st.sampled_from(GROUNDS)
ref, flag = st.just(f.ref()), st.booleans()
some_experts = st.integers(1, 20)
actors = st.one_of(
    people.filter(lambda name: name.split("-")[0] in [role.value for role in Role]).map(f.actor),
    st.builds(Actor, person=people, role=st.sampled_from(Role)),
    st.just(SYSTEM),
)
submissions = st.one_of(
    st.just(f.submission()),
    st.builds(
        f.submission,
        priority=st.sampled_from(["urgent", "frontier", "none"]),
        seals=st.sampled_from([None, f.ref("seals")]),
        avoid=st.lists(some_experts.map(f.expert), max_size=4, unique=True).map(tuple),
        host=st.sampled_from([f.unit(), f.unit("91-other")]),
    ),
    st.builds(f.joint, agreement=st.sampled_from([f.ref("agreement"), f.ref("other")])),
)


def play(desk: Desk, acts: Iterable[Move], at: datetime | None = None) -> list[str]:
    """Take acts in this order; return how each was answered, by what it was."""
    answers = []
    for command, actor in acts:
        try:
            desk.act(command, actor, at)
            answer = "done"
        except Refused as refused:
            answer = refused.code
        answers.append(f"{command.model_dump()['kind']} {actor.person}: {answer}")
    return sorted(answers)


def _seats(state: ApplicationState, *statuses: str) -> list[str]:
    wanted = statuses or ("invited", "accepted", "submitted")
    return [seat.expert for seat in state.seats if seat.status in wanted] or ["expert-1"]


class Likely:
    """Values that the state of an application makes likely."""

    def __init__(self, state: ApplicationState) -> None:
        self.state = state
        self.seats = _seats(state)
        self.revision = st.sampled_from([state.revision, state.revision, state.revision + 1])
        self.proposal = st.sampled_from([state.proposal, state.proposal, state.proposal + 1])
        # Keys that wait for an answer come first, so that it is found.
        self.reports = st.sampled_from([*state.open_reports, *REPORTS])
        self.objections = st.sampled_from([*state.open_objections, *OBJECTIONS])
        self.member = st.sampled_from(self.seats)
        number = state.meeting.number if state.meeting else 1
        self.meeting = st.sampled_from([number, number, number, number + 1])
        self.empty = len([seat for seat in state.seats if seat.status == "empty"]) or 4


Commands = dict[type[Frozen], Callable[[], st.SearchStrategy[Any]]]
"""How to draw each command. Making a strategy costs more than drawing from it: each is made once it is chosen."""


def commands(state: ApplicationState) -> Commands:
    """Return how to draw each command, filled with values that the state makes likely."""
    likely = Likely(state)
    return {
        **_hand_in_and_check(likely),
        **_seat_and_review(likely),
        **_settle_conflicts(likely),
        **_survey_and_appraise(likely),
        **_propose_and_object(likely),
        **_look_again(likely),
        **_review_and_issue(likely),
    }


def _hand_in_and_check(likely: Likely) -> Commands:
    return {
        c.Submit: lambda: st.builds(c.Submit, submission=submissions),
        c.Withdraw: lambda: st.builds(c.Withdraw),
        c.TakeRecommendation: lambda: st.builds(
            f.take, likely.revision, st.sampled_from(["bj", "unit-1"]), people
        ),
        c.ReleaseRecommendation: lambda: st.builds(
            c.ReleaseRecommendation, unit=st.sampled_from(["bj", "unit-1"])
        ),
        c.SendBack: lambda: st.builds(c.SendBack, faults=st.just(("seals-missing",)), text=ref),
        c.Mend: lambda: st.builds(c.Mend, submission=submissions),
        c.ConfirmCoBuilding: lambda: st.builds(
            c.ConfirmCoBuilding, co_builder=st.sampled_from([f.PARTNER, f.HOST]), revision=likely.revision
        ),
        c.PassCheck: lambda: st.builds(
            c.PassCheck,
            revision=likely.revision,
            rulings=st.sampled_from([(), tuple(ground.code for ground in BUILT_IN)]),
            text=ref,
        ),
        c.FailCheck: lambda: st.builds(
            c.FailCheck, revision=likely.revision, grounds=st.just(("excluded-field",)), text=ref
        ),
    }


def _seat_and_review(likely: Likely) -> Commands:
    return {
        c.SeatPanel: lambda: st.builds(
            f.panel,
            some_experts,
            st.sampled_from([likely.empty, likely.empty, 2]),
            st.integers(0, 2),
            st.sampled_from(["main", "second", "third", "fourth"]),
        ),
        c.AcceptInvitation: lambda: st.builds(f.accept),
        c.DeclineInvitation: lambda: st.builds(c.DeclineInvitation),
        c.DeclareConflict: lambda: st.builds(c.DeclareConflict, text=ref),
        c.SubmitReview: lambda: st.builds(
            f.review, st.sampled_from(["0", "12.5", "20", "25", "25.5", "1.3"])
        ),
        c.CorrectReview: lambda: st.builds(
            f.correct, st.sampled_from(["1", "7.5", "20", "24.5", "25.5"]), st.sampled_from([1, 1, 1, 2])
        ),
    }


def _settle_conflicts(likely: Likely) -> Commands:
    return {
        c.ReportConflict: lambda: st.builds(
            f.report_conflict, st.one_of(likely.member, people), likely.reports
        ),
        c.RuleOnConflict: lambda: st.builds(f.rule, likely.reports, upheld=flag),
        c.FindConflicts: lambda: st.builds(c.FindConflicts),
        c.ReferConflict: lambda: st.builds(
            c.ReferConflict,
            report=likely.reports,
            expert=st.one_of(likely.member, people),
            text=st.sampled_from([None, f.ref("why-they-act")]),
        ),
        c.SettlePanel: lambda: st.builds(
            c.SettlePanel,
            way=st.sampled_from(["fewer", "end"]),
            scores=st.sampled_from([0, 3, len(likely.state.valid_reviews)]),
            reason=ref,
        ),
    }


def _survey_and_appraise(likely: Likely) -> Commands:
    return {
        c.AppointChair: lambda: st.builds(
            c.AppointChair, chair=likely.member, reason=st.sampled_from([f.ref("why"), f.ref("why"), None])
        ),
        c.ReplaceChair: lambda: st.builds(
            c.ReplaceChair, chair=st.one_of(st.just(""), likely.member), reason=st.just(f.ref())
        ),
        c.PlaceOnShortlist: lambda: st.builds(c.PlaceOnShortlist, rank=st.integers(1, 9), listed=flag),
        c.AppointSurveyTeam: lambda: st.builds(
            lambda lead, rest, why: f.team(lead, *rest, lead=lead, reason=why),
            people,
            st.lists(people, max_size=3),
            st.sampled_from([None, f.ref("why")]),
        ),
        c.ReportSurvey: lambda: st.builds(
            f.survey, st.just(likely.state.joined.get(likely.state.lead, f.OPENED))
        ),
        c.OpenAppraisal: lambda: st.builds(
            f.meeting, st.just(tuple(likely.seats)), reason=st.sampled_from([None, f.ref("anew")])
        ),
        c.CastVote: lambda: st.builds(
            f.vote,
            st.sampled_from(["for", "against", "abstained"]),
            likely.meeting,
            st.sampled_from([None, f.ref()]),
        ),
        c.RecordAppraisal: lambda: st.builds(
            f.appraisal, likely.meeting, reason=st.sampled_from([None, f.ref("far")])
        ),
    }


def _propose_and_object(likely: Likely) -> Commands:
    return {
        c.PlaceInProposal: lambda: st.builds(
            c.PlaceInProposal,
            proposal=likely.proposal,
            rank=st.integers(0, 3),
            again=flag,
            reason=st.sampled_from([None, f.ref()]),
        ),
        c.OpenNotice: lambda: st.builds(c.OpenNotice, proposal=likely.proposal),
        c.RaiseObjection: lambda: st.builds(f.objection, likely.objections),
        c.WithdrawObjection: lambda: st.builds(f.withdraw_objection, likely.objections),
        c.AppointExaminers: lambda: st.builds(
            lambda who, other, key, why: f.examiners(who, other, objection=key, reason=why),
            st.one_of(st.sampled_from(["examiner-1", "examiner-2"]), people),
            st.sampled_from(["examiner-1", "examiner-2"]),
            likely.objections,
            st.sampled_from([None, f.ref("why")]),
        ),
        c.SettleObjection: lambda: st.builds(
            f.settle, st.sampled_from(["partly-upheld", "dismissed"]), likely.objections
        ),
        c.UpholdObjection: lambda: st.builds(f.settle, st.just("upheld"), likely.objections),
    }


def _look_again(likely: Likely) -> Commands:
    return {
        c.GiveUp: lambda: st.builds(c.GiveUp),
        c.ReportFraud: lambda: st.builds(f.report_fraud),
        c.RuleOnFraud: lambda: st.builds(c.RuleOnFraud, upheld=flag, text=ref),
        c.DeclareProject: lambda: st.builds(
            c.DeclareProject,
            report=st.sampled_from(["project-1", "project-2"]),
            expert=people,
            text=ref,
        ),
        c.ReopenObjection: lambda: st.builds(c.ReopenObjection, objection=likely.objections, text=ref),
        c.ReverseDecision: lambda: st.builds(
            c.ReverseDecision,
            decision=st.sampled_from(["check", "shortlist", "survey", "appraisal", "conflict", "objection"]),
            report=st.sampled_from(["", *likely.state.reports]),
            text=ref,
        ),
        c.DeclineReversal: lambda: st.builds(
            c.DeclineReversal, decision=st.sampled_from(["check", "survey", "appraisal"]), text=ref
        ),
        c.ReplaceAgent: lambda: st.builds(c.ReplaceAgent, agent=people, reason=ref),
    }


def _review_and_issue(likely: Likely) -> Commands:
    return {
        c.RequestReview: lambda: st.builds(f.request_review, grounds),
        c.AppointDeciders: lambda: st.builds(
            c.AppointDeciders, ground=grounds, deciders=st.just(("examiner-2", "examiner-3"))
        ),
        c.RuleOnRequest: lambda: st.builds(
            f.rule_on_request, st.sampled_from(["fresh-panel", "step-again", "place-given", ""]), grounds
        ),
        c.RecordRemedy: lambda: st.builds(c.RecordRemedy, ground=grounds, text=ref),
        c.Issue: lambda: st.builds(c.Issue, proposal=likely.proposal, place=st.integers(0, 2)),
        c.CancelWithRound: lambda: st.builds(c.CancelWithRound),
    }


ROLES = {
    "applicant": "submit withdraw give-up mend confirm-co-building request-review declare-project",
    "expert": "accept-invitation decline-invitation declare-conflict submit-review correct-review cast-vote",
    "officer": "send-back pass-check fail-check report-conflict refer-conflict appoint-chair appoint-survey-team"
    " appoint-examiners report-fraud appoint-deciders record-remedy",
    "supervisor": "reopen-objection reverse-decision decline-reversal rule-on-conflict rule-on-fraud settle-panel",
    "surveyor": "report-survey",
    "chair": "open-appraisal record-appraisal",
    "objector": "raise-objection withdraw-objection",
    "examiner": "settle-objection uphold-objection rule-on-request",
}


def _likely(state: ApplicationState, role: str) -> list[str]:
    examiners = sorted(state.examiners)
    return {
        "applicant": [state.agent or "applicant-1", "partner-1"],
        "expert": _seats(state),
        "officer": ["officer-1", "officer-2"],
        "supervisor": ["supervisor-1", "supervisor-2"],
        "surveyor": list(state.team) or ["surveyor-1"],
        "chair": [state.chair or "expert-1"],
        "objector": ["objector-1", "objector-2", *_seats(state), "officer-1"],
        "examiner": examiners or ["examiner-1"],
    }[role]


def fitting_actors(state: ApplicationState, command: Frozen) -> st.SearchStrategy[Actor]:
    """Draw someone who might well do this."""
    kind = str(command.model_dump()["kind"])
    status = {
        "accept-invitation": "invited",
        "submit-review": "accepted",
        "correct-review": "submitted",
    }.get(kind)
    if kind == "cast-vote" and state.meeting is not None and state.meeting.awaited:
        return st.sampled_from(state.meeting.awaited).map(f.actor)
    if status is not None:
        return st.sampled_from(_seats(state, status)).map(f.actor)
    for role, kinds in ROLES.items():
        if kind in kinds.split():
            return st.builds(f.actor, st.sampled_from(_likely(state, role)), st.just(role))
    return st.just(SYSTEM)


@st.composite
def moves(draw: st.DrawFn, state: ApplicationState) -> Move:
    """Draw an act: any command, by someone fitting three times in four."""
    known = commands(state)
    command: Frozen = draw(known[draw(st.sampled_from(list(known)))]())
    fits = draw(st.integers(0, 3))
    return command, draw(fitting_actors(state, command) if fits else actors)


CONFLICT = (c.ReportConflict, c.RuleOnConflict)

FORWARD: dict[Stage, tuple[type[Frozen], ...]] = {
    Stage.SUBMITTED: (c.TakeRecommendation, c.Submit, c.ConfirmCoBuilding),
    Stage.WITHDRAWN: (c.Submit,),
    Stage.RECOMMENDED: (c.ReleaseRecommendation, c.Submit),
    Stage.CHECKING: (c.PassCheck, c.SendBack, c.FailCheck),
    Stage.MENDING: (c.Mend, c.Mend, c.Mend, c.ReleaseRecommendation, c.ConfirmCoBuilding),
    Stage.ELIGIBLE: (c.SeatPanel,),
    Stage.REVIEW: (
        c.AcceptInvitation,
        c.AcceptInvitation,
        c.SubmitReview,
        c.SubmitReview,
        c.CorrectReview,
        c.DeclineInvitation,
        c.DeclareConflict,
        c.ReportConflict,
        c.RuleOnConflict,
        c.SeatPanel,
        c.AppointChair,
    ),
    Stage.SCORED: (c.PlaceOnShortlist, c.ReportConflict, c.RuleOnConflict, c.AppointChair, c.ReplaceChair),
    Stage.SURVEY: (c.AppointSurveyTeam, c.ReportSurvey, c.AppointChair, c.ReplaceChair, *CONFLICT),
    Stage.APPRAISAL: (
        c.AppointChair,
        c.ReplaceChair,
        c.OpenAppraisal,
        c.CastVote,
        c.CastVote,
        c.RecordAppraisal,
        *CONFLICT,
    ),
    Stage.APPRAISED: (c.PlaceInProposal, *CONFLICT),
    Stage.PROPOSED: (c.OpenNotice, c.PlaceInProposal, *CONFLICT),
    Stage.RESERVE: (c.PlaceInProposal, c.Issue, *CONFLICT),
    Stage.NOTICE: (
        c.RaiseObjection,
        c.AppointExaminers,
        c.WithdrawObjection,
        c.SettleObjection,
        c.ReopenObjection,
        c.UpholdObjection,
        *CONFLICT,
    ),
    Stage.HELD: (c.AppointExaminers, c.WithdrawObjection, c.SettleObjection, c.UpholdObjection, *CONFLICT),
    Stage.CLEARED: (c.PlaceInProposal, c.Issue, *CONFLICT),
    Stage.ENDED: (c.RequestReview, c.AppointDeciders, c.RuleOnRequest, c.RuleOnRequest, c.RecordRemedy),
}


@st.composite
def forward_moves(draw: st.DrawFn, state: ApplicationState) -> Move:
    """Draw an act that belongs to the stage, by someone fitting."""
    kinds = FORWARD.get(state.stage, (c.Submit,))
    wanted = draw(st.sampled_from(kinds))
    command: Frozen = draw(commands(state)[wanted]())
    return command, draw(fitting_actors(state, command))
