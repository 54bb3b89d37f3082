"""The letters at the end of an application: of which event, to whom, and what they say."""

from selection.application.letters import agent, each, tell_co_builders_end
from selection.application.outcome.events import (
    ApplicationCancelled,
    ApplicationListed,
    ApplicationNotSelected,
)
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Texts, Writer

WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ApplicationListed: each(agent("listed", place="place"), tell_co_builders_end),
    ApplicationNotSelected: each(agent("not-selected"), tell_co_builders_end),
    ApplicationCancelled: each(agent("cancelled"), tell_co_builders_end),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "listed": {
        "en": (
            "Application {application}: on the issued list",
            "Congratulations. The list of round {round} has been issued, and application {application} is on"
            " it at place {place}. The centre is now under construction.",
        ),
        "zh": (
            "申报 {application} 列入建设名单",
            "祝贺您单位。{round} 轮次建设名单已发布，申报 {application} 列第 {place} 位，即进入筹建期。",
        ),
    },
    "not-selected": {
        "en": (
            "Application {application}: not selected",
            "The list of round {round} has been issued. Application {application} is not on it and has ended."
            " Thank you for taking part.",
        ),
        "zh": (
            "申报 {application} 未入选",
            "{round} 轮次建设名单已发布，申报 {application} 未入选，该申报已终结。感谢您单位的参与。",
        ),
    },
    "cancelled": {
        "en": (
            "Application {application}: round cancelled",
            "Round {round} was cancelled, and application {application} ended with it. This is no judgement of"
            " the application.",
        ),
        "zh": (
            "申报 {application} 随轮次取消",
            "{round} 轮次已取消，申报 {application} 随之终结。此结果不涉及对申报内容的评价。",
        ),
    },
}
"""What the letters say."""
