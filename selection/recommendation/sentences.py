"""What is said of a unit's recommendation list: what happened, and why something is refused."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "list.recommended.v1": (
        (
            "{application}, version {revision}, was put on the recommendation list: recommended on paper by {agent}, "
            "sent on {sent}; two officers entered it.",
            "将 {application} 第 {revision} 版列入推荐名单：{agent} 纸质推荐，{sent} 寄出，两名经办人员录入。",
        ),
        (
            "{application}, version {revision}, was put on the recommendation list.",
            "将 {application} 第 {revision} 版列入推荐名单。",
        ),
        ("An application was put on the recommendation list.", "有申报列入推荐名单。"),
    ),
    "list.withdrawn.v1": (
        ("{application} was taken off the list.", "将 {application} 移出推荐名单。"),
        ("An application was taken off the list.", "有申报移出推荐名单。"),
    ),
    "list.freed.v1": (
        (
            "{application} is no longer recommended; its place is free again.",
            "{application} 未保留推荐，名额释放。",
        ),
        ("A place on the list became free.", "有推荐名额释放。"),
    ),
    "list.ranked.v1": (
        ("The list was ranked: {order}.", "推荐名单排序：{order}。"),
        ("The list was ranked.", "推荐名单已排序。"),
    ),
    "list.never-opened.v1": (
        ("The list was not opened: there is no such round.", "名单未开启：没有该轮次。"),
    ),
    "list.closed.v1": (("The list was closed at the deadline.", "推荐名单于期限届满时关闭。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

REFUSALS: Names = {
    "untold": (
        "It is recorded, and the application has yet to take it; it is told again every minute. Ask again under the "
        "same id.",
        "已记录，但该申报的流程尚未应答；系统每分钟再次通知，请稍后以同一编号查询。",
    ),
    "no-paper": (
        "The rules of this round take no recommendations on paper; the unit recommends by itself.",
        "本轮规则不受理纸质推荐；请由推荐单位自行推荐。",
    ),
    "withdrawn-since": (
        "The unit took this application off its list on {day}, and has the last word: only paper sent after that day "
        "counts.",
        "推荐单位已于 {day} 将该申报移出名单，以该单位后来的意思为准；仅此后寄出的纸质推荐有效。",
    ),
    "quota-full": (
        "The unit's quota of {quota} is used up; withdraw one recommendation to free a place.",
        "推荐名额 {quota} 个已用完；撤回一项推荐后方可再推荐。",
    ),
    "already-listed": (
        "The unit has already recommended version {version} of this application; withdraw that "
        "recommendation first.",
        "本单位名单已有该申报第 {version} 版；请先撤回该推荐。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""

FREED: Names = {
    "edited": ("the application was edited", "申报已修改"),
    "withdrawn": ("the application was withdrawn", "申报已撤回"),
}
"""Why a place on the list fell free."""
