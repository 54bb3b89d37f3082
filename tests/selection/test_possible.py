"""What a desk offers: whatever the story of a round records was offered to who did it, before they did."""

import pytest

from audit.rules import causes
from selection.decision.aggregate import Event
from selection.decision.command import Command
from selection.kernel.actor import Role
from selection.kernel.unfinished import file_of
from selection.projections.possible import list_possible
from selection.round import commands as c, events as r
from tests.selection import round_stories
from tests.selection.story import Step

DONE_BY: dict[type[Event], type[Command]] = {
    r.CallOpened: c.OpenCall,
    r.DeadlineExtended: c.ExtendDeadline,
    r.OutageRecorded: c.RecordOutage,
    r.FormAmended: c.AmendForm,
    r.AmendmentEntered: c.AmendRules,
    r.AmendmentAgreed: c.RuleOnAmendment,
    r.AmendmentDeclined: c.RuleOnAmendment,
    r.RulesAmended: c.RuleOnAmendment,
    r.PostChanged: c.ChangePost,
    r.PostChangeEntered: c.AgreeOnPost,
    r.PostChangeDeclined: c.DeclinePostChange,
    r.PostDelegated: c.Delegate,
    r.DelegationEnded: c.EndDelegation,
    r.DrawCommitted: c.CommitDraw,
    r.DrawNumbersEntered: c.EnterDrawNumbers,
    r.DrawOpened: c.OpenDraw,
    r.DrawVoided: c.VoidDraw,
    r.BatchRepeated: c.RepeatBatch,
    r.ProposalMade: c.Propose,
    r.PublicNoticeOpened: c.OpenPublicNotice,
    r.PlacesFilled: c.FillPlaces,
    r.IntegrityChecked: c.RecordIntegrityCheck,
    r.IntegrityHitRuled: c.ClearIntegrityHit,
    r.IntegrityStopLifted: c.LiftIntegrityStop,
    r.IntegrityReversalEntered: c.ReverseIntegrityDecision,
    r.IntegrityReversalDeclined: c.DeclineIntegrityReversal,
    r.LevelApproved: c.Approve,
    r.ProposalSentBack: c.SendBackProposal,
    r.ListIssued: c.IssueList,
    r.RoundCancelled: c.CancelRound,
}
TYPES = {event.TYPE: command.ACT.kind for event, command in DONE_BY.items()}
STEPS = [*round_stories.round_story().steps, round_stories.tell_cancelled_round().steps[-1]]


@pytest.mark.parametrize(
    "step", [step for step in STEPS if step.leaf.type in TYPES], ids=lambda step: step.leaf.type
)
def test_what_was_done_was_offered(step: Step) -> None:
    # The story tells no end of what a decision carries out on applications.
    before = step.before.with_(batch="")
    offered = {act.kind: act.role for act in list_possible(before, step.leaf.actor.person)}
    agreed = "agree-on-post" if step.leaf.data.get("entry") else ""
    assert (agreed or TYPES[step.leaf.type]) in offered
    assert list_possible(before, "stranger-1") == ()
    for role in set(offered.values()):
        assert role in (Role.OFFICER, Role.SUPERVISOR, Role.APPROVER, Role.ADMIN)


@pytest.mark.parametrize(("event", "command"), DONE_BY.items(), ids=lambda item: item.__name__)
def test_the_audit_knows_by_which_act_it_was_done(event: type[Event], command: type[Command]) -> None:
    told = f"{event.TYPE} is brought about by {command.ACT.kind}: ROUND in {file_of(causes.causes_of)}"
    assert command.ACT.kind in causes.ROUND[event], told


def test_nothing_is_offered_twice_of_what_is_done_once() -> None:
    end = STEPS[-2].after
    people = {step.leaf.actor.person for step in STEPS}
    kinds = {act.kind for person in people for act in list_possible(end, person)}
    # As long as something was left over, people go on with it, may be replaced, and report lobbying.
    of_posts = {"change-post", "agree-on-post", "delegate", "end-delegation"}
    assert kinds <= {"repeat-batch", "report-lobbying", *of_posts}
