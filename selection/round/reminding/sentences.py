"""What is said of the ladder of a round, and to whom."""

from selection.decision.aggregate import Event
from selection.process.letter import Broadcast, Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.round.reminding.events import RoundReminded
from selection.round.state import RoundState
from selection.round.tasks import tasks_of_round

TIMELINE: dict[str, Pairs] = {
    "round.reminded.v1": (
        (
            "Not finished: {awaited}, due {until}. Reminder ({rung}) to: {told}.",
            "尚未办结：{awaited}，期限为{until}。已提醒（{rung}）：{told}。",
        ),
        (
            "Not finished: {awaited}, due {until}. Those concerned were reminded.",
            "尚未办结：{awaited}，期限为{until}。已提醒有关人员。",
        ),
        ("Those concerned were reminded of a task.", "已就待办事项提醒有关人员。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

_TEMPLATES = {
    "before": "round-task-due",
    "day": "round-task-due",
    "after": "round-task-overdue",
    "officer": "round-task-escalated",
    "supervisor": "round-task-escalated",
}


def _write_reminded(event: RoundReminded, state: RoundState) -> list[Letter | Broadcast]:
    """Write to those whom the rung tells; a letter that waits until the round's task is finished is not sent.

    Of units that recommend, to those for which an application waits and that have a place left, as the record has it.
    """
    params = {"round": state.round, "awaited": event.awaited, "until": event.until.isoformat()}
    if event.awaited == "recommend":
        template = _TEMPLATES[event.rung]
        return [Broadcast(key=template, template=template, params=params, deadlines=(), task="recommend")]
    letters = letters_to(event.told, _TEMPLATES[event.rung], params)
    # The check as a whole is no task of the round that a courier could look for.
    own = event.task if event.task in {task.key for task in tasks_of_round(state)} else None
    return [letter.with_(task=own) for letter in letters]


WRITES: dict[type[Event], Writer[RoundState]] = {RoundReminded: _write_reminded}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "round-task-due": {
        "en": (
            "Round {round}: reminder of what is due by {until}",
            "In round {round}, this waits for you: {awaited}. It is due by {until}.",
        ),
        "zh": (
            "提醒：{round} 轮次有事项须于{until}前办结",
            "{round} 轮次有事项待您办理：{awaited}，期限为{until}。",
        ),
    },
    "round-task-overdue": {
        "en": (
            "Round {round}: overdue since {until}",
            "In round {round}, this still waits for you: {awaited}. It was due by {until}. Please do it now, or"
            " tell the officers of the round what keeps you from it.",
        ),
        "zh": (
            "{round} 轮次有事项逾期，期限为{until}",
            "{round} 轮次仍有事项待您办理：{awaited}，期限已于{until}届满。"
            "请尽快办理；如有困难，请告知本轮次经办人员。",
        ),
    },
    "round-task-escalated": {
        "en": (
            "Round {round}: not finished by {until}",
            "In round {round}, this was due by {until} and is not finished: {awaited}. Whoever it waits for was "
            "reminded before, on and after the due day. Please see to it that it is done, or that somebody else "
            "does it: two supervisors may put another person in an officer's or an approver's place, two officers in a "
            "supervisor's.",
        ),
        "zh": (
            "{round} 轮次有事项至{until}未办结",
            "{round} 轮次有事项应于{until}前办结而未办结：{awaited}。到期前、到期当日和逾期后均已提醒承办人。请督"
            "促办理，或另行安排人员办理：两名监督人员可更换经办或审批人员，两名经办人员可更换监督人员。",
        ),
    },
}
"""What the letters say."""
