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
    expert,
    make_application_submitted,
    make_asked_to_confirm,
    make_panel_seated,
    make_recommendation,
    ref,
    review,
    tell_fraud,
    tell_objections,
    version_of,
)


def short_applications() -> list[Story]:
    """The other ends that an application can have."""
    return [
        _lapse(),
        _fail_the_check(),
        _leave_off_the_shortlist(),
        _keep_in_reserve(),
        _take_back_an_objection(),
        _remove_from_the_list(),
        _cancel_early(),
        _cancel_in_review(),
        _edit_and_withdraw(),
        _give_up(),
        _rule_out(),
        not_selected(),
        _not_reviewed(),
        _under_changing_forms(),
        _reverse(),
    ]


def _recommend(number: str) -> Story:
    """An application as far as its recommendation."""
    return (
        Story(f"application/{ROUND}/{number}")
        .tell(AGENT, make_application_submitted(1))
        .tell(SYSTEM, make_recommendation(1))
    )


def _lapse() -> Story:
    story = Story(f"application/{ROUND}/0002").tell(AGENT, make_application_submitted(1))
    return story.tell(SYSTEM, a.ApplicationLapsed(outcome="not-recommended", deadline=UNTIL))


def _fail_the_check() -> Story:
    story = Story(f"application/{ROUND}/0003")
    story.tell(AGENT, make_application_submitted(1).with_(asked=make_asked_to_confirm("partner-1"))).tell(
        SYSTEM, make_recommendation(1)
    )
    story.tell(OFFICER, a.SentBack(faults=("evidence-unclear",), text=ref("fault-text"), until=UNTIL))
    story.tell(SYSTEM, a.MendingLapsed(deadline=UNTIL))
    return story.tell(
        OFFICER, a.CheckFailed(grounds=("direction-held", "excluded-field"), text=ref("grounds-text"))
    )


def _leave_off_the_shortlist() -> Story:
    return _recommend("0004").tell(SYSTEM, a.LeftOffShortlist(rank=30, reason=ref("shortlist-reason")))


def _keep_in_reserve() -> Story:
    """An application that is not selected; a conflict of its reviewer is upheld before."""
    story = _recommend("0005").tell(SYSTEM, a.PlacedInReserve(proposal=1, reason=ref("proposal-reason")))
    story.tell(OFFICER, a.ConflictReported(report="report-late", expert="expert-7", text=ref("report-text")))
    story.tell(SUPERVISOR, a.ConflictRuled(report="report-late", upheld=True, text=ref("ruling-text")))
    return story.tell(SYSTEM, a.ApplicationNotSelected(proposal=1))


def _take_back_an_objection() -> Story:
    story = _recommend("0013").tell(SYSTEM, a.NoticeOpened(proposal=1, until=UNTIL))
    raised = a.ObjectionRaised(
        objection="objection-1", objector="objector-1", text=ref("objection-text"), evidence=(ref("proof-1"),)
    )
    story.tell(OBJECTOR, raised)
    return story.tell(OBJECTOR, a.ObjectionWithdrawn(objection="objection-1", reason=ref("withdrawn-text")))


def _remove_from_the_list() -> Story:
    """An application that is removed by an objection, which was settled otherwise and reopened."""
    story = _recommend("0006").tell(SYSTEM, a.ItemHeld(deadline=UNTIL))
    tell_objections(story)
    reopened = a.ObjectionReopened(
        objection="objection-1",
        was="partly-upheld",
        examiners=("examiner-1", "examiner-2"),
        text=ref("reopening-text"),
    )
    story.tell(SUPERVISOR, reopened)
    return story.tell(EXAMINER, a.ItemRemoved(objection="objection-1"))


def _cancel_early() -> Story:
    story = Story(f"application/{ROUND}/0007").tell(AGENT, make_application_submitted(1))
    return story.tell(SYSTEM, a.ApplicationCancelled(reason=ref("cancel-reason")))


def _cancel_in_review() -> Story:
    seated = make_panel_seated().with_(disclosed={"expert-1": ("0004",)})
    story = _recommend("0011").tell(SYSTEM, seated).tell(expert(1), review(1, "expert-1"))
    return story.tell(SYSTEM, a.ApplicationCancelled(reason=ref("cancel-reason")))


def _edit_and_withdraw() -> Story:
    story = _recommend("0010").tell(AGENT, make_application_submitted(2)).tell(SYSTEM, make_recommendation(2))
    return story.tell(AGENT, a.ApplicationWithdrawn())


def _give_up() -> Story:
    return _recommend("0015").tell(AGENT, a.ApplicationGivenUp(reason=ref("given-up-reason")))


def _rule_out() -> Story:
    """An application that is ruled out for fraud."""
    story = _recommend("0016")
    tell_fraud(story, upheld=True)
    return story.tell(SUPERVISOR, a.ApplicationRuledOut(text=ref("fraud-ruling")))


def _reverse() -> Story:
    """An application of which a check was reversed, and the ruling on a reviewer's conflict."""
    story = _recommend("0018")
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
    story.tell(SYSTEM, make_panel_seated())
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
    story = (
        Story(f"application/{ROUND}/0014")
        .tell(AGENT, make_application_submitted(1))
        .tell(SYSTEM, make_recommendation(1), make_panel_seated())
    )
    fewer = a.PanelSettlementEntered(way="fewer", scores=3, basis="1:empty", reason=ref("settling-reason"))
    end = fewer.with_(way="end", scores=0)
    story.tell(OFFICER, fewer).tell(SUPERVISOR, fewer, a.PanelLowered(scores=3))
    story.tell(SUPERVISOR, end)
    return story.tell(OFFICER, end, a.ApplicationNotReviewed(reason=ref("unreviewed-reason")))


def _under_changing_forms() -> Story:
    """An application whose people are told that forms changed: who must look again, and who need not."""
    story = Story(f"application/{ROUND}/0012").tell(AGENT, make_application_submitted(1))
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
    story.tell(SYSTEM, make_recommendation(1), make_panel_seated())
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
    return _swap_people(story.tell(SYSTEM, work), surveyed)


def _swap_people(story: Story, surveyed: a.WorkFormChanged) -> Story:
    """Tell on: of a survey team, examiners, a chair and an agent, each appointed and another put in their place."""
    members = ("surveyor-1", "surveyor-2", "surveyor-3")
    team = a.SurveyTeamAppointed(lead="surveyor-1", members=members, disclosed={"surveyor-2": ("0004",)})
    # Whoever leaves a team, or examines no more, is told.
    other = ("surveyor-1", "surveyor-2", "surveyor-4")
    swapped = team.with_(members=other, left=("surveyor-3",), reason=ref("team-reason"))
    story.tell(OFFICER, team).tell(SYSTEM, surveyed).tell(OFFICER, swapped)
    raised = a.ObjectionRaised(
        objection="o-1", objector="objector-1", text=ref("o-text"), evidence=(ref("o-proof"),)
    )
    examined = a.ExaminersAppointed(
        objection="o-1",
        examiners=("examiner-1", "examiner-2"),
        until=UNTIL,
        disclosed={"examiner-2": ("0004",)},
    )
    others = {"examiners": ("examiner-2", "examiner-3"), "left": ("examiner-1",), "reason": ref("o-reason")}
    story.tell(SYSTEM, a.NoticeOpened(proposal=1, until=UNTIL, public=ref("public-12")))
    story.tell(OBJECTOR, raised).tell(OFFICER, examined, examined.with_(**others))
    story.tell(OFFICER, a.ChairAppointed(chair="expert-1", reason=ref("chair-reason")))
    story.tell(SUPERVISOR, a.ChairReplaced(former="expert-1", chair="expert-2", reason=ref("chair-reason")))
    left = a.AgentReplaced(former="agent-1", agent="agent-2", reason=ref("agent-left"))
    return story.tell(OFFICER, left).tell(SYSTEM, a.ApplicationCancelled(reason=ref("cancel-reason")))
