"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "recommend": ("Recommend the application", "推荐申报"),
    "recommend.guidance": (
        "You recommend this version for your unit, within its quota. When the applicant hands in another version, the "
        "recommendation falls and you are asked again.",
        "您代表推荐单位在名额内推荐该版本。申报单位提交新版本后，推荐失效，须重新推荐。",
    ),
    "recommend.application": ("Application", "申报编号"),
    "recommend.form": ("Opinion", "推荐意见"),
    "recommend-on-paper": ("Enter a recommendation that came on paper", "录入纸质推荐"),
    "recommend-on-paper.guidance": (
        "For what the unit recommended on paper, within its quota: it counts by the day on which it was sent, the "
        "deadline's last day at the latest, and can be entered as long as the rules wait for paper. Scan the letter "
        "and its envelope. A second officer signs; who signed for the unit is written to.",
        "用于录入推荐单位在名额内的纸质推荐：以寄出之日为准，不得晚于截止日，并须在规则的等候期内录入。请扫描推荐函及信封；"
        "须由第二名经办人员签名，系统将函告单位签署人。",
    ),
    "recommend-on-paper.application": ("Application", "申报编号"),
    "recommend-on-paper.revision": ("Version that was recommended", "所推荐的版本"),
    "recommend-on-paper.agent": ("Who signed for the unit (id)", "单位签署人（人员编号）"),
    "recommend-on-paper.sent": ("Sent on", "寄出日期"),
    "recommend-on-paper.evidence": ("Scans of letter and envelope", "推荐函及信封扫描件"),
    "recommend-on-paper.form": ("Opinion", "推荐意见"),
    "withdraw-recommendation": ("Withdraw the recommendation", "撤回推荐"),
    "withdraw-recommendation.guidance": (
        "The application goes off your unit's list, which frees its place. Until the deadline it may be recommended "
        "again.",
        "该申报移出贵单位推荐名单，名额空出。截止日期前可重新推荐。",
    ),
    "withdraw-recommendation.application": ("Application", "申报编号"),
    "rank-recommendations": ("Rank the recommendations", "推荐排序"),
    "rank-recommendations.guidance": (
        "Put your unit's list in order: 1 is the best.",
        "请为贵单位推荐名单排序，1 为最优。",
    ),
    "rank-recommendations.order": ("Places", "位次"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
