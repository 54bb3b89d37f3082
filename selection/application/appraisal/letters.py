"""The letters of the overall appraisal: of which event, to whom, and what they say."""

from selection.application.appraisal.events import AppraisalOpened
from selection.application.letters import to
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _ask_to_vote(event: AppraisalOpened, state: ApplicationState) -> list[Letter]:
    voters = [person for person in event.present if person not in event.aside]
    return to(voters, "vote", state, meeting=str(event.meeting))


WRITES: dict[type[Event], Writer[ApplicationState]] = {AppraisalOpened: _ask_to_vote}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "vote": {
        "en": (
            "Your vote on application {application}",
            "The panel's chair opened the vote on application {application} in round {round} (meeting {meeting})."
            " Please read the agreed score, cast your own vote and add your dissent in writing, if you have any:"
            " `selection appraise vote {round}/{application}`. Nobody can vote for you.",
        ),
        "zh": (
            "请就申报 {application} 表决",
            "{round} 轮次申报 {application} 的专家组组长已提请表决（第 {meeting} 次）。请查看议定分，由本人表决，"
            "如有不同意见请书面附上：`selection appraise vote {round}/{application}`。他人不得代为表决。",
        ),
    },
}
"""What the letters say."""
