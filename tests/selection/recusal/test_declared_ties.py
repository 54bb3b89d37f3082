"""Declared relatives, advisers and shared projects bind both of their ends, and nobody drops one to get rid of it."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from selection.application import events as e
from selection.application.recusal import find_judged_bid
from selection.decision.aggregate import Context, leaf_of
from selection.decision.relations import (
    Conflict,
    Declared,
    Employment,
    Relations,
    Tie,
    list_ties,
    relate_ties,
)
from selection.draw.pool import draw_inputs
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Touch, list_outgoing
from selection.recusal.conflicts import find_conflicts
from selection.refusals.refused import Refused
from selection.register.commands import Registration
from selection.register.state import RegisterState
from selection.round.preconditions import refuse_entangled
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import HOST, declare
from tests.selection.recusal.test_found_conflicts import (
    change_register,
    make_person_registered,
    tell_round,
    waiting,
)

YEAR = timedelta(days=365)
LEADER = "leader-1"
ADVISER = Declared(kind="adviser", other=LEADER)


def name_leader(stage: Stage, employer: str | None = None) -> Desk:
    """An application whose leader is named in its entry, and works for its host unit or another."""
    employed = f.person(LEADER, "expert", employer=f.HOST if employer is None else employer)
    desk = paths.application(people={**f.people(), LEADER: employed})
    desk.act(f.submit(team=(LEADER,)), f.APPLICANT)
    return paths.lead_to(desk, stage)


@pytest.mark.parametrize(
    ("tie", "code", "tied"),
    [
        (ADVISER, "adviser-declared", LEADER),
        (Declared(kind="relative", other=LEADER), "relative-declared", LEADER),
        (Declared(kind="project", other="applicant-1"), "project-declared", "applicant-1"),
        (Declared(kind="project", unit=HOST), "project-declared", HOST),
    ],
)
def test_an_expert_whose_declared_adviser_leads_it_scores_nothing(
    tie: Declared, code: str, tied: str
) -> None:
    desk = name_leader(Stage.REVIEW)
    declare(desk, "expert-1", tie)
    assert desk.refuse(f.accept(), f.actor("expert-1")) == code
    assert desk.leaves[-1].data["params"] == {"person": "expert-1", "tied": tied}
    assert desk.act(f.accept(), f.actor("expert-2"))


def test_whom_an_applicant_only_names_loses_no_seat_and_costs_nobody_theirs() -> None:
    desk = name_leader(Stage.REVIEW, employer="91-elsewhere")
    assert desk.state.team_units == {}
    declare(desk, "expert-1", ADVISER)
    assert desk.act(f.accept(), f.actor("expert-1"))
    desk = name_leader(Stage.SURVEY, employer="91-elsewhere")
    assert desk.act(f.team("surveyor-1", "surveyor-2", LEADER), f.OFFICER)


def test_a_tie_binds_for_the_years_of_the_rules_after_it_was_left_out() -> None:
    desk = name_leader(Stage.REVIEW)
    bid = find_judged_bid(desk.state)
    assert bid is not None
    rules = f.TERMS.recusal
    for ago, bound in ((timedelta(), True), (3 * YEAR - f.DAY, True), (3 * YEAR, False)):
        tie = ADVISER.with_(until=desk.now - ago)
        told = Relations(ties={"expert-1": (tie,)})
        found = find_conflicts("expert-1", bid, told, rules, f.TERMS.clock, desk.now)
        expected = Conflict(kind="adviser", unit="", until=tie.until, to=(LEADER,))
        assert found == ((expected,) if bound else ())


def test_each_tie_lasts_until_a_registration_leaves_it_out_and_holds_again_once_declared_anew() -> None:
    at = f.OPENED
    relative, project = Tie(kind="relative", unit=HOST), Tie(kind="project", other=LEADER)
    told = [(at, (relative, project)), (at + YEAR, (relative,)), (at + 2 * YEAR, ())]
    assert list_ties(told) == (
        Declared(kind="project", other=LEADER, until=at + YEAR),
        Declared(kind="relative", unit=HOST, until=at + 2 * YEAR),
    )
    assert list_ties([*told, (at + 3 * YEAR, (project,))])[0].until is None


def test_a_registered_tie_binds_both_of_its_ends() -> None:
    told = {LEADER: (Declared(kind="adviser", other="expert-1"), Declared(kind="project", unit=HOST))}
    assert relate_ties(told, told, ("expert-1", "expert-2")) == {"expert-1": (ADVISER,)}
    assert relate_ties(told, told, (LEADER,)) == told


def test_ones_own_word_binds_nobody_else() -> None:
    """Or who applies has those who judge them refused: officers, supervisors, the approver of the whole list."""
    named = ("officer-1", "supervisor-1", "approver-1", "expert-1")
    own = {LEADER: tuple(Declared(kind="project", other=person) for person in named)}
    assert relate_ties(own, {}, (*named, LEADER)) == own


@pytest.mark.parametrize(
    "ties",
    [
        [{"kind": "relative"}],
        [{"kind": "adviser", "unit": HOST, "other": "p-2"}],
        [{"kind": "friend", "unit": HOST}],
    ],
)
def test_a_tie_is_of_a_kind_and_to_a_unit_or_a_person(ties: list[dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        Registration.model_validate({"person": "p-1", "roles": {}, "ties": ties})


def test_nobody_is_tied_to_themselves_and_a_code_has_one_spelling() -> None:
    told = {"person": "p-1", "roles": {}, "ties": [{"kind": "relative", "other": "p-1"}]}
    with pytest.raises(ValidationError, match="themselves"):
        Registration.model_validate(told)
    assert Tie(kind="relative", unit=f" {HOST.lower()} ").unit == HOST


def test_who_is_tied_is_drawn_for_no_such_application() -> None:
    desk = name_leader(Stage.ELIGIBLE)
    people = [f.person(f.expert(number), "expert") for number in range(1, 5)]
    employed = {item.person: (Employment(unit=item.employer),) for item in people}
    ties = {"expert-1": (ADVISER,), "expert-2": (Declared(kind="relative", unit=HOST),)}
    told = Relations(employments=employed, ties=ties)
    inputs = draw_inputs(f.RULES, [desk.state], [], people, told, desk.now)
    (application,) = inputs.applications
    assert {"expert-1", "expert-2"} <= {*application.conflicts}
    assert not {"expert-3", "expert-4"} & {*application.conflicts}


def test_an_approver_who_is_tied_decides_on_no_proposal_of_it() -> None:
    desk = name_leader(Stage.REVIEW)
    state, told = paths.round_in(RoundStage.SHORTLISTING).state, tell_round(desk)
    assert told.behind == ("applicant-1", LEADER)
    ties = {"officer-2": (Declared(kind="relative", other=LEADER),)}
    facts = f.facts(relations=Relations(ties=ties)).with_(candidates=(told,))
    with pytest.raises(Refused, match="relative-declared"):
        refuse_entangled(state, Context(f.actor("officer-2"), desk.now, "c", facts))
    refuse_entangled(state, Context(f.actor("officer-1"), desk.now, "c", facts))


def test_a_declaration_is_put_before_a_supervisor_who_confirms_or_dismisses_it() -> None:
    desk = name_leader(Stage.REVIEW)
    desk.act(f.accept(), f.actor("expert-1"))
    declare(desk, "expert-1", ADVISER)
    (found,) = change_register(desk)
    assert isinstance(found, e.ConflictFound)
    assert found.bound_by == (Conflict(kind="adviser", unit="", to=(LEADER,)),)
    assert waiting(desk) == [f"report/{found.report}"]
    assert desk.refuse(f.review(), f.actor("expert-1")) == "adviser-declared"
    desk.act(f.rule(found.report, upheld=False), f.SUPERVISOR)
    assert desk.act(f.review(), f.actor("expert-1"))


def test_both_ends_of_a_declared_tie_are_looked_at() -> None:
    event = make_person_registered("expert-1").with_(
        ties=(Tie(kind="adviser", other=LEADER), Tie(kind="relative", unit=HOST))
    )
    state = RegisterState(stream="installation")
    leaf = leaf_of(event, state=state, offset=1, actor=f.actor("admin-1"), at=f.OPENED, command_id="c")
    own = Touch(person="expert-1", employer=HOST, tied=True)
    assert list_outgoing(state, leaf, state) == (own, Touch(person=LEADER, tied=True))
