"""The auditor's checks do not pass what they do not know; nor does whoever answers a decision."""

from dataclasses import replace
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.bundle.register import Register, read_register
from audit.claims import Difference
from audit.decisions.facts import FactsOfPlace
from audit.decisions.register_record import RegisterRecord
from audit.histories.evidence import Evidence
from audit.rules.course.stage_ends import _check_nothing_left
from audit.rules.course.stages import ENTITLED
from audit.rules.fold import Record, Step, StepOf, fold
from audit.rules.panel.draw_contents import Draws
from audit.rules.people.duties import list_duties
from audit.rules.people.recusal import NoConflictFromData
from audit.rules.recommending.quotas import QuotasKept
from audit.rules.rule_runner import EachEvent, checks_of
from audit.rules.sealed_rules import RulesSound
from benchmarks.in_memory.facts import RoundFacts
from ledger.decision.facts import FactsReader
from ledger.decision.reads import ReadNotes
from ledger.log.reading import Snapshot
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.facts import FactsRequest
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Second, Signed
from selection.kernel.stages import RoundStage
from selection.round import events as r
from selection.round.state import RoundState
from selection.streams import ROUND
from tests import factories as f
from tests.bundling import write_bundle
from tests.round_story import tell_round
from tests.signatures import terms_at


class Elsewhere(Frozen):
    view: str = "elsewhere"


UNKNOWN = FactsRequest.model_construct(view=Elsewhere())  # type: ignore[arg-type]
UNKNOWN_OF_REGISTER = FactsRequest.model_construct(registry=Elsewhere())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return Bundle(write_bundle(tmp_path_factory.mktemp("closed") / "round.zip", tell_round()))


@pytest.fixture(scope="module")
def steps(bundle: Bundle) -> list[Step]:
    return list(fold(bundle, read_register(bundle)))


def step_of(steps: list[Step], kind: type) -> StepOf[Any]:
    return next(step for step in steps if isinstance(step.event, kind))


def with_event(step: Step, event: Any) -> StepOf[Any]:
    return StepOf(step.point, step.seq, step.leaf, event, step.before, step.after, step.record)


def test_the_auditor_answers_no_view_that_it_does_not_know(bundle: Bundle, steps: list[Step]) -> None:
    last = steps[-1]
    with Evidence() as evidence:
        place = FactsOfPlace(last.record, evidence, Draws(bundle), [last.leaf], last.point)
        with pytest.raises(AssertionError, match="elsewhere"):
            place.answer(UNKNOWN)
    with pytest.raises(AssertionError, match="elsewhere"):
        RegisterRecord(read_register(bundle), {}).answer(UNKNOWN_OF_REGISTER, [])


async def test_the_record_answers_no_view_that_it_does_not_know() -> None:
    state = tell_round().round.state

    class Reading:
        renewal = None

        async def snapshot(self, stream: str) -> Snapshot:
            return Snapshot(version=state.version, state=ROUND.dump(state))

    given: Any = Reading()
    nothing: Any = None
    reader = FactsReader(given, nothing, nothing, nothing)
    with pytest.raises(AssertionError, match="elsewhere"):
        await reader.read(UNKNOWN, ReadNotes(f.ROUND, state.stream))


def test_a_round_in_memory_answers_no_view_that_it_does_not_know() -> None:
    with pytest.raises(AssertionError, match="elsewhere"):
        tell_round().facts(tell_round().round.state.stream, UNKNOWN)
    known = RoundFacts(f.ROUND, f.RULES, ())
    with pytest.raises(AssertionError, match="elsewhere"):
        known.facts(known.round.name, UNKNOWN)


def test_a_check_of_one_kind_of_stream_is_shown_no_entry_of_another(steps: list[Step]) -> None:
    seen: list[StepOf[ApplicationState]] = []
    rule = EachEvent("code", checks_of(ApplicationState, {a.ApplicationSubmitted: seen.append}))
    submitted = step_of(steps, a.ApplicationSubmitted)
    assert (rule.see(submitted), seen) == (1, [submitted])
    opened = step_of(steps, r.RoundOpened)
    with pytest.raises(TypeError):
        rule.see(with_event(opened, submitted.event))


def test_a_stage_whose_end_the_auditor_knows_no_condition_of_does_not_end(steps: list[Step]) -> None:
    step = step_of(steps, r.StageFinished)
    before = step.before.with_(stage=RoundStage.APPROVAL)
    assert isinstance(step.event, r.StageFinished)
    with pytest.raises(Difference, match="other-stage"):
        _check_nothing_left(step, before, step.event)


def test_rules_of_some_events_see_no_others(bundle: Bundle, steps: list[Step]) -> None:
    opened, passed = step_of(steps, r.RoundOpened), step_of(steps, a.CheckPassed)
    with pytest.raises(TypeError):
        QuotasKept().see(opened)
    with pytest.raises(TypeError):
        list(list_duties(passed))
    with pytest.raises(TypeError):
        RulesSound(bundle)._get_named_hash(passed)


def test_an_examiner_does_what_examiners_do_and_nothing_else(steps: list[Step]) -> None:
    settled = step_of(steps, a.ObjectionSettled)
    person = settled.leaf.actor.person
    assert ENTITLED[Role.EXAMINER](settled, person)
    assert not ENTITLED[Role.EXAMINER](settled, "examiner-of-nothing")
    assert not ENTITLED[Role.EXAMINER](with_event(settled, step_of(steps, a.CheckPassed).event), person)


TOO = (
    *(r.IntegrityStopLifted, r.IntegrityHitRuled),
    *(r.IntegrityReversalEntered, r.IntegrityReversalDeclined, r.IntegrityReversed),
)
"""By what is decided on one application of a list, on what was found against it."""


def look_at(steps: list[Step]) -> NoConflictFromData:
    rule = NoConflictFromData()
    for step in steps:
        rule.see(step)
    return rule


def test_nobody_of_whom_a_conflict_was_upheld_lifts_or_reverses_what_was_found_against_it(
    steps: list[Step],
) -> None:
    rule, judging, checked = look_at(steps), step_of(steps, a.CheckPassed), step_of(steps, r.IntegrityChecked)
    number, person = judging.before.number, checked.leaf.actor.person
    report, reopened = {"report": "late"}, {"was": "upheld", "void": (), "people": (), "text": f.ref("why")}
    rule.see(with_event(judging, a.ConflictReported(**report, expert=person, text=f.ref("seen"))))
    for held in (False, True):
        # What is held with a hit is none of the items, and named by no level's decision.
        around = {"items": (), "held": checked.before.items, "hits": {number: None}} if held else {}
        state = checked.before.with_(**around)
        kinds: tuple[Any, ...] = (*TOO, r.LevelApproved, r.ProposalSentBack)
        for kind in kinds:
            event = kind.model_construct(application=number)
            told_by = replace(with_event(checked, event), before=state, after=state)
            rule.see(told_by)
            rule.see(with_event(judging, a.ConflictRuled(**report, upheld=True, text=f.ref("so"))))
            with pytest.raises(Difference, match="conflict-upheld"):
                rule.see(told_by)
            rule.see(with_event(judging, a.ConflictReopened.model_validate({**report, **reopened})))


def test_nobody_whom_data_binds_chooses_or_judges_whatever_the_act_is_called(steps: list[Step]) -> None:
    judging = step_of(steps, a.CheckPassed)
    bound = judging.before.agent
    named = {"ranking": (judging.before.number,), "application": judging.before.number, "chair": ""}
    rule = look_at(steps)
    kinds = (a.ChairReplaced, a.ReversalEntered, a.ReversalDeclined, a.AgentReplaced)
    choosing = (*TOO, r.PlacesFilled)
    alone = Signed(proof=terms_at(judging.leaf.at), command={})
    beside = alone.model_copy(update={"second": Second(person=bound, proof=alone.proof)})
    for kind in (*kinds, *choosing):
        at = judging if kind in kinds else step_of(steps, r.IntegrityChecked)
        event = kind.model_construct(**named)
        for changes in ({"actor": f.actor(bound, Role.OFFICER)}, {"signed": beside}):
            told_by = replace(with_event(at, event), leaf=at.leaf.model_copy(update=changes))
            with pytest.raises(Difference, match="bound-by-employer"):
                rule.see(told_by)


def test_the_record_of_a_round_holds_the_states_of_their_kinds() -> None:
    record = Record(f.ROUND, Register(known=False))
    assert type(record.round) is RoundState
    with pytest.raises(KeyError):
        record.state("elsewhere/r")
