"""The letters of a conflict that data shows: of which event, to whom, and what they say."""

from selection.application.found_conflicts.events import ActivityChanged, ConflictFound
from selection.application.letters import to
from selection.application.notice import tasks as notice
from selection.application.requests import tasks as requests
from selection.application.review import tasks as review
from selection.application.state import ApplicationState
from selection.application.survey import tasks as survey
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer
from selection.process.task import OpenTask, nobody


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
    """Tell the officers that a place waits for another, if one does; of a chair the supervisors too.

    Two of these replace one; in rounds that were sealed before there was that act, an officer does.
    """
    waiting = {task.kind for task in _list_tasks(state)} if event.standing == "inactive" else set[str]()
    chair = event.person == state.chair and "replace-chair" in waiting
    place = chair or not waiting.isdisjoint(("appoint-survey-team", "appoint-examiners", "appoint-deciders"))
    told = (*(state.supervisors if chair else ()), *(state.officers if place else ()))
    template = "chair-inactive" if chair else "judge-inactive"
    return to([person for person in told if person != event.person], template, state)


def _list_tasks(state: ApplicationState) -> list[OpenTask]:
    """Return of what is awaited whatever waits for somebody in another's place, and more."""
    of_stage = {**survey.STAGE_TASKS, **requests.STAGE_TASKS}.get(state.stage, nobody)
    besides = () if state.ended else (*notice.SIDE_TASKS, *review.SIDE_TASKS)
    return [task for made in (of_stage, *besides) for task in made(state)]


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ConflictFound: _ask_supervisors,
    ActivityChanged: _tell_stopped,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "conflict-found": {
        "en": (
            "Application {application}: a conflict of interest that data shows waits for your ruling ({report})",
            "The register and the applications of round {round} show that somebody is bound to application "
            "{application}; report {report} holds the evidence. Please confirm or dismiss it. Until then whoever "
            "it is about judges nothing there; if they have a part in it, no score is fixed and no list is carried out"
            " on it.",
        ),
        "zh": (
            "申报 {application} 由数据发现的利益冲突待裁定（{report}）",
            "登记信息和 {round} 轮次申报信息显示，有人员与申报 {application} 存在利益关系，证据见报告 {report}。"
            "请裁定利益冲突是否成立。裁定前，该人员不得评判该申报；其参与该申报评审或办理的，该申报的得分暂不确定，"
            "名单所定事项也暂不对该申报执行。",
        ),
    },
    "conflict-found-told": {
        "en": (
            "Application {application}: data binds somebody who judges it ({report})",
            "Somebody who reviews, surveys, examines or checks application {application} in round {round} is "
            "bound to it, as the register and the applications show. A supervisor rules on report {report}. If "
            "it is confirmed, your tasks say which place waits for another person.",
        ),
        "zh": (
            "数据显示，申报 {application} 有评判人员存在利益冲突（{report}）",
            "登记信息和申报信息显示，{round} 轮次申报 {application} 的一名评审、实勘、核查或审查人员与该申报存在"
            "利益关系，报告 {report} 待监督人员裁定。裁定利益冲突成立的，须由他人接替的事项列于“待办”。",
        ),
    },
    "judge-inactive": {
        "en": (
            "Application {application}: somebody who judges it may act no more",
            "Somebody who surveys, examines or decides on application {application} in round {round} is not "
            "active in the register any more. Your tasks say which place waits for another person.",
        ),
        "zh": (
            "申报 {application} 有评判人员已停用",
            "{round} 轮次申报 {application} 的实勘、核查或复核人员中有一人已在登记中停用。须由他人接替的事项列于“"
            "待办”。",
        ),
    },
    "chair-inactive": {
        "en": (
            "Application {application}: the chair of its panel may act no more",
            "The chair of the panel of application {application} in round {round} is not active in the register "
            "any more. Two supervisors put another member in their place, with a reason; in a round that was "
            "sealed before there was that act, an officer appoints another member. The page of the application "
            "offers whichever is yours.",
        ),
        "zh": (
            "申报 {application} 的专家组组长已停用",
            "{round} 轮次申报 {application} 的专家组组长已在登记中停用。由两名监督人员说明理由后更换为其他成员；"
            "本轮次封存时尚无此项操作的，由经办人员另行指定。该申报的页面列有由您办理的操作。",
        ),
    },
}
"""What the letters say."""
