"""Who must stand aside by data: an employment now or before, a related unit, a bid in the same field."""

from datetime import timedelta

import pytest

from selection.application import commands as c, events as e
from selection.decision.relations import (
    Bid,
    Declared,
    Employment,
    Relations,
)
from selection.draw.pool import draw_inputs
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.refusals.refused import Refused
from selection.rules.sections import Recusal
from tests import factories as f, paths
from tests.desk import Desk

pytestmark = pytest.mark.long

HOST, GROUP, SISTER = (canonical_code(code) for code in (f.HOST, "91-group", "91-sister"))
YEAR = timedelta(days=365)


def employ(desk: Desk, person: str, *employments: Employment) -> None:
    """Let the register say where somebody works and worked."""
    told = desk.world.relations or Relations()
    desk.world = desk.world.with_(relations=told.with_(employments={**told.employments, person: employments}))


def belong(desk: Desk, **parents: tuple[str, ...]) -> None:
    """Let the register say what units belong to."""
    told = desk.world.relations or Relations()
    known = {canonical_code(f"91-{name}"): above for name, above in parents.items()}
    desk.world = desk.world.with_(relations=told.with_(parents={**told.parents, **known}))


def compete(desk: Desk, *bids: Bid) -> None:
    """Let there be other bids in the round."""
    desk.world = desk.world.with_(relations=(desk.world.relations or Relations()).with_(bids=bids))


def declare(desk: Desk, person: str, *ties: Declared) -> None:
    """Let the register say what somebody, or another of them, declared."""
    told = desk.world.relations or Relations()
    desk.world = desk.world.with_(relations=told.with_(ties={**told.ties, person: ties}))


def now(unit: str = f.HOST) -> Employment:
    return Employment(unit=unit)


def bind(desk: Desk, person: str, how: str) -> None:
    """Bind a person to the application in one of the ways there are."""
    match how:
        case "same-employer":
            employ(desk, person, now())
        case "employed-before":
            employ(desk, person, Employment(unit=f.HOST, until=desk.now - YEAR), now("91-elsewhere"))
        case "unit-related":
            employ(desk, person, now("91-group"))
            belong(desk, host=(GROUP,))
        case "rival-bid":
            employ(desk, person, now("91-rival"))
            rival = Bid(number="0009", field="equipment", units=(canonical_code("91-rival"),))
            compete(desk, rival)
        case "relative-declared":
            declare(desk, person, Declared(kind="relative", unit=HOST))
        case "adviser-declared":
            declare(desk, person, Declared(kind="adviser", other="applicant-1", until=desk.now - YEAR))


WAYS = (
    *("same-employer", "employed-before", "unit-related", "rival-bid"),
    *("relative-declared", "adviser-declared"),
)
ACTS: dict[str, tuple[Stage, str, Role, Frozen]] = {
    "check": (Stage.CHECKING, "officer-1", Role.OFFICER, c.PassCheck(revision=1)),
    "fail": (
        Stage.CHECKING,
        "officer-1",
        Role.OFFICER,
        c.FailCheck(revision=1, grounds=("held-direction",), text=f.ref()),
    ),
    "accept": (Stage.REVIEW, "expert-1", Role.EXPERT, f.accept()),
    "team": (Stage.SURVEY, "officer-1", Role.OFFICER, f.team()),
    "chair": (
        Stage.APPRAISAL,
        "officer-1",
        Role.OFFICER,
        c.AppointChair(chair="expert-2", reason=f.ref("why")),
    ),
}


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("act", ACTS)
def test_whom_data_binds_to_an_application_decides_nothing_on_it(act: str, how: str) -> None:
    stage, person, role, command = ACTS[act]
    desk = paths.application_in(stage)
    bind(desk, person, how)
    assert desk.refuse(command, Actor(person=person, role=role)) == how


@pytest.mark.parametrize("how", WAYS)
def test_an_expert_who_came_into_conflict_after_the_draw_scores_no_more(how: str) -> None:
    desk = paths.application_in(Stage.REVIEW)
    expert = paths.experts(desk)[0]
    desk.act(f.accept(), f.actor(expert))
    bind(desk, expert, how)
    assert desk.refuse(f.review(), f.actor(expert)) == how
    # They can still step back, and the next alternate takes the seat.
    desk.act(c.DeclareConflict(text=f.ref("conflict")), f.actor(expert))
    assert expert not in paths.experts(desk)


@pytest.mark.parametrize("how", WAYS)
def test_nor_corrects_what_they_scored_before(how: str) -> None:
    desk = paths.application_in(Stage.REVIEW)
    expert = paths.experts(desk)[0]
    desk.act(f.accept(), f.actor(expert))
    desk.act(f.review(), f.actor(expert))
    bind(desk, expert, how)
    assert desk.refuse(f.correct("25"), f.actor(expert)) == how


@pytest.mark.parametrize("how", WAYS)
def test_a_supervisor_who_is_bound_rules_on_no_conflict(how: str) -> None:
    desk = paths.application_in(Stage.REVIEW)
    desk.act(f.report_conflict("expert-1"), f.OFFICER)
    bind(desk, "supervisor-1", how)
    assert desk.refuse(f.rule(upheld=False), f.SUPERVISOR) == how
    assert desk.act(f.rule(upheld=False), f.actor("supervisor-2"))


@pytest.mark.parametrize("how", WAYS)
def test_nobody_who_is_bound_is_seated_or_named(how: str) -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    bind(desk, "expert-3", how)
    (event,) = desk.act(f.panel())
    assert isinstance(event, e.PanelSeated)
    assert (event.passed_over, event.seats["3"], len(event.alternates)) == (("expert-3",), "expert-4", 2)
    desk = paths.application_in(Stage.SURVEY)
    bind(desk, "surveyor-3", how)
    assert desk.refuse(f.team(), f.OFFICER) == how
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    bind(desk, "examiner-2", how)
    assert desk.refuse(f.examiners(), f.OFFICER) == how


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.SCORED])
@pytest.mark.parametrize("how", WAYS)
def test_no_alternate_who_is_bound_takes_a_seat_that_a_ruling_empties(how: str, stage: Stage) -> None:
    desk = paths.application_in(stage)
    expert, bound = paths.experts(desk)[0], desk.state.alternates[0]
    bind(desk, bound, how)
    desk.act(f.report_conflict(expert), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    assert desk.state.stage is Stage.REVIEW
    assert not {expert, bound} & set(paths.experts(desk))


@pytest.mark.parametrize("how", WAYS)
def test_nobody_who_is_bound_reports_a_survey_or_settles_an_objection(how: str) -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.team(), f.OFFICER)
    bind(desk, "surveyor-1", how)
    assert desk.refuse(f.survey(), f.actor("surveyor-1")) == how
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    bind(desk, "examiner-1", how)
    assert desk.refuse(f.settle(), f.actor("examiner-1")) == how


@pytest.mark.parametrize("how", WAYS)
def test_a_member_who_is_bound_stands_aside_from_the_vote(how: str) -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER)
    members = tuple(paths.experts(desk, "submitted"))
    chair = f.actor("expert-1", Role.CHAIR)
    bind(desk, members[-1], how)
    assert desk.refuse(f.meeting(members), chair) == "must-stand-aside"
    assert desk.act(f.meeting(members, aside=members[-1:]), chair)
    assert desk.act(f.meeting(members[:-1]), chair)
    assert desk.refuse(f.vote(), f.actor(members[-1])) == how


@pytest.mark.parametrize("how", WAYS)
def test_who_was_asked_to_vote_is_left_out_for_a_tie_by_a_supervisors_ruling_alone(how: str) -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER)
    members = tuple(paths.experts(desk, "submitted"))
    chair = f.actor("expert-1", Role.CHAIR)
    desk.act(f.meeting(members), chair)
    for member in members:
        desk.act(f.vote(), f.actor(member))
    # One administrator registers what binds who dissents, and the chair leaves them out.
    bind(desk, members[-1], how)
    why = f.ref("why")
    assert desk.refuse(f.meeting(members, reason=why), chair) == "must-stand-aside"
    assert desk.refuse(f.meeting(members, aside=members[-1:], reason=why), chair) == "voter-left-out"
    assert desk.refuse(f.meeting(members[:-1], reason=why), chair) == "voter-left-out"
    assert desk.refuse(f.appraisal(), chair) == "must-stand-aside"
    desk.act(c.ReferConflict(report="referred", expert=members[-1]), f.OFFICER)
    desk.act(c.RuleOnConflict(report="referred", upheld=True, text=f.ref()), f.SUPERVISOR)
    assert desk.act(f.meeting(members[:-1], reason=why), chair)


@pytest.mark.parametrize("how", WAYS)
def test_an_alternate_who_is_bound_is_passed_over(how: str) -> None:
    desk = paths.application_in(Stage.REVIEW)
    first, second = desk.state.alternates[:2]
    bind(desk, first, how)
    desk.act(c.DeclineInvitation(), f.actor(paths.experts(desk)[0]))
    assert first not in paths.experts(desk)
    assert second in paths.experts(desk)


@pytest.mark.parametrize("how", WAYS)
def test_also_where_a_deadline_empties_the_seat(how: str) -> None:
    desk = paths.application_in(Stage.REVIEW)
    first, second = desk.state.alternates[:2]
    desk.act(f.accept(), f.actor("expert-1"))
    for expert in paths.experts(desk, "invited")[1:]:
        desk.act(f.accept(), f.actor(expert))
    bind(desk, first, how)
    desk.wait(desk.state.seats[1].respond_by)
    assert desk.state.seats[1].expert == second


def test_a_recommenders_agent_who_is_of_the_host_recommends_nothing_but_by_their_own_units_route() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    employ(desk, "recommender-1", now())
    assert desk.refuse(f.take()) == "same-employer"
    assert desk.act(f.take(unit="unit-1"))


def test_an_applicant_of_another_application_objects_to_none_surveys_none_and_examines_none() -> None:
    other = Bid(number="0009", field="tourism", units=("91-X",), applicants=("objector-1", "surveyor-2"))
    desk = paths.application_in(Stage.NOTICE)
    compete(desk, other)
    assert desk.refuse(f.objection(), f.actor("objector-1")) == "same-hands"
    desk.act(f.objection(), f.actor("objector-2"))
    assert desk.refuse(f.examiners("examiner-1", "surveyor-2"), f.OFFICER) == "same-hands"
    desk = paths.application_in(Stage.SURVEY)
    compete(desk, other)
    assert desk.refuse(f.team(), f.OFFICER) == "same-hands"


def upheld(person: str, stage: Stage) -> Desk:
    """An application at a stage, in which a report on a person was upheld before."""
    desk = paths.application_in(Stage.REVIEW)
    desk.act(f.report_conflict(person), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    return paths.lead_to(desk, stage)


def test_whose_conflict_was_upheld_is_appointed_to_nothing_and_decides_nothing() -> None:
    desk = upheld("surveyor-2", Stage.SURVEY)
    assert desk.refuse(f.team(), f.OFFICER) == "conflict-upheld"
    desk = upheld("examiner-1", Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    assert desk.refuse(f.examiners(), f.OFFICER) == "conflict-upheld"
    desk = upheld("officer-1", Stage.SURVEY)
    assert desk.refuse(f.team(), f.OFFICER) == "conflict-upheld"
    assert desk.act(f.team(), f.actor("officer-2"))


def test_also_where_they_were_appointed_before_the_ruling() -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.team(), f.OFFICER)
    desk.act(f.report_conflict("surveyor-1"), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    assert desk.refuse(f.survey(), f.actor("surveyor-1")) == "conflict-upheld"


def test_what_binds_is_shown_with_the_persons_own_unit_and_dates() -> None:
    desk = paths.application_in(Stage.CHECKING)
    bind(desk, "officer-1", "employed-before")
    with pytest.raises(Refused) as refused:
        desk.act(c.PassCheck(revision=1), f.OFFICER)
    until = (desk.now - YEAR).isoformat()
    assert refused.value.params == {"person": "officer-1", "unit": HOST, "until": until, "years": "3"}


@pytest.mark.parametrize("how", WAYS)
def test_nobody_who_is_bound_is_drawn(how: str) -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    bind(desk, "expert-1", how)
    people = [f.person(f.expert(number), "expert") for number in (1, 2)]
    inputs = draw_inputs(f.RULES, [desk.state], [], people, desk.world.relations or Relations(), desk.now)
    assert "expert-1" in inputs.applications[0].conflicts
    assert "expert-2" not in inputs.applications[0].conflicts


def test_the_rules_seal_what_differs_from_the_default_alone() -> None:
    assert "recusal" not in f.rules().model_dump(mode="json")
    assert f.rules(recusal={"years": 5}).model_dump(mode="json")["recusal"]["years"] == 5
    assert f.rules().recusal == Recusal()
