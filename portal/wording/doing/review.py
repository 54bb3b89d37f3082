"""The acts around a panel: its chair, conflicts of interest, corrections, survey and appraisal."""

from selection.wording.code_names import VERDICTS, VOTES

WORDS: dict[str, tuple[str, str]] = {
    "appoint-chair.guidance": (
        "The chair records the panel's meeting. Only members who accepted their seat can be appointed.",
        "组长负责记录专家组论证会。只能从已接受邀请的成员中指定。",
    ),
    "appoint-chair.chair": ("Chair", "组长"),
    "correct-review.guidance": (
        "Say the review anew as it should be, and why. The former one stays in the record and no longer counts.",
        "请完整填写更正后的评审意见并说明原因。原评审意见保留在记录中，不再计入。",
    ),
    "correct-review.number": ("Which correction", "第几次更正"),
    "correct-review.form": ("Comments", "评审意见"),
    "correct-review.scores": ("Scores", "评分"),
    "correct-review.reason": ("Why you correct it", "更正原因"),
    "report-conflict.guidance": (
        "A supervisor rules on the report. Until then no score is fixed and no list goes on for this application. "
        "The person you name is not told.",
        "监督人员将对报告作出裁定。裁定之前，暂不核定该申报的评分，也不进入后续名单。被报告人不会获知。",
    ),
    "report-conflict.expert": ("Whom it is about", "被报告人"),
    "report-conflict.expert.help": (
        "The id of the expert. Anybody may be named, on the panel or not.",
        "专家编号。可填写任何人，不论是否在专家组内。",
    ),
    "report-conflict.text": ("Which conflict, and how you know of it", "何种利益冲突，以及如何得知"),
    "refer-conflict.guidance": (
        "Register and bids show what binds somebody to this application: the evidence goes to a supervisor as it is "
        "now. Dismissed, that very evidence is refused no more; confirmed, the person judges nothing here.",
        "登记与申报信息显示某人与该申报存在利益关系：系统将现有证据提交监督人员裁定。裁定不成立的，该项证据不再据以拒绝；"
        "认定成立的，该人员不再评判该申报。",
    ),
    "refer-conflict.expert": ("Whom it is about", "涉及人员"),
    "refer-conflict.expert.help": (
        "The id of the person whom an act was refused for, or who is to be named.",
        "操作因其被拒绝的人员或拟指派人员的编号。",
    ),
    "rule-on-conflict.guidance": (
        "If you uphold the report, the review of the person no longer counts and the seat falls free. Of what data "
        "shows, dismissing means that this very evidence counts no more; any other is found anew.",
        "认定成立的，被报告人的评审意见不再计入，席位空出。对数据发现的利益冲突裁定不成立的，仅该项证据不再计入，"
        "另有证据的将重新提出。",
    ),
    "rule-on-conflict.report": ("Report", "报告"),
    "rule-on-conflict.upheld": ("Your ruling", "裁定"),
    "rule-on-conflict.upheld.yes": ("The conflict is there: upheld", "存在利益冲突：成立"),
    "rule-on-conflict.upheld.no": ("There is none: dismissed", "不存在利益冲突：不成立"),
    "settle-panel.guidance": (
        "An officer and a supervisor decide together: once both have entered the same, it is done. Fewer scores, three "
        "at least, may be enough; or the application ends. To give more time, move the review's last day instead.",
        "由经办人员与监督人员共同决定：双方录入相同意见后生效。可减少所需评分（不少于三份），或终结申报；"
        "如需更多时间，请延长评审最后期限。",
    ),
    "settle-panel.way": ("What is to be done", "处理方式"),
    "settle-panel.way.fewer": ("Fewer scores are enough", "减少所需评分"),
    "settle-panel.way.end": ("The application ends", "终结申报"),
    "settle-panel.scores": ("How many scores are enough; 0 to end it", "有效评分份数（终结填 0）"),
    "settle-panel.reason": ("Reason, which the applicant reads at the end", "理由（终结时告知申报单位）"),
    "appoint-survey-team.guidance": (
        "The team visits the site and reports. Its members belong to other units than the applicants' and had no part "
        "in this application before.",
        "实勘组现场勘察并报告。成员须来自申报各单位以外的单位，且此前未参与该申报。",
    ),
    "appoint-survey-team.members": ("Members", "成员"),
    "appoint-survey-team.members.help": (
        "The ids of all members, the leader among them, each on a line of its own.",
        "全体成员（含组长）的编号，每行一个。",
    ),
    "appoint-survey-team.lead": ("Leader", "组长"),
    "appoint-survey-team.lead.help": ("The id of one of the members.", "其中一名成员的编号。"),
    "appoint-survey-team.not-in-team": (
        "Leader: name one of the members",
        "组长：须为成员之一",
    ),
    "report-survey.guidance": (
        "What the team found on the site: one finding for each content of the review, photos if you have any, and "
        "whether what was handed in holds.",
        "现场勘察情况：逐项填写评审内容的勘察结果，可附照片，并说明申报材料是否属实。",
    ),
    "report-survey.day": ("Day of the visit", "勘察日期"),
    "report-survey.findings": ("Findings", "勘察结果"),
    "report-survey.photos": ("Photos", "照片"),
    "report-survey.verdict": ("Does it hold?", "结论"),
    "report-survey.form": ("Survey form", "实勘表"),
    **{f"report-survey.verdict.{code}": names for code, names in VERDICTS.items()},
    "open-appraisal.guidance": (
        "What the panel agreed on. Everyone who is present and does not stand aside votes on it by an act of their "
        "own; opened anew, the vote is cast anew.",
        "填写专家组的议定情况。出席且未回避的成员由本人表决；重新提请的，须重新表决。",
    ),
    "open-appraisal.present": ("Present", "出席"),
    "open-appraisal.aside": ("Stood aside", "回避"),
    "open-appraisal.score": ("Agreed score", "议定分"),
    "open-appraisal.reason": ("Why it is far from the mean of the reviews", "偏离评审均分的理由"),
    "open-appraisal.reason.help": ("Only where it is far from it.", "仅在偏离较大时填写。"),
    "open-appraisal.aside-absent": (
        "Stood aside: only who was present can stand aside",
        "回避：仅出席者可回避",
    ),
    "cast-vote.guidance": (
        "Your own vote on what the panel agreed on, and your dissent in writing, if you have any. It cannot be changed "
        "unless the chair opens the vote anew.",
        "由本人就专家组议定事项表决，如有不同意见请书面写明。除非组长重新提请，表决后不得更改。",
    ),
    "cast-vote.meeting": ("The vote", "表决事项"),
    "cast-vote.vote": ("Your vote", "表决"),
    **{f"cast-vote.vote.{code}": names for code, names in VOTES.items()},
    "cast-vote.dissent": ("Dissent", "不同意见"),
    "record-appraisal.guidance": (
        "The minutes of the panel's meeting, once everyone has voted; votes and dissents are as the members cast them.",
        "全体表决后填写论证会纪要；票数和不同意见以成员本人所投、所写为准。",
    ),
    "record-appraisal.meeting": ("The vote", "表决事项"),
    "record-appraisal.text": ("Minutes", "会议纪要"),
    "record-appraisal.form": ("Appraisal form", "论证表"),
}
