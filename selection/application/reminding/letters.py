"""The letters of the ladder: to whom, and what they say."""

from selection.application.letters import to
from selection.application.reminding.events import TaskReminded
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.ladder import BY_LETTERS_THAT_WAIT
from selection.process.letter import Letter, Texts, Writer

_TEMPLATES = {
    "before": "task-due",
    "day": "task-due",
    "after": "task-overdue",
    "officer": "task-escalated",
    "supervisor": "task-escalated",
}


def _write_reminded(event: TaskReminded, state: ApplicationState) -> list[Letter]:
    """Write to those whom the rung tells; a letter that waits until the task is finished is not sent."""
    until, template = event.until.isoformat(), _TEMPLATES[event.rung]
    if event.awaited in BY_LETTERS_THAT_WAIT:
        # What several people have left undone together is no task of its own that a courier could look for.
        return to(event.told, "task-passed-on", state, awaited=event.awaited, until=until)
    letters = to(event.told, template, state, awaited=event.awaited, until=until)
    return [letter.with_(task=event.task) for letter in letters]


WRITES: dict[type[Event], Writer[ApplicationState]] = {TaskReminded: _write_reminded}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "task-due": {
        "en": (
            "Application {application}: reminder of what is due by {until}",
            "In round {round}, application {application}, this waits for you: {awaited}. It is due by {until}.",
        ),
        "zh": (
            "提醒：申报 {application} 有事项须于{until}前办结",
            "{round} 轮次申报 {application} 有事项待您办理：{awaited}，期限为{until}。",
        ),
    },
    "task-overdue": {
        "en": (
            "Application {application}: overdue since {until}",
            "In round {round}, application {application}, this still waits for you: {awaited}. It was due by {until}."
            " Please do it now, or tell the officers of the round what keeps you from it.",
        ),
        "zh": (
            "申报 {application} 有事项逾期，期限为{until}",
            "{round} 轮次申报 {application} 仍有事项待您办理：{awaited}，期限已于{until}届满。"
            "请尽快办理；如有困难，请告知本轮次经办人员。",
        ),
    },
    "task-escalated": {
        "en": (
            "Application {application}: not finished by {until}",
            "In round {round}, application {application}, this was due by {until} and is not finished: {awaited}"
            ". Whoever it waits for was reminded before, on and after the due day. Please see to it that it is "
            "done, or that somebody else does it: two supervisors may put another person in an officer's or an "
            "approver's place, two officers in a supervisor's.",
        ),
        "zh": (
            "申报 {application} 有事项至{until}未办结",
            "{round} 轮次申报 {application} 有事项应于{until}前办结而未办结：{awaited}。到期前、到期当日和逾期后"
            "均已提醒承办人。请督促办理，或另行安排人员办理：两名监督人员可更换经办或审批人员，两名经办人员可更换监督人员。",
        ),
    },
    "task-passed-on": {
        "en": (
            "Application {application}: still missing since {until}",
            "In round {round}, application {application}, this was due by {until} and is still missing: {awaited}"
            ". Whoever it waited for was reminded before the due day and on it. Where a seat was lost by that, "
            "the next alternate was invited, with days of their own; without a co-builder's confirmation the "
            "application counts as incomplete. This one letter stands for all people and units that the "
            "application waits for. Please see to it that the application goes on.",
        ),
        "zh": (
            "申报 {application} 自{until}到期以来仍有事项未完成",
            "{round} 轮次申报 {application} 有事项应于{until}前办结而至今未完成：{awaited}。到期前和到期当日均已"
            "提醒承办人。因逾期空出的席位已由备选专家递补，期限另计；共建单位未确认的，申报视为不完整。本函合并了"
            "同一申报涉及的全部人员和单位。请关注并推动该申报继续办理。",
        ),
    },
}
"""What the letters say."""
