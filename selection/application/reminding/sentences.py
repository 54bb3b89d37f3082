"""What is said of the ladder, in English and Chinese."""

from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.reminded.v1": (
        (
            "Not finished: {awaited}, due {until}. Reminder ({rung}) to: {told}.",
            "尚未办结：{awaited}，期限为{until}。已提醒（{rung}）：{told}。",
        ),
        ("Those concerned were reminded of a task.", "已就待办事项提醒有关人员。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""
