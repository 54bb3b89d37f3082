"""Who chairs a panel: two officers appoint where nobody does; two supervisors alone put another in a chair's place."""

from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.decision.aggregate import ActRefused
from selection.decision.envelope import Envelope
from selection.decision.machine import Act, answer_from, decide
from selection.decision.making import Outcome
from selection.kernel.actor import Role
from selection.kernel.proof import Assurance
from selection.kernel.stages import Stage
from selection.letters.writing import Letter
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import WAYS, bind
from tests.signatures import CLOSED, Signatures, terms_at

WHY = f.ref("why")


@pytest.fixture
def desk() -> Desk:
    """A panel in the appraisal that `expert-1` chairs."""
    made = paths.application_in(Stage.APPRAISAL)
    made.act(appoint("expert-1"), f.OFFICER)
    return made


def appoint(person: str) -> c.AppointChair:
    return c.AppointChair(chair=person, reason=WHY)


def decide_signed(desk: Desk, command: c.AppointChair, second: str = "") -> Outcome[Any]:
    """Decide what the first officer signed, and `second` beside them, on an installation where everybody signs."""
    own, signing = Signatures(), desk.copy()
    people = ("officer-1", "officer-2", "supervisor-1")
    signing.world = desk.world.with_(founded=CLOSED, keys=own.keys(*people))
    bare = Envelope(
        stream=desk.state.stream, command_id="id-1", actor=f.OFFICER, command=command.model_dump(mode="json")
    )
    told = terms_at(desk.now, f.TERMS.rules_hash)
    beside = own.own(second).second(second, bare.intent, told) if second else None
    proof = own.own("officer-1").prove(bare.intent, told)
    sent = bare.model_copy(update={"proof": proof, "second": beside})
    asking = decide(desk.aggregate, desk.state, Act(sent), desk.now, desk.frame())
    return answer_from(asking, signing.learn)


def test_two_officers_appoint_the_first_chair_for_a_reason() -> None:
    """Seen before: one officer alone appointed the first chair, who opens the vote, and said no reason."""
    desk = paths.application_in(Stage.APPRAISAL)
    assert c.AppointChair.ACT.assurance is Assurance.SIGNED_BY_TWO
    assert desk.refuse(c.AppointChair(chair="expert-1"), f.OFFICER) == "chair-unexplained"
    alone, twice = (
        decide_signed(desk, appoint("expert-1")),
        decide_signed(desk, appoint("expert-1"), "officer-1"),
    )
    stranger = decide_signed(desk, appoint("expert-1"), "supervisor-1")
    codes = [made.refused.code for made in (alone, twice, stranger) if made.refused]
    assert codes == ["second-missing", "second-same", "not-entitled"]
    together = decide_signed(desk, appoint("expert-1"), "officer-2")
    assert together.refused is None
    (leaf,) = together.leaves
    assert leaf.signed is not None
    assert leaf.signed.second is not None
    assert (leaf.data["chair"], leaf.signed.second.person) == ("expert-1", "officer-2")


@pytest.mark.parametrize("how", WAYS)
def test_an_officer_who_is_bound_signs_no_chair_as_the_second(how: str) -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    bind(desk, "officer-2", how)
    refused = decide_signed(desk, appoint("expert-1"), "officer-2").refused
    assert refused is not None
    assert refused.code == how


def test_where_no_two_officers_may_two_supervisors_name_the_first_chair() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    bind(desk, "officer-1", "same-employer")
    assert desk.refuse(appoint("expert-1"), f.OFFICER) == "same-employer"
    assert desk.act(replace_chair("expert-1"), f.SUPERVISOR) == (
        e.ChairReplaced(chair="expert-1", reason=WHY),
    )
    assert desk.state.chair == "expert-1"


def replace_chair(person: str) -> c.ReplaceChair:
    return c.ReplaceChair(chair=person, reason=WHY)


def test_an_officer_puts_nobody_in_a_chairs_place(desk: Desk) -> None:
    """Seen before: an officer alone replaced the chair, without a reason, also in the middle of a vote."""
    assert desk.refuse(appoint("expert-2"), f.OFFICER) == "chair-in-place"
    assert desk.refuse(replace_chair("expert-2"), f.OFFICER) == "not-entitled"
    assert c.ReplaceChair.ACT.assurance is Assurance.SIGNED_BY_TWO
    told = e.ChairReplaced(former="expert-1", chair="expert-2", reason=WHY)
    assert desk.act(replace_chair("expert-2"), f.SUPERVISOR) == (told,)
    assert desk.state.chair == "expert-2"
    assert desk.refold() == desk.state


def test_from_the_next_act_on_the_new_chair_leads_and_the_former_votes_on(desk: Desk) -> None:
    panel = tuple(paths.experts(desk, "submitted"))
    desk.act(replace_chair("expert-2"), f.SUPERVISOR)
    opening = f.meeting(panel, reason=f.ref("far"))
    assert desk.refuse(opening, f.actor("expert-1", Role.CHAIR)) == "not-entitled"
    for act, member in f.hold_meeting(panel, "expert-2", reason=f.ref("far")):
        desk.act(act, member)
    assert desk.state.stage is Stage.APPRAISED


def test_whoever_may_act_no_more_takes_no_chair(desk: Desk) -> None:
    """Seen before: the panel waited for somebody who could do nothing, and nobody was told."""
    stopped = f.person("expert-2", "expert", active=False)
    desk.world = desk.world.with_(people={**desk.world.people, "expert-2": stopped})
    assert desk.refuse(replace_chair("expert-2"), f.SUPERVISOR) == "unknown-person"
    desk.act(replace_chair(""), f.SUPERVISOR)
    assert desk.refuse(appoint("expert-2"), f.OFFICER) == "unknown-person"
    assert desk.act(appoint("expert-3"), f.OFFICER)


def test_whom_two_removed_no_officer_puts_back_and_two_may(desk: Desk) -> None:
    desk.act(replace_chair(""), f.SUPERVISOR)
    assert desk.state.chair == ""
    # What happened is told in a sentence without a new chair.
    assert "chair" not in desk.leaves[-1].data
    assert desk.refuse(replace_chair(""), f.SUPERVISOR) == "no-chair"
    assert desk.refuse(appoint("expert-1"), f.OFFICER) == "chair-removed"
    # Nobody comes in somebody's place without a word, and only those who may know why they left read it.
    assert desk.refuse(c.AppointChair(chair="expert-2"), f.OFFICER) == "chair-unexplained"
    (named,) = desk.act(appoint("expert-2"), f.OFFICER)
    assert named == e.ChairAppointed(chair="expert-2", reason=WHY)
    assert e.ChairAppointed.AUDIENCE["reason"] == ""
    desk.act(replace_chair("expert-1"), f.SUPERVISOR)
    assert desk.state.chair == "expert-1"


def test_where_the_sealed_rules_let_one_appoint_a_first_chair_needs_no_reason_and_a_second_one_does() -> None:
    desk = paths.application_in(Stage.APPRAISAL)
    levels = {**f.TERMS.assurance, "appoint-chair": Assurance.SIGNED}
    desk.world = desk.world.with_(terms=f.TERMS.with_(assurance=levels))
    assert desk.act(c.AppointChair(chair="expert-1"), f.OFFICER) == (e.ChairAppointed(chair="expert-1"),)
    assert "reason" not in desk.leaves[-1].data, "what was recorded before reads as it did"
    desk.act(replace_chair(""), f.SUPERVISOR)
    assert desk.refuse(c.AppointChair(chair="expert-2"), f.OFFICER) == "chair-unexplained"


def test_two_name_a_chair_where_an_officer_can_appoint_nobody(desk: Desk) -> None:
    """Seen before: all had been removed, and an officer got `chair-removed`, two supervisors `no-chair`, for ever."""
    panel = paths.experts(desk, "submitted")
    for person in panel[1:]:
        desk.act(replace_chair(person), f.SUPERVISOR)
    desk.act(replace_chair(""), f.SUPERVISOR)
    assert {desk.refuse(appoint(person), f.OFFICER) for person in panel} == {"chair-removed"}
    assert desk.act(replace_chair(panel[1]), f.SUPERVISOR) == (e.ChairReplaced(chair=panel[1], reason=WHY),)
    assert "former" not in desk.leaves[-1].data
    assert (desk.state.chair, set(desk.state.unchaired)) == (panel[1], set(panel))
    letters = [sent for sent in desk.sent if isinstance(sent, Letter)]
    assert (letters[-1].template, letters[-1].to) == ("chair-appointed", panel[1])
    assert desk.refold() == desk.state


@pytest.mark.parametrize(
    ("person", "code"),
    [("expert-1", "already-done"), ("expert-23", "no-such-seat"), ("supervisor-1", "no-such-seat")],
)
def test_only_another_member_who_sits_takes_the_chair(desk: Desk, person: str, code: str) -> None:
    assert desk.refuse(replace_chair(person), f.SUPERVISOR) == code


def test_rules_that_do_not_know_the_act_have_officers_replace_as_before(desk: Desk) -> None:
    known = {kind: level for kind, level in f.TERMS.assurance.items() if kind != "replace-chair"}
    desk.world = desk.world.with_(terms=f.TERMS.with_(assurance=known))
    assert not isinstance(desk.act(appoint("expert-2"), f.OFFICER)[0], ActRefused)
    assert desk.state.chair == "expert-2"
