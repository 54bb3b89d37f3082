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
            "Application {application}: data binds somebody who judges it ({report})",
            "Somebody who reviews, surveys, examines or checks application {application} in round {round} is bound to"
            " it, as the register and the bids show; a supervisor rules on report {report}. If it is confirmed, please"
            " see to it that another person takes the place: your tasks will say so.",
        ),
        "zh": (
            "数据显示，申报 {application} 有评判人员存在利益冲突（{report}）",
            "登记信息和申报信息显示，{round} 轮次申报 {application} 的一名评审、实勘、核查或审查人员"
            "与该申报存在利益关系，"
            "报告 {report} 待监督人员裁定。认定成立的，请按待办事项安排他人接替。",
        ),
    },
    "judge-inactive": {
        "en": (
            "Application {application}: somebody who judges it may act no more",
            "Somebody who surveys, examines or decides on application {application} in round {round} is not active in"
            " the register any more. Your tasks say which place waits for another: `selection task list`.",
        ),
        "zh": (
            "申报 {application} 有评判人员已停用",
            "{round} 轮次申报 {application} 的实勘、审查或复核人员中有一人已在登记中停用。"
            "须由他人接替的事项见待办：`selection task list`。",
        ),
    },
    "chair-inactive": {
        "en": (
            "Application {application}: the chair of its panel may act no more",
            "The chair of the panel of application {application} in round {round} is not active in the register any"
            " more. Two supervisors put another member in their place, for a reason:"
            " `selection appoint replace-chair {round}/{application} PERSON --reason TEXT`. Where the round was sealed"
            " before there was that act, an officer appoints another member:"
            " `selection appoint chair {round}/{application} PERSON --reason TEXT`.",
        ),
        "zh": (
            "申报 {application} 的专家组组长已停用",
            "{round} 轮次申报 {application} 的专家组组长已在登记中停用。由两名监督人员说明理由后更换为其他成员："
            "`selection appoint replace-chair {round}/{application} 人员 --reason 理由`。"
            "本轮次封存时尚无此项操作的，由经办人员另行指定："
            "`selection appoint chair {round}/{application} 人员 --reason 理由`。",
        ),
    },
}
"""What the letters say."""
