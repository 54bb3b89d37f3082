"""The letters of decisions that are reversed: of which event, to whom, and what they say."""

from collections.abc import Sequence

from selection.application.letters import agent, to
from selection.application.reversing.events import (
    ConflictReopened,
    DecisionReversed,
    ReversalDeclined,
    ReversalEntered,
)
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.process.decisions import APPRAISAL, CONFLICT, SHORTLIST, name_decision
from selection.process.letter import Broadcast, Letter, Texts, Writer


def _ask_other(event: ReversalEntered, state: ApplicationState) -> list[Letter]:
    """Ask the other post, unless the reversal comes with it; of a conflict nobody who is a party to its report."""
    wanted = (name_decision(event.decision, event.of), event.was, event.stage, event.void)
    alone = state.decisions.list_waiting(
        lambda entry: (entry.decision, entry.was, entry.stage, entry.void) == wanted
    )
    if not alone:
        return []
    ((role, _),) = alone
    waiting = state.supervisors if role == Role.OFFICER.value else state.officers
    report = state.reports.get(event.report) if event.decision == CONFLICT else None
    aside = (*report.reporters, report.expert) if report else ()
    asked = [name for name in waiting if name not in aside]
    return to(asked, "reversal-entered", state, decision=event.decision)


def _tell_declined(event: ReversalDeclined, state: ApplicationState) -> list[Letter]:
    return to(event.people, "reversal-declined", state, decision=event.decision)


def _ask_again(event: DecisionReversed, state: ApplicationState) -> Sequence[Letter | Broadcast]:
    """Tell the officers what is to be done again, and of a meeting those who meet again.

    Of a shortlist nothing is: the next entry says where the application is now, and who is told.
    """
    if event.decision == SHORTLIST:
        return []
    members = [seat.expert for seat in state.seats if seat.status == "submitted"]
    panel = members if event.decision == APPRAISAL else []
    return [
        *agent("decision-reversed", decision="decision")(event, state),
        *to(state.officers, "decision-to-make-again", state, decision=event.decision),
        *to(panel, "meeting-to-hold-again", state),
    ]


def _ask_for_ruling(event: ConflictReopened, state: ApplicationState) -> list[Letter]:
    report = state.reports[event.report]
    aside = (*report.reporters, report.expert)
    ruling = [person for person in state.supervisors if person not in aside]
    return to(ruling, "conflict-reopened", state, report=event.report)


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ReversalEntered: _ask_other,
    ReversalDeclined: _tell_declined,
    DecisionReversed: _ask_again,
    ConflictReopened: _ask_for_ruling,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "reversal-entered": {
        "en": (
            "Application {application}: a decision is to be reversed ({decision})",
            "Somebody entered that a decision on application {application} in round {round} is to be reversed ("
            "{decision}). The page says what falls with it. The reversal takes effect once your post enters the "
            "same, with a reason. If you do not agree, decline it with a reason.",
        ),
        "zh": (
            "申报 {application} 有决定待撤销（{decision}）",
            "已有人员录入撤销 {round} 轮次申报 {application} 的一项决定（{decision}）。一并作废的事项见页面。须由"
            "您所在岗位录入相同意见并说明理由，撤销方可生效；不同意的，请说明理由予以否决。",
        ),
    },
    "reversal-declined": {
        "en": (
            "Application {application}: what you entered of a reversal was declined ({decision})",
            "The other post declined to reverse a decision on application {application} in round {round} ("
            "{decision}). The decision stands. The page of the application shows the reason.",
        ),
        "zh": (
            "申报 {application} 的撤销意见被否决（{decision}）",
            "您就 {round} 轮次申报 {application} 的一项决定（{decision}）录入的撤销意见已被另一岗位否决，原决定有"
            "效。理由见该申报的页面。",
        ),
    },
    "decision-reversed": {
        "en": (
            "Application {application}: a decision was reversed ({decision})",
            "A decision on application {application} in round {round} was reversed ({decision}). It is void and made"
            " again, by other people where it was one person's. Nothing is asked of you now.",
        ),
        "zh": (
            "申报 {application} 的一项决定已撤销（{decision}）",
            "{round} 轮次申报 {application} 的一项决定（{decision}）已撤销作废，将重新办理；由个人作出的，改由他人"
            "办理。目前无需您单位办理其他事项。",
        ),
    },
    "decision-to-make-again": {
        "en": (
            "Application {application}: a decision has to be made again ({decision})",
            "A decision on application {application} in round {round} was reversed ({decision}) and has to be made"
            " again; your tasks say what is awaited. Whoever made it does not make it again.",
        ),
        "zh": (
            "申报 {application} 的一项决定须重新作出（{decision}）",
            "{round} 轮次申报 {application} 的一项决定（{decision}）已撤销，须重新作出；待办理的事项列于“待办”。"
            "原作出人员不再办理。",
        ),
    },
    "meeting-to-hold-again": {
        "en": (
            "Application {application}: the panel meets again",
            "The record of the panel's meeting on application {application} in round {round} was reversed. Its votes"
            " are void; the panel meets again, and everyone votes anew.",
        ),
        "zh": (
            "申报 {application} 须重新论证",
            "{round} 轮次申报 {application} 的综合论证记录已撤销，原表决无效。专家组将重新开会，由各成员重新表决。",
        ),
    },
    "conflict-reopened": {
        "en": (
            "Application {application}: report {report} waits for a ruling again",
            "The ruling on report {report} of a conflict of interest in application {application} of round "
            "{round} was reversed. Please rule on it anew, unless the ruling was yours: whoever made it does not "
            "rule again.",
        ),
        "zh": (
            "申报 {application} 的利益冲突报告 {report} 须重新裁定",
            "对 {round} 轮次申报 {application} 利益冲突报告 {report} 的裁定已撤销，请予重新裁定；原裁定人不再裁定。",
        ),
    },
}
"""What the letters say."""
