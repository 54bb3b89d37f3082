"""What is said of the shortlist and the site survey, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.shortlisted.v1": (
        ("The application was shortlisted at rank {rank}.", "列入入围名单，排名第 {rank}。"),
        ("The application was shortlisted.", "列入入围名单。"),
    ),
    "application.not-shortlisted.v1": (
        ("The application was not shortlisted; its rank is {rank}.", "未列入入围名单，排名第 {rank}。"),
        ("The application was not shortlisted.", "未列入入围名单。"),
    ),
    "survey.team-appointed.v1": (
        (
            "Survey team: {members}, led by {lead}, in the place of {left}. Behind another application, and may survey"
            " by the rules: {disclosed}.",
            "实勘人员：{members}，由 {lead} 带队，{left} 不再参与。另有其他申报、依规则可以参与的：{disclosed}。",
        ),
        (
            "Survey team: {members}, led by {lead}. Behind another application, and may survey by the rules:"
            " {disclosed}.",
            "实勘人员：{members}，由 {lead} 带队。另有其他申报、依规则可以参与的：{disclosed}。",
        ),
        (
            "Survey team: {members}, led by {lead}, in the place of {left}.",
            "实勘人员：{members}，由 {lead} 带队，{left} 不再参与。",
        ),
        ("Survey team: {members}, led by {lead}.", "实勘人员：{members}，由 {lead} 带队。"),
        ("A survey team was appointed.", "指定现场实勘人员。"),
    ),
    "survey.reported.v1": (
        ("The site was surveyed on {day}: {verdict}.", "于 {day} 现场实勘，结论：{verdict}。"),
        ("The site was surveyed on {day}.", "于 {day} 现场实勘。"),
        ("The site was surveyed.", "完成现场实勘。"),
    ),
    "survey.left-out.v1": (("This scheme has no site survey.", "本轮规则不设现场实勘。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "appoint-survey-team": ("appoint a survey team", "组建实勘组"),
    "survey": ("site survey", "现场实勘"),
}
"""What is awaited of people, by the kind of the task."""

VERDICTS: Names = {
    "confirmed": ("confirmed", "属实"),
    "confirmed-with-reservations": ("confirmed with reservations", "基本属实，有保留意见"),
    "not-confirmed": ("not confirmed", "不属实"),
}
"""What a survey may come to."""

VALUES: dict[str, Names] = {"verdict": VERDICTS}
"""What the codes in these sentences are called, by the field."""

REFUSALS: Names = {
    "no-day": (
        "The survey's day is written as YYYY-MM-DD and must be in the calendar, such as 2024-11-02.",
        "实勘日期须为日历上的日期，写作 YYYY-MM-DD，例如 2024-11-02。",
    ),
    "day-outside": (
        "The survey's day is one from {first}, when you joined its team, until {last}, today. Give the day on which "
        "the team was there; a visit before that is reported by a member who was on the team then.",
        "实勘日期须在 {first}（您加入实勘组之日）至 {last}（今日）之间，请填写该组到现场的日期；"
        "更早的实勘，请由当时已在组内的成员报告。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
