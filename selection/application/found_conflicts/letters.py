"""The letters of a conflict that data shows: of which event, to whom, and what they say."""

from selection.application.found_conflicts.events import ActivityChanged, ConflictFound
from selection.application.letters import to
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _ask_supervisors(event: ConflictFound, state: ApplicationState) -> list[Letter]:
    """Ask the supervisors for a ruling, and tell the officers that a place may fall free; never whom it is about."""
    aside = (event.expert, *state.reports[event.report].reporters)
    ruling = [person for person in state.supervisors if person not in aside]
    officers = [person for person in state.officers if person not in aside]
    return [
        *to(ruling, "conflict-found", state, report=event.report),
        *to(officers if event.seated else (), "conflict-found-told", state, report=event.report),
    ]


def _tell_stopped(event: ActivityChanged, state: ApplicationState) -> list[Letter]:
    """Tell whose task it is to replace somebody: of a chair the supervisors, who do that, else the officers."""
    if event.standing == "active":
        return []
    replacing = state.supervisors if event.person == state.chair else state.officers
    return to([person for person in replacing if person != event.person], "judge-inactive", state)


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ConflictFound: _ask_supervisors,
    ActivityChanged: _tell_stopped,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "conflict-found": {
        "en": (
            "Application {application}: a conflict of interest that data shows waits for your ruling ({report})",
            "The register and the bids of round {round} show that somebody is bound to application {application};"
            " report {report} holds the evidence. Please confirm or dismiss it:"
            " `selection conflict rule {round}/{application} {report}`."
            " Until then they judge nothing there, no score is fixed and no list carried out on it.",
        ),
        "zh": (
            "申报 {application} 由数据发现的利益冲突待裁定（{report}）",
            "登记信息和 {round} 轮次申报信息显示，有人员与申报 {application} 存在利益关系，"
            "证据见报告 {report}。请予认定或不予认定："
            "`selection conflict rule {round}/{application} {report}`。裁定前该人员不得评判该申报，"
            "也不确定其得分、不对其执行名单。",
        ),
    },
    "conflict-found-told": {
        "en": (
            "Application {application}: a change of the register binds somebody who judges it ({report})",
            "Somebody who reviews, surveys, examines or checks application {application} in round {round} is bound to"
            " it since the register changed; a supervisor rules on report {report}. If it is confirmed, please see"
            " to it that another person takes the place: your tasks will say so.",
        ),
        "zh": (
            "登记变更后，申报 {application} 有评判人员存在利益冲突（{report}）",
            "登记变更后，{round} 轮次申报 {application} 的一名评审、实勘、核查或审查人员与该申报存在利益关系，"
            "报告 {report} 待监督人员裁定。认定成立的，请按待办事项安排他人接替。",
        ),
    },
    "judge-inactive": {
        "en": (
            "Application {application}: somebody who judges it may act no more",
            "Somebody who chairs the panel, surveys, examines or decides on application {application} in round {round}"
            " is not active in the register any more. Your tasks say which place waits for another:"
            " `selection task list`.",
        ),
        "zh": (
            "申报 {application} 有评判人员已停用",
            "{round} 轮次申报 {application} 的组长、实勘、审查或复核人员中有一人已在登记中停用。"
            "须由他人接替的事项见待办：`selection task list`。",
        ),
    },
}
"""What the letters say."""
