"""Finding out by refusals which cases there are: whoever may not know of one is answered alike for all."""

import pytest

from ledger.record import Ledger
from reading.access.authentication import Entrance, LocalAssertion
from reading.errors import Hidden
from reading.rehearsals import NEW
from reading.service import ReadService
from selection.application import commands as c
from selection.decision.command import Command
from selection.kernel.actor import Actor, Role
from selection.recommendation import commands as listed
from selection.refusals.refused import Refused
from selection.rooms import APPLICATION_ACTS, LIST_ACTS
from selection.streams import application_stream, recommender_stream
from starter.client.no_workflow import why_nobody
from tests import factories as f
from tests.ledger.conftest import place, url
from tests.ledger.support.deciding import LIST, ONE, act, code, decide, register, submit

__all__ = ["place", "url"]
pytestmark = pytest.mark.stack

NONE_THERE = application_stream(f.ROUND, "0099")
NO_LIST = recommender_stream(f.ROUND, "unit-1")
STRANGERS = ("applicant-2", "expert-1", "recommender-2", "surveyor-1", "approver-1", "retired-1")
KNOWING = ("officer-1", "supervisor-1", "admin-1")
OF_APPLICATION: tuple[Command, ...] = (
    c.Withdraw(),
    c.GiveUp(),
    c.Mend(submission=f.submission()),
    c.ConfirmCoBuilding(co_builder=f.PARTNER, revision=1),
    c.PassCheck(revision=1),
    c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()),
    c.SendBack(faults=("seals-missing",), text=f.ref()),
    f.accept(),
    c.DeclineInvitation(),
    c.DeclareConflict(text=f.ref()),
    f.review(),
    f.correct(),
    f.report_conflict("expert-2"),
    c.ReferConflict(report="data-1", expert="expert-2"),
    c.DeclareProject(report="project-1", expert="expert-2", text=f.ref()),
    f.rule(upheld=True),
    c.SettlePanel(way="end", reason=f.ref()),
    c.ReplaceAgent(agent="applicant-2", reason=f.ref()),
    c.AppointChair(chair="expert-2", reason=f.ref("why")),
    c.ReplaceChair(chair="expert-2", reason=f.ref()),
    f.team(),
    f.survey(),
    f.meeting(("expert-2",)),
    f.vote(),
    f.appraisal(),
    f.objection(),
    f.withdraw_objection(),
    f.examiners(),
    f.settle(),
    f.settle("upheld"),
    c.ReopenObjection(objection="objection-1", text=f.ref()),
    c.ReverseDecision(decision="check", text=f.ref()),
    c.DeclineReversal(decision="check", text=f.ref()),
    f.report_fraud(),
    c.RuleOnFraud(upheld=True, text=f.ref()),
    c.AppointDeciders(ground="sum-wrong", deciders=("examiner-1", "examiner-2")),
    c.RuleOnRequest(ground="sum-wrong", upheld=False, text=f.ref()),
    c.RecordRemedy(ground="sum-wrong", text=f.ref()),
    f.request_review(),
)
OF_LIST: tuple[Command, ...] = (
    listed.WithdrawRecommendation(application="0001"),
    listed.RankRecommendations(order=("0001",)),
)
BEGINNING = {"submit", "recommend", "recommend-on-paper"}
"""Acts that begin a stream, so that none is missing for them."""

Answer = tuple[str, dict[str, str]]


def test_every_act_of_a_person_is_tried() -> None:
    tried = {command.ACT.kind for command in (*OF_APPLICATION, *OF_LIST)}
    acts = {**APPLICATION_ACTS, **LIST_ACTS}
    assert tried == {kind for kind, act in acts.items() if act.roles != {Role.SYSTEM}} - BEGINNING


@pytest.fixture
async def place_with_application(place: Ledger) -> Ledger:
    """A record with one application, on a list, and people who have nothing to do with them."""
    known = f.people()
    for name in (*STRANGERS, *KNOWING):
        await register(place, known[name], f"again-{name}")
    assert code(await submit(place)) == ""
    recommended = act(LIST, listed.Recommend(application="0001", revision=1), f.RECOMMENDER, "recommended")
    assert code(await decide(place, recommended)) == ""
    return place


async def answers(
    place: Ledger, command: Command, actor: Actor, there: str, missing: str, name: str
) -> tuple[Answer, Answer]:
    """What someone is told of a case that is there, and of one that is not."""
    decided = await decide(place, act(there, command, actor, name))
    assert decided.refused is not None, f"{actor.person} may {command.ACT.kind}"
    refused = await why_nobody(place, missing, person=actor.person, kind_of_act=command.ACT.kind)
    return (decided.refused.code, decided.refused.params), (refused.code, refused.params)


@pytest.mark.parametrize("person", STRANGERS)
async def test_a_stranger_is_told_the_same_of_a_case_that_is_there_and_of_one_that_is_not(
    place_with_application: Ledger, person: str
) -> None:
    found = {}
    for command in (*OF_APPLICATION, *OF_LIST):
        there, missing = (ONE, NONE_THERE) if command in OF_APPLICATION else (LIST, NO_LIST)
        if person == "recommender-2" and missing == NO_LIST:
            continue
        for role in sorted(command.ACT.roles - {Role.SYSTEM}):
            kind = command.ACT.kind
            of_one, of_none = await answers(
                place_with_application,
                command,
                Actor(person=person, role=role),
                there,
                missing,
                f"{kind}-{role}",
            )
            found[kind, role.value] = (of_one, of_none)
    differing = {key: pair for key, pair in found.items() if pair[0] != pair[1]}
    assert not differing
    assert {pair[0][0] for pair in found.values()} <= {"not-entitled", "no-notice"}


@pytest.mark.parametrize("person", KNOWING)
async def test_whoever_sees_every_case_is_told_that_there_is_none(
    place_with_application: Ledger, person: str
) -> None:
    for stream, kind in ((NONE_THERE, "pass-check"), (NO_LIST, "rank-recommendations")):
        refused = await why_nobody(place_with_application, stream, person=person, kind_of_act=kind)
        assert refused.code == "unknown-application"


async def test_a_unit_is_told_of_its_own_list(place_with_application: Ledger) -> None:
    refused = await why_nobody(
        place_with_application, NO_LIST, person="recommender-2", kind_of_act="rank-recommendations"
    )
    assert refused.code == "unknown-application"


@pytest.mark.parametrize("person", STRANGERS[:-1])
async def test_a_trial_that_leaves_no_trace_tells_of_no_case_of_others(
    place_with_application: Ledger, person: str
) -> None:
    """An import tries its rows before it sends them: by that nobody tries out which applications there are."""
    reads = ReadService(place_with_application)
    who = await Entrance(place_with_application.people, place_with_application.keys).admit(
        LocalAssertion(person=person, session="s")
    )
    for command in (c.Submit(submission=f.submission()), c.Withdraw()):
        for stream in (ONE, NONE_THERE, application_stream("another", NEW)):
            with pytest.raises(Hidden):
                await reads.rehearsals.find_refusals(who, f.ROUND, [(stream, command, "try")], Role.APPLICANT)
    for stream in (ONE, LIST):
        ranked = [(stream, listed.RankRecommendations(order=()), "try")]
        with pytest.raises(Hidden):
            await reads.rehearsals.find_refusals(who, f.ROUND, ranked, Role.RECOMMENDER)
    for role in (Role.OFFICER, Role.SUPERVISOR):
        with pytest.raises(Refused, match="not-entitled"):
            await reads.rehearsals.find_refusals(who, f.ROUND, [(ONE, f.team(), "try")], role)
