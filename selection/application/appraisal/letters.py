"""The letters of the overall appraisal: of which event, to whom, and what they say."""

from selection.application.appraisal.events import AppraisalOpened
from selection.application.letters import to
from selection.application.settling.shortage import list_members
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _ask_to_vote(event: AppraisalOpened, state: ApplicationState) -> list[Letter]:
    """Ask the voters to vote, and tell the other members that they have none: nobody is dropped unnoticed."""
    voters = [person for person in event.present if person not in event.aside]
    others = [person for person in list_members(state) if person not in voters]
    return [
        *to(voters, "vote", state, meeting=str(event.meeting)),
        *to(others, "without-vote", state),
    ]


WRITES: dict[type[Event], Writer[ApplicationState]] = {AppraisalOpened: _ask_to_vote}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "vote": {
        "en": (
            "Your vote on application {application}",
            "The panel's chair opened the vote on application {application} in round {round} (meeting {meeting}"
            "). Please cast your own vote and state the score that you find right; if you dissent, add your reasons "
            "in writing. Nobody can vote for you.",
        ),
        "zh": (
            "请就申报 {application} 表决",
            "{round} 轮次申报 {application} 的专家组组长已提请表决（第 {meeting} 次）。请由本人表决，并给出本人认为"
            "恰当的分数；如有不同意见，请一并提交书面意见。他人不得代为表决。",
        ),
    },
    "without-vote": {
        "en": (
            "You have no vote on application {application}",
            "The panel's chair opened the vote on application {application} in round {round} and named you as "
            "absent or as standing aside, so you have no vote in it. If that is not so, or you do not know why, "
            "tell an officer or a supervisor of the round now.",
        ),
        "zh": (
            "您对申报 {application} 没有表决权",
            "{round} 轮次申报 {application} 的专家组组长已提请表决，并将您列为缺席或回避，因此本次表决您没有表决"
            "权。如与事实不符，或您不清楚原因，请立即告知本轮次的经办人员或监督人员。",
        ),
    },
}
"""What the letters say."""
