"""What is said of the public notice, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "notice.opened.v1": (
        ("The public notice opened, until {until}.", "进入公示，至{until}止。"),
        ("The public notice opened.", "进入公示。"),
    ),
    "objection.raised.v1": (
        ("{objector} raised objection {objection}.", "{objector} 提出异议 {objection}。"),
        ("Objection {objection} was raised.", "收到异议 {objection}。"),
        ("An objection was raised.", "收到异议。"),
    ),
    "objection.withdrawn.v1": (
        ("Objection {objection} was withdrawn.", "异议 {objection} 已撤回。"),
        ("An objection was withdrawn.", "异议已撤回。"),
    ),
    "objection.examiners-appointed.v1": (
        (
            "{examiners} examine objection {objection} until {until}, in the place of {left}. Behind another"
            " application, and may examine it by the rules: {disclosed}.",
            "指定 {examiners} 核查异议 {objection}，至{until}止，{left} 不再参与。"
            "另有其他申报、依规则可以参与的：{disclosed}。",
        ),
        (
            "{examiners} examine objection {objection} until {until}. Behind another application, and may examine it"
            " by the rules: {disclosed}.",
            "指定 {examiners} 核查异议 {objection}，至{until}止。另有其他申报、依规则可以参与的：{disclosed}。",
        ),
        (
            "{examiners} examine objection {objection} until {until}, in the place of {left}.",
            "指定 {examiners} 核查异议 {objection}，至{until}止，{left} 不再参与。",
        ),
        (
            "{examiners} examine objection {objection} until {until}.",
            "指定 {examiners} 核查异议 {objection}，至{until}止。",
        ),
        ("Examiners were appointed for objection {objection}.", "指定异议 {objection} 的核查人员。"),
        ("Examiners were appointed.", "指定核查人员。"),
    ),
    "objection.settled.v1": (
        ("Objection {objection} was settled: {outcome}.", "异议 {objection} 办结：{outcome}。"),
        ("An objection was settled.", "异议办结。"),
    ),
    "objection.reopened.v1": (
        (
            "The ruling on objection {objection} was reversed ({was}).",
            "撤销异议 {objection} 的处理结果（{was}）。",
        ),
        ("The ruling on an objection was reversed.", "撤销一项异议的处理结果。"),
    ),
    "notice.left-out.v1": (("This scheme has no public notice.", "本轮规则不设公示。"),),
    "notice.passed.v1": (("The public notice ended without an open objection.", "公示期满，无未办结异议。"),),
    "notice.held.v1": (
        (
            "The public notice ended with an objection still open; the list goes on without the application.",
            "公示期满，异议尚未办结，其余事项继续办理。",
        ),
    ),
    "application.removed.v1": (
        (
            "Objection {objection} removed the application from the proposal.",
            "因异议 {objection} 成立，移出拟建名单。",
        ),
        ("The application was removed from the proposal.", "移出拟建名单。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "appoint-examiners": ("appoint examiners", "指定核查人员"),
    "settle-objection": ("settle the objection", "处理异议"),
}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "examined-before": (
        "The ruling of these people was reversed; appoint others to examine the objection.",
        "所列人员的处理结果已被撤销；请指定他人核查该异议。",
    ),
    "no-settled-objection": (
        "No ruling on this objection stands that could be reversed.",
        "该异议没有可撤销的处理结果。",
    ),
    "no-open-objection": ("There is no open objection with this id.", "没有该编号的待处理异议。"),
    "objection-exists": ("There is already an objection with this id.", "该编号的异议已存在。"),
    "two-examiners": (
        "Appoint at least {limit:examiner|examiners}: fewer are not enough to rule on an objection, which two of them "
        "sign.",
        "请至少指定 {limit} 名核查人员：人数不足不能核查异议，核查结论须由其中两人签名。",
    ),
    "examiners-missing": (
        "First appoint examiners who were not involved before: `selection objection examine`.",
        "请先指定此前未参与的核查人员：`selection objection examine`。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
