"""The letters about who acts for the applicant: of which event, to whom, and what they say."""

from selection.application.agents.events import AgentReplaced
from selection.application.letters import to
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _tell_both(event: AgentReplaced, state: ApplicationState) -> list[Letter]:
    return [
        *to([event.agent], "agent-now", state),
        *to([event.former], "agent-no-more", state),
    ]


WRITES: dict[type[Event], Writer[ApplicationState]] = {AgentReplaced: _tell_both}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "agent-now": {
        "en": (
            "Application {application}: you act for its applicant from now on",
            "Two officers of round {round} entered you as the agent of application {application}. What waits for "
            "its applicant now waits for you, and is listed among your tasks.",
        ),
        "zh": (
            "申报 {application} 今后由您经办",
            "{round} 轮次的两名经办人员已将您登记为申报 {application} 的申报经办人。申报单位的待办事项今后由您办"
            "理，列于您的“待办”。",
        ),
    },
    "agent-no-more": {
        "en": (
            "Application {application}: somebody else acts for its applicant",
            "Somebody else of its host unit acts for application {application} in round {round} from now on. What you"
            " did for it stands; nothing more is asked of you. If this is a mistake, tell the officers of the round.",
        ),
        "zh": (
            "申报 {application} 已改由他人经办",
            "{round} 轮次申报 {application} 今后由依托单位的其他人员经办。您此前办理的事项仍然有效，无需再办理任"
            "何事项。如有误，请告知本轮次经办人员。",
        ),
    },
}
"""What the letters say."""
