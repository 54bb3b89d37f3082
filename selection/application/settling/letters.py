"""The letters about a panel that could not be filled: of which event, to whom, and what they say."""

from selection.application.letters import tell_ending
from selection.application.settling.events import ApplicationNotReviewed
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Texts, Writer

WRITES: dict[type[Event], Writer[ApplicationState]] = {ApplicationNotReviewed: tell_ending("not-reviewed")}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "not-reviewed": {
        "en": (
            "Application {application}: no panel could be formed",
            "For application {application} in round {round} no panel of experts could be formed, so that it has "
            "ended. This is no judgement of the application. `selection timeline {round}/{application}` shows you why.",
        ),
        "zh": (
            "申报 {application} 未能组成评审专家组",
            "{round} 轮次申报 {application} 未能组成评审专家组，该申报已终结。此结果不涉及对申报内容的评价。"
            "理由可用 `selection timeline {round}/{application}` 查看。",
        ),
    },
}
"""What the letters say."""
