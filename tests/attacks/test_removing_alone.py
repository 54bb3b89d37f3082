"""One person alone takes an application off the list or puts it there: an examiner, a supervisor, an officer."""

from collections.abc import Callable
from typing import Any

import pytest

from selection.application import commands as c
from selection.decision.aggregate import ActRefused
from selection.decision.envelope import Envelope
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act, answer_from, decide
from selection.decision.making import Outcome
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.signing.key import Founded
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.signing.keys import HOUR, INSTALLATION, draft_proof, software

PEOPLE = (
    *("examiner-1", "examiner-2", "examiner-3", "supervisor-1", "supervisor-2"),
    *("officer-1", "officer-2"),
)
KEYS = {person: software(number) for number, person in enumerate(PEOPLE, start=1)}


def appoint_examiners() -> Desk:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    desk.act(f.examiners("examiner-1", "examiner-2"), f.OFFICER)
    return desk


def with_a_hit() -> Desk:
    desk = paths.round_in(RoundStage.APPROVAL)
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    hits = {"0001": f.ref("hit")}
    desk.act(r.RecordIntegrityCheck(proposal=1, hits=hits, text=f.ref("integrity")), f.SUPERVISOR)
    return desk


def send_item_back() -> Desk:
    desk = with_a_hit()
    desk.act(f.rule_on_hit("0001"), f.SUPERVISOR)
    back = r.SendBackProposal(proposal=1, level="department", items=("0002",), reason=f.ref())
    desk.act(back, f.actor("approver-1"))
    paths.know(desk, {}, "0001", "0002", stage="cleared")
    return desk


def shortlist() -> Desk:
    desk = paths.round_in(RoundStage.SHORTLISTING)
    paths.know(desk, {"scored": 3}, "0001", "0002", "0003", by_rank=True)
    ranked = desk.world.candidates
    added = tuple(f.candidate(number, rank=rank) for rank, number in ((4, "0004"), (5, "0005")))
    desk.world = desk.world.model_copy(update={"candidates": (*ranked, *added)})
    return desk


def check() -> Desk:
    return paths.application_in(Stage.CHECKING)


def propose_unsupported() -> Desk:
    """Reviews put it first with the score of its chair; survey and votes do not support it."""
    desk = paths.round_in(RoundStage.PROPOSAL)
    refuted = f.candidate("0001", rank=1, agreed="99", votes="0:5:0", verdict="not-confirmed")
    desk.world = desk.world.model_copy(
        update={"candidates": (refuted, f.candidate("0002", rank=2, agreed="32"))}
    )
    return desk


FAIL = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref())
WORST, BEST = {"0004": f.ref(), "0005": f.ref()}, {"0001": f.ref(), "0002": f.ref()}
WAYS: list[tuple[Callable[[], Desk], Frozen, str, str, str]] = [
    (appoint_examiners, f.settle("upheld"), "examiner-1", "examiner-2", "examiner-3"),
    (appoint_examiners, f.settle("dismissed"), "examiner-1", "examiner-2", "examiner-3"),
    (with_a_hit, f.rule_on_hit("0001", cleared=False), "supervisor-1", "supervisor-2", "officer-2"),
    (
        send_item_back,
        f.propose_deviating("0001", **{"0002": "gap"}),
        "officer-1",
        "officer-2",
        "supervisor-2",
    ),
    (shortlist, f.shortlist(WORST, BEST), "officer-1", "officer-2", "supervisor-2"),
    (
        check,
        FAIL,
        "officer-1",
        "officer-2",
        "supervisor-2",
    ),
    (
        propose_unsupported,
        f.propose("0001", **{"0001": "needed most", "0002": "gap"}),
        "officer-1",
        "officer-2",
        "supervisor-2",
    ),
]


def send(desk: Desk, command: Frozen, person: str, second: str = "") -> Outcome[Any]:
    role = person.partition("-")[0]
    bare = Envelope(
        stream=desk.state.stream,
        command_id="id-1",
        actor=Actor.model_validate({"person": person, "role": role}),
        command=command.model_dump(mode="json"),
    )
    told = draft_proof(issued=desk.now, expires=desk.now + HOUR)
    proof = KEYS[person].prove(bare.intent, told)
    beside = KEYS[second].second(second, bare.intent, told) if second else None
    founded = Founded(installation=INSTALLATION, local=False)

    def answer(asked: FactsRequest) -> Facts:
        keys = {name: (KEYS[name].key,) for name in asked.signers}
        return desk.learn(asked).with_(founded=founded, keys=keys)

    act = Act(bare.model_copy(update={"proof": proof, "second": beside}))
    return answer_from(decide(desk.aggregate, desk.state, act, desk.now, desk.frame()), answer)


@pytest.mark.parametrize(("begin", "command", "first", "second", "stranger"), WAYS)
def test_nobody_ends_an_application_changes_the_order_or_dismisses_an_objection_alone(
    begin: Callable[[], Desk], command: Frozen, first: str, second: str, stranger: str
) -> None:
    desk = begin()
    alone = send(desk, command, first)
    assert alone.refused is not None
    assert (alone.refused.code, alone.leaves) == ("second-missing", [])
    # Somebody who could not do it by themselves does not count.
    with_stranger = send(desk, command, first, stranger)
    assert [leaf.type for leaf in with_stranger.leaves] == [ActRefused.TYPE]
    together = send(desk, command, first, second)
    assert (together.refused, bool(together.leaves)) == (None, True)


def test_whose_decision_a_failed_check_is_stays_the_first_one_s_so_that_the_second_may_reverse_it() -> None:
    desk = check()
    state = desk.state
    for leaf in send(desk, FAIL, "officer-1", "officer-2").leaves:
        state = desk.aggregate.evolve(state, leaf)
    assert state.stage is Stage.ENDED
    assert state.decisions.made == {"check": ("officer-1",)}


@pytest.mark.parametrize("named", [("examiner-1",), ("examiner-1", "examiner-1")])
def test_no_officer_appoints_one_examiner_who_could_never_settle_the_objection(
    named: tuple[str, ...],
) -> None:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    assert desk.refuse(f.examiners(*named), f.OFFICER) == "two-examiners"
    # Nor afterwards, in the place of two who are about to settle it.
    desk.act(f.examiners("examiner-2", "examiner-3"), f.OFFICER)
    assert desk.refuse(f.examiners(*named), f.OFFICER) == "two-examiners"


UPHELD = {
    "kind": "settle-objection",
    "objection": "objection-1",
    "outcome": "upheld",
    "text": {"id": "reasons", "sha256": "0" * 64},
}
"""What one examiner could send while an objection's end was one act, whatever it said."""
LEFT_OUT = f.propose("0001").model_dump(mode="json")


@pytest.mark.parametrize(
    ("begin", "command", "person", "code"),
    [
        (appoint_examiners, UPHELD, "examiner-1", "unreadable"),
        (send_item_back, LEFT_OUT, "officer-1", "proposal-deviates"),
        (propose_unsupported, LEFT_OUT, "officer-1", "proposal-deviates"),
        (shortlist, {"kind": "fix-shortlist", "add": {}, "remove": {}}, "officer-1", "unreadable"),
    ],
)
def test_the_act_that_one_signs_does_not_remove(
    begin: Callable[[], Desk], command: dict[str, Any], person: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        begin().act(command, f.actor(person))
    assert refused.value.code == code
