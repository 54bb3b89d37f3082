"""The letters of the shortlist and the site survey: of which event, to whom, and what they say."""

from selection.application.letters import agent, tell_ending, to
from selection.application.state import ApplicationState
from selection.application.survey.events import LeftOffShortlist, PlacedOnShortlist, SurveyTeamAppointed
from selection.decision.aggregate import Event
from selection.process.letter import Texts, Writer

WRITES: dict[type[Event], Writer[ApplicationState]] = {
    PlacedOnShortlist: agent("shortlisted"),
    LeftOffShortlist: tell_ending("not-shortlisted"),
    SurveyTeamAppointed: lambda event, state: [
        *to(event.members, "survey-team", state),
        *to(event.left, "survey-team-no-more", state),
        *to(state.supervisors if event.disclosed else (), "rivals-disclosed", state),
    ],
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "shortlisted": {
        "en": (
            "Application {application}: on the shortlist for the site survey",
            "Application {application} in round {round} is on the shortlist. A team will visit the"
            " site; please"
            " keep the evidence of your application at hand.",
        ),
        "zh": (
            "申报 {application} 列入入围名单",
            "{round} 轮次申报 {application} 已列入入围名单，将安排人员实地查看。请备好申报所涉佐证材料。",
        ),
    },
    "not-shortlisted": {
        "en": (
            "Application {application}: not on the shortlist",
            "After the paper review, application {application} in round {round} was not taken onto the shortlist "
            "for the site survey. The application has ended. Its page shows you the reason. Thank you for taking "
            "part.",
        ),
        "zh": (
            "申报 {application} 未列入入围名单",
            "经材料评审，{round} 轮次申报 {application} 未列入入围名单，该申报已终结。理由见该申报的页面。感谢您"
            "单位的参与。",
        ),
    },
    "survey-team-no-more": {
        "en": (
            "Application {application}: you no longer survey its site",
            "In round {round} an officer appointed another team to survey the site of application {application},"
            " without you. The reason is kept in the record for the round's officers, supervisors and auditors."
            " Nothing more is"
            " asked of you about it; if you think that you were replaced for what you found, tell a supervisor.",
        ),
        "zh": (
            "申报 {application}：您不再参加现场实勘",
            "{round} 轮次经办人员已另行组建申报 {application} 的实勘组，您不再参加。其理由载于记录，"
            "由该轮次的经办人员、监督人员和审计人员查阅。您无需再就此办理；如认为系因您的实勘意见而被更换，请告知监督人员。",
        ),
    },
    "survey-team": {
        "en": (
            "Site survey of application {application}",
            "You were appointed to the team that surveys the site of application {application} in round {round}. "
            "The team records the day, what it found on each of the review contents, photos and a verdict; its "
            "lead hands the report in.",
        ),
        "zh": (
            "申报 {application} 现场实勘",
            "您已被指定参加 {round} 轮次申报 {application} 的现场实勘。实勘组须记录实勘日期、各项评审内容的查看情"
            "况、照片和结论，由组长提交实勘报告。",
        ),
    },
}
"""What the letters say."""
