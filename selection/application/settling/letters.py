"""The letters about a panel that could not be filled: of which event, to whom, and what they say."""

from selection.application.letters import tell_ending, to
from selection.application.settling.events import ApplicationNotReviewed, PanelSettlementEntered
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.process.letter import Letter, Texts, Writer


def _ask_others(event: PanelSettlementEntered, state: ApplicationState) -> list[Letter]:
    """Ask the post that has not entered the same, both where they entered different things; none where they agree."""
    wanted = (event.way, event.scores, event.basis)
    agreed = [
        role for role, entry in state.settling.items() if (entry.way, entry.scores, entry.basis) == wanted
    ]
    if len(agreed) > 1:
        return []
    posts = {Role.OFFICER.value: state.officers, Role.SUPERVISOR.value: state.supervisors}
    asked = [role for role in posts if len(state.settling) > 1 or role not in agreed]
    return [letter for role in asked for letter in to(posts[role], "panel-settlement-entered", state)]


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    PanelSettlementEntered: _ask_others,
    ApplicationNotReviewed: tell_ending("not-reviewed"),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "panel-settlement-entered": {
        "en": (
            "Application {application}: what becomes of a panel that cannot be filled",
            "The panel of application {application} in round {round} cannot be filled, and somebody entered what "
            "is to become of it: fewer scores, or an end with reasons. It takes effect once an officer and a "
            "supervisor have entered the same. The page of the application shows what was entered; please enter "
            "the same, or what you would do instead.",
        ),
        "zh": (
            "申报 {application}：专家组无法组成，待共同处理",
            "{round} 轮次申报 {application} 的专家组无法组成，已有人员录入处理意见（减少有效评分数，或说明理由终"
            "结）。经办人员与监督人员录入一致后方生效。所录入的内容见该申报的页面；请录入相同意见，或录入您的不同"
            "意见。",
        ),
    },
    "not-reviewed": {
        "en": (
            "Application {application}: no panel could be formed",
            "For application {application} in round {round} no panel of experts could be formed, so that it has "
            "ended. This is no judgement of the application. Its page shows you the reasons.",
        ),
        "zh": (
            "申报 {application} 未能组成评审专家组",
            "{round} 轮次申报 {application} 未能组成评审专家组，该申报已终结。此结果不涉及对申报内容的评价。理由"
            "见该申报的页面。",
        ),
    },
}
"""What the letters say."""
