"""Anyone reports lobbying; a supervisor rules who is no party to it, and who is named learns nothing."""

import pytest

from selection.kernel.actor import Actor, Role
from selection.kernel.stages import RoundStage
from selection.letters.writing import Letter
from selection.projections.standing import measure_standing
from selection.round import commands as c, events as e
from selection.round.state import Lobbying
from selection.rules.delegation import Delegation
from selection.rules.ladder import Ladder
from selection.visibility.reading import view_entry
from selection.visibility.viewer import relation
from tests import factories as f, paths
from tests.desk import Desk

EXPERT = f.actor("expert-1")
OTHER = f.actor("supervisor-2")


def report(*named: str, name: str = "lobbying-1") -> c.ReportLobbying:
    return c.ReportLobbying(report=name, named=named, text=f.ref("why"), evidence=(f.ref("evidence"),))


def ruling(name: str = "lobbying-1", *, upheld: bool = True) -> c.RuleOnLobbying:
    return c.RuleOnLobbying(report=name, upheld=upheld, text=f.ref("ruling"))


def list_seen(desk: Desk, person: str) -> list[str]:
    viewer = relation(desk.state, person, f.people().get(person))
    views = (view_entry(leaf, viewer, desk.state) for leaf in desk.leaves)
    return [view["type"] for view in views if view is not None and "lobbying" in view["type"]]


@pytest.mark.parametrize(
    "who", ["applicant-1", "recommender-1", "expert-1", "objector-1", "officer-1", "auditor-1", "admin-1"]
)
def test_anyone_who_is_registered_reports_it_and_a_supervisor_rules(who: str) -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    (made,) = desk.act(report("officer-2"), f.actor(who))
    assert made == e.LobbyingReported(
        report="lobbying-1", named=("officer-2",), text=f.ref("why"), evidence=(f.ref("evidence"),)
    )
    assert desk.state.stage is RoundStage.REVIEW
    assert desk.refuse(report(name="lobbying-1"), EXPERT) == "lobbying-reported"
    assert desk.refuse(ruling(), f.OFFICER) == "not-entitled"
    assert desk.refuse(ruling("other"), f.SUPERVISOR) == "no-lobbying-reported"
    desk.act(ruling(), f.SUPERVISOR)
    assert desk.refuse(ruling(), f.SUPERVISOR) == "no-lobbying-reported"
    letters = [item for item in desk.sent if isinstance(item, Letter) and "lobbying" in item.template]
    assert {(item.template, item.to) for item in letters} == {
        ("lobbying-reported", "supervisor-1"),
        ("lobbying-reported", "supervisor-2"),
        ("lobbying-ruled", who),
    }


def test_nobody_reports_in_a_role_that_is_not_theirs() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    for actor in (Actor(person="expert-1", role="supervisor"), f.actor("retired-1", "objector")):
        assert desk.refuse(report(), actor) == "not-entitled"


def test_a_report_does_not_tell_who_is_registered() -> None:
    """Seen before: whoever tried ids in the sheet read by `unknown-person` which ones nobody has; no entry told."""
    desk = paths.round_in(RoundStage.REVIEW)
    told = []
    for number, person in enumerate(("nobody", "retired-1", "expert-2")):
        command = report(person, name=f"lobbying-{number}")
        asked = desk.aggregate.needs(desk.state, EXPERT, command, desk.now, desk.world)
        assert person not in asked.people, "what is not read is not told"
        told.append([type(event) for event in desk.act(command, EXPERT)])
    assert told == [[e.LobbyingReported]] * 3
    desk.act(ruling("lobbying-0"), OTHER)
    assert desk.refold() == desk.state


def test_no_party_to_a_report_rules_on_it() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    desk.act(report("supervisor-1"), EXPERT)
    assert desk.refuse(ruling(), f.SUPERVISOR) == "same-hands"
    desk.act(ruling(), OTHER)
    desk.act(report(name="own"), f.SUPERVISOR)
    assert desk.refuse(ruling("own"), f.SUPERVISOR) == "same-hands"
    assert desk.act(ruling("own", upheld=False), OTHER)


def test_who_is_named_sees_neither_report_nor_ruling_nor_who_made_it() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    desk.act(report("supervisor-1", "expert-2", "officer-1"), EXPERT)
    desk.act(ruling(), OTHER)
    both = ["lobbying.reported.v1", "lobbying.ruled.v1"]
    assert list_seen(desk, "expert-1") == list_seen(desk, "supervisor-2") == both
    for person in ("supervisor-1", "officer-1", "expert-2", "expert-3", "approver-1", "admin-1"):
        assert list_seen(desk, person) == [], person
    told = {item.to for item in desk.sent if isinstance(item, Letter) and "lobbying" in item.template}
    assert told == {"supervisor-2", "expert-1"}


def test_an_attempt_that_was_refused_shows_to_who_made_it_alone() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    desk.act(report(), EXPERT)
    assert desk.refuse(report("officer-1"), EXPERT) == "lobbying-reported"
    [refused] = [leaf for leaf in desk.leaves if leaf.type == "act.refused.v1"]
    for person in f.people():
        shown = view_entry(refused, relation(desk.state, person, f.people()[person]), desk.state)
        assert (shown is not None) is (person == "expert-1"), person


def test_nor_does_whoever_stands_in_for_somebody_named_see_it() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    delegation = Delegation(
        number=1,
        role=Role.SUPERVISOR,
        holder="supervisor-1",
        substitute="officer-1",
        start=desk.now,
        until=desk.now + f.DAY,
    )
    desk.state = desk.state.with_(delegations=(delegation,))
    desk.act(report("supervisor-1"), EXPERT)
    assert (list_seen(desk, "officer-1"), list_seen(desk, "officer-2")) == ([], ["lobbying.reported.v1"])


def test_a_round_waits_for_the_ruling_and_reminds_no_party() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    desk.state = desk.state.with_(sealed=desk.state.sealed.with_(ladder=Ladder()))
    desk.act(report("supervisor-1"), EXPERT)
    reminded = [item for item in desk.wait(desk.now + 40 * f.DAY) if isinstance(item, e.RoundReminded)]
    recipients = [item.told for item in reminded if item.awaited == "rule-on-lobbying"]
    assert (set(recipients[:-1]), recipients[-1]) == (
        {("supervisor-2",)},
        ("supervisor-2", "officer-1", "officer-2"),
    )


def test_no_report_mutes_another_task_by_its_name() -> None:
    desk = paths.round_desk()
    desk.act(f.open_round(f.rules(ladder=Ladder())), f.OFFICER)
    desk.act(report("officer-1", "officer-2", name="check"), EXPERT)
    desk.wait(f.deadline("check") + 5 * f.DAY)
    reminded = [leaf.data for leaf in desk.leaves if leaf.type == e.RoundReminded.TYPE]
    assert {tuple(item["told"]) for item in reminded if item["awaited"] == "check"} >= {
        ("officer-1", "officer-2")
    }
    assert () not in {tuple(item["told"]) for item in reminded if item["awaited"] == "check"}


def test_who_had_it_reported_in_their_name_does_not_rule_on_it_either() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    desk.state = desk.state.with_(
        lobbying={"lobbying-1": Lobbying(reporter="s", named=(), at=desk.now, behalf="supervisor-1")}
    )
    assert desk.refuse(ruling(), f.SUPERVISOR) == "same-hands"
    assert desk.act(ruling(), OTHER)


def test_where_all_supervisors_are_named_officers_give_the_post_to_another_after_the_end_too() -> None:
    desk = paths.round_in(RoundStage.REVIEW)
    desk.act(report("supervisor-1", "supervisor-2"), EXPERT)
    desk.act(c.CancelRound(reason=f.ref()), f.OFFICER)
    paths.carry_out(desk)
    assert desk.refuse(ruling(), f.SUPERVISOR) == "same-hands"
    desk.act(c.ChangePost(post="supervisors", add=("examiner-1",), reason=f.ref()), f.OFFICER)
    desk.act(ruling(), f.actor("examiner-1", "supervisor"))
    assert measure_standing(desk.aggregate, desk.state, desk.known).ended
    again = c.ChangePost(post="supervisors", add=("examiner-2",), reason=f.ref())
    assert desk.refuse(again, f.OFFICER) == "ended"


def test_an_issued_round_is_over_once_its_reports_are_ruled_on() -> None:
    desk = paths.round_in(RoundStage.APPROVAL)
    desk.act(report(), EXPERT)
    desk.act(c.CancelRound(reason=f.ref()), f.OFFICER)
    paths.carry_out(desk)
    assert desk.state.ended
    assert not measure_standing(desk.aggregate, desk.state, desk.known).ended
    desk.act(ruling(), f.SUPERVISOR)
    assert measure_standing(desk.aggregate, desk.state, desk.known).ended
