"""The quota board of a recommending unit."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Recommendations", "推荐名单"),
    "to-board": ("Your unit's recommendations", "本单位推荐名单"),
    "left": ("{left} of {quota:place|places} left", "名额共 {quota} 个，剩余 {left} 个"),
    "closed": (
        "The list is closed; {used} of {quota:place|places} used.",
        "名单已截止，已用名额 {used}/{quota} 个。",
    ),
    "until": ("Recommendations are taken until", "推荐截止"),
    "listed": ("On the list, best first", "已推荐（按排序）"),
    "none-listed": ("Nothing is recommended yet.", "尚未推荐任何申报。"),
    "version": ("version {version}", "第 {version} 版"),
    "can": ("What you can do", "可办理的事项"),
    "rank": ("Change the order", "调整排序"),
    "open": ("May be recommended", "可推荐的申报"),
    "none-open": ("No application waits for your unit's recommendation.", "没有等待贵单位推荐的申报。"),
    "happened": ("What happened to the list", "名单变动"),
    "nothing": ("Nothing yet.", "暂无变动。"),
}
