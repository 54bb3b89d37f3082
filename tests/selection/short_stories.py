"""The other ends that an application can have, each told as shortly as its end needs."""

from selection.application import events as a
from selection.kernel.actor import SYSTEM
from tests.selection.request_story import not_selected
from tests.selection.story import (
    AGENT,
    EXAMINER,
    OBJECTOR,
    OFFICER,
    ROUND,
    SUPERVISOR,
    UNTIL,
    Story,
    asked,
    expert,
    ref,
    review,
    seated,
    submitted,
    taken,
    tell_fraud,
    tell_objections,
    version_of,
)


def short_applications() -> list[Story]:
    """The other ends that an application can have."""
    lapsed = Story(f"application/{ROUND}/0002").tell(AGENT, submitted(1))
    lapsed.tell(SYSTEM, a.ApplicationLapsed(outcome="not-recommended", deadline=UNTIL))
    failed = Story(f"application/{ROUND}/0003")
    failed.tell(AGENT, submitted(1).with_(asked=asked("partner-1"))).tell(SYSTEM, taken(1))
    failed.tell(OFFICER, a.SentBack(faults=("evidence-unclear",), text=ref("fault-text"), until=UNTIL))
    failed.tell(SYSTEM, a.MendingLapsed(deadline=UNTIL))
    failed.tell(
        OFFICER, a.CheckFailed(grounds=("direction-held", "excluded-field"), text=ref("grounds-text"))
    )
    left = Story(f"application/{ROUND}/0004").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    left.tell(SYSTEM, a.LeftOffShortlist(rank=30, reason=ref("shortlist-reason")))
    reserve = Story(f"application/{ROUND}/0005").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    reserve.tell(SYSTEM, a.PlacedInReserve(proposal=1, reason=ref("proposal-reason")))
    reserve.tell(
        OFFICER, a.ConflictReported(report="report-late", expert="expert-7", text=ref("report-text"))
    )
    reserve.tell(SUPERVISOR, a.ConflictRuled(report="report-late", upheld=True, text=ref("ruling-text")))
    reserve.tell(SYSTEM, a.ApplicationNotSelected(proposal=1))
    taken_back = Story(f"application/{ROUND}/0013").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    taken_back.tell(SYSTEM, a.NoticeOpened(proposal=1, until=UNTIL))
    raised = a.ObjectionRaised(
        objection="objection-1", objector="objector-1", text=ref("objection-text"), evidence=(ref("proof-1"),)
    )
    taken_back.tell(OBJECTOR, raised)
    taken_back.tell(OBJECTOR, a.ObjectionWithdrawn(objection="objection-1", reason=ref("withdrawn-text")))
    removed = Story(f"application/{ROUND}/0006").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    removed.tell(SYSTEM, a.ItemHeld(deadline=UNTIL))
    tell_objections(removed)
    reopened = a.ObjectionReopened(
        objection="objection-1",
        was="partly-upheld",
        examiners=("examiner-1", "examiner-2"),
        text=ref("reopening-text"),
    )
    removed.tell(SUPERVISOR, reopened)
    removed.tell(EXAMINER, a.ItemRemoved(objection="objection-1"))
    cancelled = Story(f"application/{ROUND}/0007").tell(AGENT, submitted(1))
    cancelled.tell(SYSTEM, a.ApplicationCancelled(reason=ref("cancel-reason")))
    unfinished = Story(f"application/{ROUND}/0011").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    unfinished.tell(SYSTEM, seated()).tell(expert(1), review(1, "expert-1"))
    unfinished.tell(SYSTEM, a.ApplicationCancelled(reason=ref("cancel-reason")))
    edited = Story(f"application/{ROUND}/0010").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    edited.tell(AGENT, submitted(2)).tell(SYSTEM, taken(2)).tell(AGENT, a.ApplicationWithdrawn())
    given_up = Story(f"application/{ROUND}/0015").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    given_up.tell(AGENT, a.ApplicationGivenUp(reason=ref("given-up-reason")))
    forged = Story(f"application/{ROUND}/0016").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    tell_fraud(forged, upheld=True)
    forged.tell(SUPERVISOR, a.ApplicationRuledOut(text=ref("fraud-ruling")))
    ends = [lapsed, failed, left, reserve, taken_back, removed, cancelled, unfinished, edited]
    more = [not_selected(), _not_reviewed(), _under_changing_forms(), _reversed()]
    return [*ends, given_up, forged, *more]


def _reversed() -> Story:
    """An application of which a check was reversed, and the ruling on a reviewer's conflict."""
    story = Story(f"application/{ROUND}/0018").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1))
    story.tell(OFFICER, a.CheckPassed())
    text = ref("reversal-text")
    entered = a.ReversalEntered(decision="check", was="passed", stage="eligible", void=(), text=text)
    story.tell(OFFICER, entered)
    story.tell(SUPERVISOR, a.ReversalDeclined(decision="check", people=("officer-1",), text=text))
    story.tell(OFFICER, entered).tell(SUPERVISOR, entered)
    story.tell(
        SUPERVISOR,
        a.DecisionReversed(decision="check", was="passed", void=(), people=("officer-1",), text=text),
    )
    story.tell(SYSTEM, seated())
    story.tell(expert(1), a.InvitationAccepted(seat=1, expert="expert-1", pledge=ref("pledge-expert-1")))
    story.tell(expert(1), review(1, "expert-1"))
    meeting = entered.with_(decision="appraisal", was="recorded", stage="appraised", void=("meeting",))
    story.tell(OFFICER, meeting).tell(SUPERVISOR, meeting)
    told = a.DecisionReversed(decision="appraisal", was="recorded", void=(), people=("expert-1",), text=text)
    story.tell(SUPERVISOR, told.with_(void=("meeting",)))
    story.tell(OFFICER, a.ConflictReported(report="report-9", expert="expert-7", text=ref("report-text")))
    story.tell(SUPERVISOR, a.ConflictRuled(report="report-9", upheld=False, text=ref("ruling-text")))
    of_report = entered.with_(decision="conflict", report="report-9", was="dismissed", stage="review")
    story.tell(OFFICER, of_report).tell(SUPERVISOR, of_report)
    story.tell(
        SUPERVISOR,
        a.ConflictReopened(report="report-9", was="dismissed", void=(), people=("supervisor-1",), text=text),
    )
    return story.tell(SYSTEM, a.ApplicationCancelled(reason=ref("cancel-reason")))


def _not_reviewed() -> Story:
    """An application whose panel could not be filled: fewer scores were agreed on at first, then its end."""
    story = Story(f"application/{ROUND}/0014").tell(AGENT, submitted(1)).tell(SYSTEM, taken(1), seated())
    fewer = a.PanelSettlementEntered(way="fewer", scores=3, basis="1:empty", reason=ref("settling-reason"))
    end = fewer.with_(way="end", scores=0)
    story.tell(OFFICER, fewer).tell(SUPERVISOR, fewer, a.PanelLowered(scores=3))
    story.tell(SUPERVISOR, end)
    return story.tell(OFFICER, end, a.ApplicationNotReviewed(reason=ref("unreviewed-reason")))


def _under_changing_forms() -> Story:
    """An application whose people are told that forms changed: who must look again, and who need not."""
    story = Story(f"application/{ROUND}/0012").tell(AGENT, submitted(1))
    change = a.ApplicationFormChanged(
        amendment=1,
        was=version_of("application"),
        form_version=f"{version_of('application')}-2",
        changed=("extra",),
        unfit=("extra missing",),
        faults_count=1,
        people=("agent-1",),
        until=UNTIL,
    )
    story.tell(SYSTEM, change, change.with_(amendment=2, unfit=(), faults_count=0, people=()))
    story.tell(SYSTEM, taken(1), seated())
    accepted = a.InvitationAccepted(seat=1, expert="expert-1", pledge=ref("pledge-expert-1"))
    story.tell(expert(1), accepted, review(1, "expert-1"))
    work = a.WorkFormChanged(
        amendment=3,
        form_name="review",
        was=version_of("review"),
        form_version=f"{version_of('review')}-2",
        changed=("text",),
        people={"expert-1": UNTIL, "expert-2": UNTIL},
    )
    surveyed = work.with_(amendment=4, form_name="survey", people={"surveyor-1": None})
    team = a.SurveyTeamAppointed(lead="surveyor-1", members=("surveyor-1", "surveyor-2", "surveyor-3"))
    story.tell(SYSTEM, work).tell(OFFICER, team).tell(SYSTEM, surveyed)
    story.tell(OFFICER, a.ChairAppointed(chair="expert-1"))
    story.tell(SUPERVISOR, a.ChairReplaced(former="expert-1", chair="expert-2", reason=ref("chair-reason")))
    left = a.AgentReplaced(former="agent-1", agent="agent-2", reason=ref("agent-left"))
    return story.tell(OFFICER, left).tell(SYSTEM, a.ApplicationCancelled(reason=ref("cancel-reason")))
