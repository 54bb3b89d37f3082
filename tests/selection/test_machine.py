"""The one machine: settle, ask, decide, make leaves; for every kind of stream."""

from datetime import timedelta
from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.decision.aggregate import ActRefused, Frame, event_of
from selection.decision.envelope import ENVELOPE_LIMIT, Envelope
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import (
    LOCAL,
    Act,
    Cancellation,
    Carry,
    Report,
    Settle,
    Task,
    answer_from,
    decide,
    read_act,
)
from selection.decision.making import Outcome
from selection.decision.reference import Decision
from selection.decision.relations import RelationsAsked
from selection.decision.views import StageCounts
from selection.forms.handed_in import Fitting
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.leaf import leaf_bytes
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.kernel.unit_codes import canonical_code
from selection.recommendation import commands as listed, events as le
from selection.refusals.refused import Refused
from selection.round import commands as r, events as re
from tests import factories as f, paths
from tests.desk import HERE, Desk

SUBMISSION, RECOMMENDATION = f.deadline("submission"), f.deadline("recommendation")
GRACE = f.TERMS.grace


def envelope(desk: Desk, command: Frozen, actor: Any = f.APPLICANT, **changes: Any) -> Envelope:
    body = command.model_dump(mode="json")
    told = {"stream": desk.state.stream, "command_id": "id-1", "actor": actor, "command": body}
    return Envelope(**{**told, **changes})


def decide_task(desk: Desk, task: Task, **world: Any) -> tuple[Outcome[Any], list[FactsRequest]]:
    """What a task brings, with facts that nothing filters, and what was asked for."""
    asked = []

    def answer(request: FactsRequest) -> Facts:
        asked.append(request)
        told = {"founded": HERE, "contents": desk.find_contents(request), "fitting": Fitting(), **world}
        return desk.world.with_(**told)

    frame = Frame(recorded=desk.now + timedelta(seconds=1), register_size=7)
    return answer_from(decide(desk.aggregate, desk.state, task, desk.now, frame), answer), asked


def types(outcome: Outcome[Any]) -> list[str]:
    return [leaf.type for leaf in outcome.leaves]


def test_what_is_due_is_settled_before_an_act_and_dated_at_its_deadline() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    desk.now = RECOMMENDATION + f.DAY
    outcome, _ = decide_task(desk, Act(envelope(desk, c.PassCheck(revision=1), f.OFFICER)))
    opened, passed = outcome.leaves
    assert (opened.type, opened.at) == (e.CheckOpened.TYPE, RECOMMENDATION)
    assert (opened.actor, opened.data["command_id"]) == (SYSTEM, f"deadline/recommendation/{opened.version}")
    assert (passed.type, passed.at, passed.actor) == (e.CheckPassed.TYPE, desk.now, f.OFFICER)
    assert passed.version == opened.version + 1
    assert outcome.state.stage is Stage.ELIGIBLE


def test_what_is_due_stays_settled_when_the_act_is_refused() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    desk.now = RECOMMENDATION + f.DAY
    outcome, _ = decide_task(desk, Act(envelope(desk, c.Withdraw())))
    assert types(outcome) == [e.CheckOpened.TYPE, ActRefused.TYPE]
    assert outcome.refused is not None
    assert outcome.state == desk.aggregate.evolve(
        desk.aggregate.evolve(desk.state, outcome.leaves[0]), outcome.leaves[1]
    )


def test_a_refusal_is_an_entry_of_who_asked_with_code_and_the_words_it_needs() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    outcome, _ = decide_task(desk, Act(envelope(desk, c.PassCheck(revision=1), f.OFFICER)))
    (leaf,) = outcome.leaves
    assert outcome.refused is not None
    assert event_of(leaf) == ActRefused(
        kind="pass-check", code=outcome.refused.code, params=outcome.refused.params
    )
    assert (leaf.actor, leaf.data["command_id"]) == (f.OFFICER, "id-1")
    assert outcome.state.refusals == desk.state.refusals + 1


def test_the_entry_of_a_refused_act_has_no_reason() -> None:
    for actor, there in ((f.OFFICER, False), (f.APPLICANT, True)):
        desk = paths.application()
        outcome, _ = decide_task(desk, Act(envelope(desk, f.submit(), actor.with_(reason=f.ref("why")))))
        assert (outcome.refused is None, outcome.leaves[-1].actor.reason is not None) == (there, there)


def test_an_entry_says_what_surrounds_it_and_what_was_asked() -> None:
    desk = paths.application()
    message = envelope(desk, f.submit(), f.APPLICANT.model_copy(update={"authority": "the-minister"}))
    outcome, _ = decide_task(desk, Act(message))
    (leaf,) = outcome.leaves
    assert (leaf.at, leaf.recorded) == (desk.now, desk.now + timedelta(seconds=1))
    assert leaf.register_size == 7
    assert leaf.data["command_hash"] == message.digest
    assert leaf.actor.authority == LOCAL
    assert outcome.bodies == [leaf_bytes(leaf)]


def test_the_engines_acts_are_not_hashed() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    outcome, _ = decide_task(desk, Report(f.take(), "r-1"))
    assert "command_hash" not in outcome.leaves[0].data


def test_an_outage_is_recorded_before_what_it_may_move_is_settled() -> None:
    desk = paths.round_in(RoundStage.CALL)
    desk.now = SUBMISSION + timedelta(hours=1)
    outage = f.outage(SUBMISSION - timedelta(hours=2), SUBMISSION + timedelta(minutes=30))
    outcome, _ = decide_task(desk, Act(envelope(desk, outage, f.OFFICER)))
    assert types(outcome) == [re.OutageRecorded.TYPE]
    assert outcome.state.deadlines["submission"] > SUBMISSION
    extend = r.ExtendDeadline(cause="organiser", name="submission", until="2024-08-09", reason=f.ref())
    outcome, _ = decide_task(desk, Act(envelope(desk, extend, f.OFFICER)))
    assert types(outcome) == [re.SubmissionClosed.TYPE, ActRefused.TYPE]


def test_a_movable_deadline_is_read_anew_once_before_it_is_settled() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    desk.now = RECOMMENDATION + GRACE
    outcome, asked = decide_task(desk, Settle())
    assert types(outcome) == [e.CheckOpened.TYPE]
    assert [request.movable for request in asked] == [False, True]
    outcome, _ = decide_task(desk, Settle(), deadlines={"recommendation": RECOMMENDATION + f.DAY})
    assert outcome.leaves == []


def test_an_extension_that_is_only_seen_at_the_second_reading_keeps_the_deadline_open() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    desk.now = RECOMMENDATION + GRACE
    later = {"recommendation": RECOMMENDATION + f.DAY}
    outcome = answer_from(
        decide(desk.aggregate, desk.state, Settle(), desk.now),
        lambda request: desk.world.with_(deadlines=later if request.movable else {}),
    )
    assert outcome.leaves == []
    assert outcome.facts.deadlines == later


def test_who_acts_is_always_looked_up_and_more_is_asked_only_where_it_is_needed() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    _, asked = decide_task(desk, Act(envelope(desk, c.Withdraw())))
    who = ("applicant-1",)
    assert asked == [FactsRequest(people=who, signers=who, terms=True, deadlines=True)]
    desk = paths.application_in(Stage.SURVEY)
    _, asked = decide_task(desk, Act(envelope(desk, f.team(), f.OFFICER)))
    bound = RelationsAsked(people=("officer-1", *f.team().members), units=(canonical_code(f.HOST),))
    members = f.team().members
    assert asked[1:] == [FactsRequest(people=members, registered=members, relations=bound)]
    _, asked = decide_task(desk, Settle())
    assert asked == [FactsRequest(terms=True, deadlines=True)]
    desk = paths.round_in(RoundStage.CHECKING)
    _, asked = decide_task(desk, Settle(), counts={Stage.CHECKING: 1})
    assert asked == [FactsRequest(), FactsRequest(view=StageCounts())]


@pytest.mark.parametrize("desk", [paths.application_in(Stage.SUBMITTED), paths.unit_list()])
def test_a_decision_that_the_record_does_not_hold_leaves_no_entry(desk: Desk) -> None:
    decision = Decision(stream=f"recommender/{f.ROUND}/sh", version=1)
    outcome, asked = decide_task(desk, Carry(decision))
    assert asked[1] == FactsRequest(decision=decision)
    assert (outcome.leaves, outcome.bodies, outcome.state) == ([], [], desk.state)
    assert outcome.refused is not None
    assert outcome.refused.code == "not-entitled"


@pytest.mark.parametrize("stream", [f"round/{f.ROUND}", f"archive/{f.ROUND}"])
def test_nothing_is_carried_out_on_a_round_or_an_archive(stream: str) -> None:
    desk = Desk(stream, f.facts(), f.OPENED)
    made = paths.unit_list()
    made.act(listed.Recommend(application="0001", revision=1), f.RECOMMENDER)
    found = paths.cite(made, 1)
    outcome, _ = decide_task(desk, Carry(found.decision), cited=found)
    assert outcome.leaves == []
    assert outcome.refused is not None
    assert (outcome.refused.code, outcome.refused.params) == ("not-entitled", {"roles": "nobody"})


def recommend() -> tuple[Desk, Desk]:
    """A submitted application, and the list that recommends it."""
    made = paths.unit_list()
    made.act(listed.Recommend(application="0001", revision=1), f.RECOMMENDER)
    return paths.application_in(Stage.SUBMITTED), made


def test_a_decision_is_carried_out_under_its_name_by_the_engine() -> None:
    desk, made = recommend()
    found = paths.cite(made, 1)
    outcome, _ = decide_task(desk, Carry(found.decision), cited=found)
    (leaf,) = outcome.leaves
    assert event_of(leaf) == e.RecommendationTaken(unit="bj", revision=1, agent="recommender-1")
    assert (leaf.actor, leaf.data["command_id"]) == (SYSTEM, f"recommender/{f.ROUND}/bj#1")


def test_a_sound_decision_that_the_stream_cannot_take_is_a_refusal_on_the_record() -> None:
    desk, made = recommend()
    desk.act(f.submit(staff=31), f.APPLICANT)
    found = paths.cite(made, 1)
    outcome, _ = decide_task(desk, Carry(found.decision), cited=found)
    (leaf,) = outcome.leaves
    assert event_of(leaf) == ActRefused(
        kind="take-recommendation", code="version-changed", params={"version": "1", "current": "2"}
    )
    assert leaf.data["command_id"] == found.decision.command_id


def test_what_is_due_is_settled_before_a_decision_is_carried_out() -> None:
    desk, made = recommend()
    desk.now = RECOMMENDATION + GRACE
    found = paths.cite(made, 1)
    outcome, _ = decide_task(desk, Carry(found.decision), cited=found)
    assert types(outcome) == [e.ApplicationLapsed.TYPE]
    assert outcome.refused is not None
    assert outcome.refused.code == "ended"


def test_an_act_that_no_leaf_could_hold_is_refused_and_nothing_of_it_stays() -> None:
    desk = paths.round_in(RoundStage.PROPOSAL)
    many = [f"{number:06}" for number in range(10_000)]
    paths.know(desk, {}, *many)
    outcome = desk.run(Act(envelope(desk, f.propose(many[0]), f.OFFICER)))
    (leaf,) = outcome.leaves
    assert event_of(leaf) == ActRefused(kind="propose", code="message-too-large", params={"limit": "65535"})
    assert not outcome.state.proposed


def test_a_cancel_request_is_refused_once_for_each_run_and_settles_nothing() -> None:
    desk = paths.application_in(Stage.RECOMMENDED)
    desk.now = RECOMMENDATION + f.DAY
    outcome = desk.run(Cancellation("run-1"))
    (leaf,) = outcome.leaves
    assert event_of(leaf) == ActRefused(kind="unknown", code="cancel-by-act")
    assert (leaf.actor, leaf.data["command_id"]) == (SYSTEM, "cancel/run-1")


def test_a_round_looks_until_a_look_brings_nothing_more() -> None:
    desk = paths.round_in(RoundStage.SHORTLISTING)
    paths.shortlist(desk)
    outcome, asked = decide_task(desk, Settle(), counts={Stage.APPRAISED: 3})
    assert types(outcome) == [re.StageFinished.TYPE] * 3
    assert outcome.state.stage is RoundStage.PROPOSAL
    assert [leaf.data["command_id"] for leaf in outcome.leaves] == [
        f"look/{desk.state.version + n}" for n in (1, 2, 3)
    ]
    assert len([request for request in asked if request.view]) == 3


def test_a_round_does_not_look_before_an_act_nor_while_a_decision_is_carried_out() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    _, asked = decide_task(desk, Act(envelope(desk, c.Withdraw(), f.OFFICER)))
    assert [request.view for request in asked] == [None]
    desk = paths.round_in(RoundStage.SURVEY)
    desk.state = desk.state.with_(batch="place-on-shortlist/1")
    outcome, asked = decide_task(desk, Settle())
    assert (outcome.leaves, [request.view for request in asked]) == ([], [None])


def test_a_list_closes_and_takes_nothing_more() -> None:
    desk = paths.unit_list()
    desk.act(listed.Recommend(application="0001", revision=1), f.RECOMMENDER)
    desk.now = RECOMMENDATION + GRACE
    message = envelope(desk, listed.Recommend(application="0002", revision=1), f.RECOMMENDER)
    outcome, _ = decide_task(desk, Act(message))
    assert types(outcome) == [le.ListClosed.TYPE, ActRefused.TYPE]
    assert outcome.refused is not None
    assert outcome.refused.code == "late"


def test_a_list_without_a_round_ends_with_its_first_refusal() -> None:
    desk = paths.unit_list(terms=None)
    message = envelope(desk, listed.Recommend(application="0001", revision=1), f.RECOMMENDER)
    outcome, _ = decide_task(desk, Act(message))
    assert types(outcome) == [le.ListNeverOpened.TYPE, ActRefused.TYPE]
    assert outcome.state.ended
    assert outcome.leaves[-1].data["command_id"] == "id-1"


def test_a_first_act_that_is_refused_ends_the_application_and_its_answer_comes_last() -> None:
    desk = paths.application()
    outcome, _ = decide_task(desk, Act(envelope(desk, c.Withdraw())))
    assert types(outcome) == [e.ApplicationLapsed.TYPE, ActRefused.TYPE]
    assert {leaf.data["command_id"] for leaf in outcome.leaves} == {"id-1"}
    assert outcome.state.outcome == "never-submitted"


def test_a_round_that_has_ended_takes_nothing_more() -> None:
    desk = paths.round_in(RoundStage.CANCELLED)
    paths.carry_out(desk)
    outcome, _ = decide_task(desk, Act(envelope(desk, r.RepeatBatch(), f.OFFICER)))
    assert outcome.refused is not None
    assert outcome.refused.code == "ended"
    assert types(outcome) == [ActRefused.TYPE]


def test_a_message_that_was_given_up_on_its_way_is_refused_as_said() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    outcome, _ = decide_task(desk, Act(envelope(desk, c.Withdraw()), refuse_as="unknown-application"))
    (leaf,) = outcome.leaves
    assert event_of(leaf) == ActRefused(kind="withdraw", code="unknown-application")


def test_a_fault_in_reading_facts_is_raised_to_who_asked() -> None:
    desk = paths.application_in(Stage.SUBMITTED)

    def away(request: FactsRequest) -> Facts:
        raise ConnectionError("away")

    with pytest.raises(ConnectionError):
        answer_from(decide(desk.aggregate, desk.state, Settle(), desk.now), away)


STREAM = f"application/{f.ROUND}/0001"


def body(**changes: Any) -> bytes:
    told = {"stream": STREAM, "command_id": "id-1", "actor": f.APPLICANT, "command": {"kind": "withdraw"}}
    return Envelope.model_construct(**{**told, **changes}).model_dump_json().encode()


def test_the_bytes_of_a_message_are_an_act() -> None:
    act = read_act(body(), STREAM, "ended")
    assert (act.actor, act.envelope.command, act.refuse_as) == (f.APPLICANT, {"kind": "withdraw"}, "ended")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"", "unreadable"),
        (b"{}", "unreadable"),
        (b"[" * 10_000 + b"]" * 10_000, "unreadable"),
        (b" " * (ENVELOPE_LIMIT + 1), "message-too-large"),
        (body(stream=f"application/{f.ROUND}/0002"), "other-stream"),
        (body(stream=f"{STREAM}/"), "other-stream"),
        (body(actor=SYSTEM), "not-entitled"),
        (body(actor=f.actor("applicant-1", Role.SYSTEM)), "not-entitled"),
        (body(actor=f.actor("system", Role.OFFICER)), "not-entitled"),
        (body(command_id=f"recommender/{f.ROUND}/bj#1"), "unreadable"),
        (body(command_id="a b"), "unreadable"),
        (body(command_id=""), "unreadable"),
        (body(command={"kind": "withdraw", "text": "\0"}), "unreadable"),
    ],
)
def test_what_is_nobodys_act_here_is_no_act(message: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_act(message, STREAM)
    assert refused.value.code == code
