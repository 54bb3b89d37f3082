"""What data shows of somebody who judges an application is put before a supervisor, who confirms or dismisses it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.decision.candidates import candidate
from selection.application import commands as c, events as e
from selection.decision.aggregate import Context, Event, leaf_of
from selection.decision.facts import Candidate
from selection.decision.reference import CitedDecision, Decision
from selection.decision.relations import Bid, Conflict, Employment
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Letter
from selection.projections.open_tasks import tasks_of
from selection.projections.rows import candidate_of, row_of
from selection.refusals.refused import Refused
from selection.register.events import PersonErased, PersonRegistered
from selection.register.state import RegisterState
from selection.round.preconditions import refuse_entangled
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import HOST, WAYS, bind, compete, employ, now

SECOND = f.actor("supervisor-2")
NEVER = ("same-employer",)
YEAR = timedelta(days=365)


def make_person_registered(person: str = "expert-1") -> Event:
    return PersonRegistered(
        person=person, roles={}, employer=HOST, language="zh", active=True, identity="0" * 64
    )


def change_register(desk: Desk, event: Event | None = None, version: int = 9) -> tuple[Event, ...]:
    """Have the application look, as a change of the register has it do."""
    decision = Decision(stream="installation", version=version)
    told = leaf_of(
        event or make_person_registered(),
        state=RegisterState(stream="installation", version=version - 1),
        offset=1,
        actor=f.actor("admin-1"),
        at=desk.now,
        command_id="c",
    )
    desk.world = desk.world.with_(cited=CitedDecision(decision=decision, leaf=told))
    return desk.carry(decision)


def refer(person: str, report: str = "referred") -> c.ReferConflict:
    return c.ReferConflict(report=report, expert=person)


def waiting(desk: Desk) -> list[str]:
    return [task.key for task in tasks_of(desk.state) if task.kind == "rule-on-conflict"]


def in_review() -> Desk:
    """An application whose first expert has scored, and whose second has accepted."""
    desk = paths.application_in(Stage.REVIEW)
    for expert in paths.experts(desk)[:2]:
        desk.act(f.accept(), f.actor(expert))
    desk.act(f.review(), f.actor("expert-1"))
    return desk


@pytest.mark.parametrize("how", WAYS)
def test_a_change_of_the_register_puts_a_bound_reviewer_before_a_supervisor_at_once(how: str) -> None:
    desk = in_review()
    bind(desk, "expert-1", how)
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    assert (found.expert, found.seated, len(found.bound_by)) == ("expert-1", True, 1)
    assert waiting(desk) == [f"report/{found.report}"]
    told = [(item.template, item.to) for item in desk.sent if isinstance(item, Letter)][-4:]
    assert told == [
        ("conflict-found", "supervisor-1"),
        ("conflict-found", "supervisor-2"),
        ("conflict-found-told", "officer-1"),
        ("conflict-found-told", "officer-2"),
    ]


def test_what_binds_nobody_who_judges_leaves_no_entry_nor_does_the_same_once_more() -> None:
    desk = in_review()
    bind(desk, "expert-99", "same-employer")
    assert change_register(desk) == ()
    bind(desk, "expert-1", "same-employer")
    assert change_register(desk, version=10)
    assert change_register(desk, version=11) == ()


def test_no_other_entry_of_the_register_and_no_unknown_one_has_it_look() -> None:
    desk = in_review()
    bind(desk, "expert-1", "same-employer")
    erased = PersonErased(person="expert-1", contents=(), forced=True)
    with pytest.raises(Refused, match="not-entitled"):
        change_register(desk, erased)
    desk.world = desk.world.with_(cited=None)
    with pytest.raises(Refused, match="not-entitled"):
        desk.carry(Decision(stream="installation", version=9))
    assert waiting(desk) == []


def test_confirmed_the_review_is_void_and_the_next_alternate_takes_the_seat() -> None:
    desk = in_review()
    alternate = desk.state.alternates[0]
    bind(desk, "expert-1", "unit-related")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    brought = desk.act(f.rule(found.report, upheld=True), f.SUPERVISOR)
    assert [type(event) for event in brought] == [
        *(e.ConflictRuled, e.ReviewVoided, e.SeatVacated, e.SeatFilled)
    ]
    assert alternate in paths.experts(desk)
    assert (waiting(desk), "expert-1" in desk.state.people_in_conflict) == ([], True)


@pytest.mark.parametrize("how", [how for how in WAYS if how not in NEVER])
def test_dismissed_that_very_evidence_is_refused_no_more(how: str) -> None:
    desk = in_review()
    bind(desk, "expert-2", how)
    assert desk.refuse(f.review(), f.actor("expert-2")) == how
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    desk.act(f.rule(found.report, upheld=False), f.SUPERVISOR)
    assert (waiting(desk), change_register(desk, version=10)) == ([], ())
    assert desk.act(f.review(), f.actor("expert-2"))


def test_a_dismissal_counts_for_nobody_else() -> None:
    desk = in_review()
    bind(desk, "expert-2", "unit-related")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    desk.act(f.rule(found.report, upheld=False), f.SUPERVISOR)
    employ(desk, "expert-3", now("91-group"))
    assert desk.refuse(f.accept(), f.actor("expert-3")) == "unit-related"


@pytest.mark.parametrize("changed", ["another employment", "another bid", "the end of the employment"])
def test_a_dismissal_is_void_once_the_evidence_changes(changed: str) -> None:
    desk = in_review()
    bind(desk, "expert-2", "rival-bid")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    desk.act(f.rule(found.report, upheld=False), f.SUPERVISOR)
    rival = Bid(number="0009", field="equipment", units=("91-RIVAL",))
    match changed:
        case "another employment":
            employ(desk, "expert-2", now("91-rival"), now("91-other"))
            compete(desk, rival, rival.with_(number="0011", units=("91-OTHER",)))
            refused = "rival-bid"
        case "another bid":
            compete(desk, rival, rival.with_(number="0010"))
            refused = "rival-bid"
        case _:
            employ(desk, "expert-2", Employment(unit=f.HOST, until=desk.now - YEAR), now("91-rival"))
            refused = "employed-before"
    assert desk.refuse(f.review(), f.actor("expert-2")) == refused
    assert change_register(desk, version=10)


@pytest.mark.parametrize("how", ["same-employer", "own-bid"])
def test_neither_the_legal_person_itself_nor_an_own_bid_is_ever_dismissed_while_it_holds(how: str) -> None:
    desk = in_review()
    if how == "own-bid":
        compete(desk, Bid(number="0009", field="equipment", units=("91-X",), applicants=("expert-2",)))
    else:
        bind(desk, "expert-2", how)
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    assert desk.refuse(f.rule(found.report, upheld=False), f.SUPERVISOR) == "conflict-stands"
    # What was wrong in the register is corrected there, and the report has nothing to rest on any more.
    employ(desk, "expert-2", now("91-elsewhere"))
    compete(desk)
    assert desk.act(f.rule(found.report, upheld=False), f.SUPERVISOR)
    # Coming back to the host, they are bound again, whatever was said of the time before.
    if how == "own-bid":
        compete(desk, Bid(number="0009", field="equipment", units=("91-X",), applicants=("expert-2",)))
    else:
        bind(desk, "expert-2", how)
    assert desk.refuse(f.review(), f.actor("expert-2")) in ("same-employer", "rival-bid")
    assert change_register(desk, version=10)


def test_a_round_may_let_less_be_dismissed() -> None:
    desk = paths.application_in(Stage.SURVEY, f.terms(recusal={"dismissible": []}))
    bind(desk, "surveyor-9", "unit-related")
    desk.act(refer("surveyor-9"), f.OFFICER)
    assert desk.refuse(f.rule("referred", upheld=False), f.SUPERVISOR) == "conflict-stands"


def test_what_a_refusal_named_is_referred_and_ruled_on_before_anybody_sits() -> None:
    desk = paths.application_in(Stage.SURVEY)
    bind(desk, "surveyor-2", "unit-related")
    assert desk.refuse(f.team(), f.OFFICER) == "unit-related"
    (found,) = desk.act(refer("surveyor-2"), f.OFFICER)
    assert isinstance(found, e.ConflictFound)
    assert (found.seated, [item.kind for item in found.bound_by]) == (False, ["subsidiary"])
    desk.act(f.rule("referred", upheld=False), f.SUPERVISOR)
    assert desk.act(f.team(), f.OFFICER)


def test_nothing_is_referred_that_data_does_not_show_or_that_waits_already() -> None:
    desk = paths.application_in(Stage.SURVEY)
    assert desk.refuse(refer("surveyor-2"), f.OFFICER) == "nothing-binds"
    bind(desk, "surveyor-2", "unit-related")
    desk.act(refer("surveyor-2"), f.OFFICER)
    assert desk.refuse(refer("surveyor-2"), f.OFFICER) == "already-done"
    assert desk.refuse(refer("surveyor-2", "again"), f.OFFICER) == "conflict-waits"
    assert desk.refuse(refer("surveyor-2", "again"), f.actor("surveyor-2")) == "not-entitled"


def test_whom_it_is_about_who_referred_it_and_who_is_bound_themselves_rule_on_nothing() -> None:
    desk = paths.application_in(Stage.SURVEY)
    bind(desk, "officer-1", "unit-related")
    # An officer may refer what binds themselves; the ruling is another's.
    desk.act(refer("officer-1"), f.OFFICER)
    ruling = f.rule("referred", upheld=False)
    assert desk.refuse(ruling, f.OFFICER) == "not-entitled"
    assert desk.refuse(ruling, Actor(person="officer-1", role=Role.SUPERVISOR)) == "not-entitled"
    employ(desk, "supervisor-1", now("91-group"))
    assert desk.refuse(ruling, f.SUPERVISOR) == "unit-related"
    desk.act(refer("supervisor-1", "own"), f.SUPERVISOR)
    assert desk.refuse(f.rule("own", upheld=False), f.SUPERVISOR) == "unit-related"
    assert desk.act(f.rule("own", upheld=False), SECOND)
    assert desk.act(ruling, f.SUPERVISOR)


def test_a_supervisor_rules_on_nothing_that_they_referred_themselves() -> None:
    desk = paths.application_in(Stage.SURVEY)
    bind(desk, "surveyor-2", "unit-related")
    desk.act(refer("surveyor-2"), f.SUPERVISOR)
    assert desk.refuse(f.rule("referred", upheld=False), f.SUPERVISOR) == "same-hands"
    assert desk.act(f.rule("referred", upheld=False), SECOND)


def test_dismissing_what_somebody_wrote_dismisses_nothing_that_data_shows() -> None:
    desk = paths.application_in(Stage.SURVEY)
    bind(desk, "surveyor-2", "unit-related")
    desk.act(f.report_conflict("surveyor-2"), f.OFFICER)
    desk.act(f.rule(upheld=False), f.SUPERVISOR)
    assert desk.refuse(f.team(), f.OFFICER) == "unit-related"


def test_nothing_is_dismissed_before_it_is_there() -> None:
    desk = paths.application_in(Stage.SURVEY)
    assert desk.refuse(f.rule("data-99", upheld=False), f.SUPERVISOR) == "no-open-report"
    bind(desk, "surveyor-2", "unit-related")
    desk.act(refer("surveyor-2"), f.OFFICER)
    desk.act(f.rule("referred", upheld=False), f.SUPERVISOR)
    assert desk.refuse(f.rule("referred", upheld=True), f.SUPERVISOR) == "no-open-report"


@pytest.mark.parametrize("leaving", ["declares", "declines"])
def test_the_task_goes_once_they_have_left_the_seat_themselves(leaving: str) -> None:
    desk = in_review()
    bind(desk, "expert-2", "unit-related")
    assert change_register(desk)
    act = c.DeclareConflict(text=f.ref()) if leaving == "declares" else c.DeclineInvitation()
    desk.act(act, f.actor("expert-2"))
    assert waiting(desk) == []


def test_until_the_ruling_no_score_is_fixed() -> None:
    desk = paths.application_in(Stage.REVIEW)
    for expert in paths.experts(desk):
        desk.act(f.accept(), f.actor(expert))
    *others, last = paths.experts(desk)
    for expert in others:
        desk.act(f.review(), f.actor(expert))
    bind(desk, others[0], "unit-related")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    desk.act(f.review(), f.actor(last))
    assert (desk.state.stage, desk.state.score) == (Stage.REVIEW, None)
    desk.act(f.rule(found.report, upheld=False), f.SUPERVISOR)
    assert desk.state.stage is Stage.SCORED


def test_a_surveyor_whose_conflict_is_confirmed_is_replaced_by_another_team() -> None:
    desk = paths.application_in(Stage.SURVEY)
    desk.act(f.team(), f.OFFICER)
    bind(desk, "surveyor-2", "unit-related")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    desk.act(f.rule(found.report, upheld=True), f.SUPERVISOR)
    assert [task.kind for task in tasks_of(desk.state)] == ["appoint-survey-team"]
    assert desk.refuse(f.survey(), f.actor("surveyor-1", Role.SURVEYOR)) == "conflict-upheld"
    desk.act(f.team("surveyor-1", "surveyor-3", "surveyor-4", reason=f.ref("conflict")), f.OFFICER)
    assert desk.act(f.survey(), f.actor("surveyor-1", Role.SURVEYOR))


def test_an_examiner_and_who_checks_are_found_as_well() -> None:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    for person in desk.state.objections["objection-1"].examiners:
        employ(desk, person, now())
    reports = [item.report for item in change_register(desk) if isinstance(item, e.ConflictFound)]
    assert len(reports) >= 2
    for report in reports:
        desk.act(f.rule(report, upheld=True), f.SUPERVISOR)
        # Two sign what it comes to, so that the one who is left waits for another.
        assert "appoint-examiners" in [task.kind for task in tasks_of(desk.state)]
    desk = paths.application_in(Stage.MENDING)
    bind(desk, "officer-1", "unit-related")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    assert found.expert == "officer-1"
    assert desk.act(f.rule(found.report, upheld=True), f.SUPERVISOR)


def test_no_report_of_the_engines_takes_the_name_of_a_persons() -> None:
    desk = in_review()
    taken = f"data-{desk.state.version + 2}"
    desk.act(f.report_conflict("expert-3", taken), f.OFFICER)
    bind(desk, "expert-1", "unit-related")
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    assert found.report != taken
    assert set(desk.state.open_reports) == {taken, found.report}


def test_evidence_that_is_equal_rests_on_the_same_units_and_bids() -> None:
    parent = Conflict(kind="parent", unit="91-X", to=("91-A",))
    assert parent != parent.with_(to=("91-B",))
    assert parent == Conflict.model_validate_json(parent.model_dump_json())


def test_a_round_that_chooses_is_told_what_was_dismissed_and_asks_the_same_of_it() -> None:
    desk = paths.application_in(Stage.SURVEY)
    bind(desk, "officer-2", "unit-related")
    (found,) = desk.act(refer("officer-2"), f.OFFICER)
    assert isinstance(found, e.ConflictFound)
    assert "dismissed" not in row_of(desk.state).model_dump(mode="json")
    asked = Context(f.actor("officer-2"), desk.now, "c", f.facts(relations=desk.world.relations))
    state = paths.round_in(RoundStage.SHORTLISTING).state
    with pytest.raises(Refused, match="unit-related"):
        refuse_entangled(state, replace(asked, facts=asked.facts.with_(candidates=(tell_round(desk),))))
    desk.act(f.rule("referred", upheld=False), f.SUPERVISOR)
    assert tell_round(desk).dismissed == {"officer-2": found.bound_by}
    refuse_entangled(state, replace(asked, facts=asked.facts.with_(candidates=(tell_round(desk),))))


def tell_round(desk: Desk) -> Candidate:
    """An application as the round is told of it, off its row."""
    told = candidate(row_of(desk.state).model_dump(mode="json"))
    assert told == candidate_of(desk.state)
    return told
