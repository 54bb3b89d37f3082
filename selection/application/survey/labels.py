"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.application.survey.sentences import VERDICTS
from selection.kernel.stages import Names

LABELS: Names = {
    "appoint-survey-team": ("Appoint the survey team", "组建实勘组"),
    "appoint-survey-team.guidance": (
        "The team visits the site and reports. Its members belong to other units than the applicants'. Experts of the "
        "panel may be members; whoever has another part in this application may not.",
        "实勘组现场勘察并报告。成员须来自申报各单位以外的单位；该申报的评审专家可以参加，在该申报中另有职责的人员不得参加。",
    ),
    "appoint-survey-team.members": ("Members", "成员"),
    "appoint-survey-team.members.help": (
        "The ids of all members, the leader among them, each on a line of its own.",
        "全体成员（含组长）的编号，每行一个。",
    ),
    "appoint-survey-team.lead": ("Leader", "组长"),
    "appoint-survey-team.lead.help": ("The id of one of the members.", "其中一名成员的编号。"),
    "appoint-survey-team.reason": (
        "Why others come in their place, where a team was appointed before",
        "此前已组建实勘组的，更换的理由",
    ),
    "appoint-survey-team.not-in-team": (
        "Leader: name one of the members",
        "组长：须为成员之一",
    ),
    "report-survey": ("Report the site survey", "报告实勘情况"),
    "report-survey.guidance": (
        "What the team found on the site: one finding for each content of the review, photos if you have any, and "
        "whether what was handed in holds.",
        "现场勘察情况：逐项填写评审内容的勘察结果，可附照片，并说明申报材料是否属实。",
    ),
    "report-survey.day": ("Day of the visit", "勘察日期"),
    "report-survey.day.help": (
        "When the team was there: since you joined it, and today at the latest.",
        "该组到现场的日期：不早于您加入该组之日，不晚于今日。",
    ),
    "report-survey.findings": ("Findings", "勘察结果"),
    "report-survey.photos": ("Photos", "照片"),
    "report-survey.verdict": ("Does it hold?", "结论"),
    "report-survey.form": ("Survey form", "实勘表"),
    **{f"report-survey.verdict.{code}": names for code, names in VERDICTS.items()},
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
