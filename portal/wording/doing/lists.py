"""The acts on a unit's recommendation list."""

WORDS: dict[str, tuple[str, str]] = {
    "recommend.guidance": (
        "You recommend this version for your unit, within its quota. When the applicant hands in another version, the "
        "recommendation falls and you are asked again.",
        "您代表推荐单位在名额内推荐该版本。申报单位提交新版本后，推荐失效，须重新推荐。",
    ),
    "recommend.application": ("Application", "申报编号"),
    "recommend.form": ("Opinion", "推荐意见"),
    "withdraw-recommendation.guidance": (
        "The application goes off your unit's list, which frees its place. Until the deadline it may be recommended "
        "again.",
        "该申报移出贵单位推荐名单，名额空出。截止日期前可重新推荐。",
    ),
    "withdraw-recommendation.application": ("Application", "申报编号"),
    "rank-recommendations.guidance": (
        "Put your unit's list in order: 1 is the best.",
        "请为贵单位推荐名单排序，1 为最优。",
    ),
    "rank-recommendations.order": ("Places", "位次"),
}
