"""What is said of requests for review, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "review-request.made.v1": (
        (
            "The applicant requested a review on the ground {ground}; it is decided by {until}.",
            "申报单位以“{ground}”为由申请复核，至{until}前作出决定。",
        ),
        ("The applicant requested a review.", "申报单位申请复核。"),
    ),
    "review-request.deciders-appointed.v1": (
        (
            "{deciders} decide on the request for review on the ground {ground}.",
            "指定 {deciders} 就以“{ground}”为由的复核申请作出决定。",
        ),
        (
            "People without a part in the round were appointed to decide on the request ({ground}).",
            "已指定未参与本轮次的人员就复核申请作出决定（{ground}）。",
        ),
        ("It was appointed who decides on a request for review.", "已指定复核申请的决定人员。"),
    ),
    "review-request.finding-entered.v1": (
        (
            "One of those who decide on the request ({ground}) entered what they found: {upheld}.",
            "一名复核决定人员填报意见（{ground}）：{upheld}。",
        ),
        ("One of those who decide on a request entered what they found.", "一名复核决定人员填报意见。"),
    ),
    "review-request.decided.v1": (
        (
            "The request for review ({ground}) was decided: {outcome}. Remedy: {remedy}.",
            "复核申请（{ground}）已决定：{outcome}。补救措施：{remedy}。",
        ),
        ("A request for review was decided.", "复核申请已决定。"),
    ),
    "review-request.panel-ordered.v1": (
        (
            "A fresh panel without the earlier members ({aside}) was ordered ({ground}); without its score by {until}"
            " it is decided what follows.",
            "已决定另组专家组，原成员（{aside}）不得参加（{ground}）；至{until}仍无评分的，径行决定后续处理。",
        ),
        (
            "A fresh panel without the earlier members was ordered ({ground}); it has until {until} to score.",
            "已决定由原成员以外的新专家组重新评审（{ground}），期限至{until}。",
        ),
        ("A fresh panel was ordered.", "已决定另组专家组。"),
    ),
    "review-request.panel-reviewed.v1": (
        (
            "The fresh panel's score is {fresh}; the earlier one's was {earlier}. What follows is decided by {until}"
            " ({ground}).",
            "新专家组得分为 {fresh}，原得分：{earlier}；至{until}前决定后续处理（{ground}）。",
        ),
        (
            "The fresh panel has reviewed ({ground}); what follows is decided by {until}.",
            "新专家组已评审（{ground}），至{until}前决定后续处理。",
        ),
        ("A fresh panel has reviewed.", "新专家组已评审。"),
    ),
    "review-request.remedied.v1": (
        (
            "The remedy was carried out and recorded ({ground}).",
            "已记录补救措施的执行情况（{ground}）。",
        ),
        ("How a remedy was carried out was recorded.", "已记录补救措施的执行情况。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "appoint-deciders": ("appoint who decides on a request for review", "指定复核申请的决定人员"),
    "rule-on-request": ("decide on a request for review", "就复核申请作出决定"),
    "record-remedy": ("carry out a remedy, and record how", "执行补救措施并记录"),
}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "not-reviewable": (
        "A review is requested of what was decided against the applicant. This application ended otherwise, and its "
        "timeline shows how.",
        "复核只针对对申报单位不利的决定。该申报并非以此类决定终结，请查看其办理过程。",
    ),
    "request-late": (
        "The time in which a review could be requested ended on {until}. Tell the officers of the round what kept you "
        "from it.",
        "申请复核的期限已于{until}届满。如有原因，请告知本轮次经办人员。",
    ),
    "ground-not-procedural": (
        "A review is of the procedure alone: choose one of the grounds that the rules name. Whether a score was right "
        "is none of them.",
        "复核只审查程序：请选择规则所列的理由之一。评分高低不属于复核理由。",
    ),
    "ground-used": (
        "A review was requested on this ground already. If another ground of the rules applies, choose that one.",
        "已以该理由申请过复核。如符合规则所列其他理由，请以其他理由申请。",
    ),
    "no-open-request": (
        "No request on this ground waits for a decision; look at the application's timeline.",
        "没有以该理由提出且待决定的复核申请；请查看申报的办理过程。",
    ),
    "deciders-at-work": (
        "Those who were appointed have until {until}. Appoint others if they do not agree, or once that has passed.",
        "已指定的人员须于{until}前作出决定。其意见不一致或逾期后，方可增加人员。",
    ),
    "involved-before": (
        "{person} had a part in this application or in another one of the round; appoint somebody who had none.",
        "{person} 曾参与该申报或本轮次其他申报；请指定未参与的人员。",
    ),
    "two-deciders": (
        "Appoint at least {limit:person|people}: nobody decides on a request for review alone.",
        "请至少指定 {limit} 人：复核申请不得由一人决定。",
    ),
    "panel-at-work": (
        "A fresh panel reviews for this request, and has until {until} to score. Decide on what follows once it has, "
        "or after that day.",
        "该复核申请正由新的专家组评审，期限至{until}。请待其评分确定或该日过后再作决定。",
    ),
    "no-panel-to-replace": (
        "No panel reviewed this application, so that none can be drawn in its place. Choose another remedy.",
        "该申报未经专家组评审，无从另组专家组。请选择其他补救措施。",
    ),
    "panel-under-way": (
        "A fresh panel reviews this application already, for another request. Wait for its score, or choose another "
        "remedy.",
        "该申报已因另一复核申请由新的专家组评审。请待其评分，或选择其他补救措施。",
    ),
    "no-remedy-awaited": (
        "No remedy waits on this ground: the request was not upheld, or its remedy is recorded already.",
        "该理由下没有待执行的补救措施：复核申请未获成立，或补救措施已记录。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
