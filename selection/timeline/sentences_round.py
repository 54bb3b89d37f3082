"""What happened, in words: event type -> (English, Chinese) pairs, from the most that can be said to the least.

Of a type's pairs the first is taken whose placeholders the viewer may all see; the last one has none.
"""

from selection.timeline.sentences_application import APPLICATION, Pair

LIST: dict[str, tuple[Pair, ...]] = {
    "list.recommended.v1": (
        (
            "{application}, version {revision}, came onto the list.",
            "将 {application} 第 {revision} 版列入推荐名单。",
        ),
        ("An application came onto the list.", "有申报列入推荐名单。"),
    ),
    "list.withdrawn.v1": (
        ("{application} was taken off the list.", "将 {application} 移出推荐名单。"),
        ("An application was taken off the list.", "有申报移出推荐名单。"),
    ),
    "list.freed.v1": (
        (
            "{application} did not keep the recommendation; its place is free.",
            "{application} 未保留推荐，名额释放。",
        ),
        ("A place on the list fell free.", "有推荐名额释放。"),
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

ROUND: dict[str, tuple[Pair, ...]] = {
    "round.opened.v1": (("The rules were sealed and the call opened.", "规则封存，征集开启。"),),
    "round.deadline-extended.v1": (
        ("Deadline extended to {until}: {name}.", "期限延至{until}：{name}。"),
        ("A deadline was extended.", "期限延长。"),
    ),
    "round.outage-recorded.v1": (
        (
            "Nobody could act from {began} to {ended}. Deadlines moved to {until}: {moved}.",
            "{began}至{ended}系统中断，无法办理。以下期限顺延至{until}：{moved}。",
        ),
        ("An outage was recorded, which moved deadlines later.", "记录一次系统中断，有关期限顺延。"),
    ),
    "round.submission-closed.v1": (("The submission deadline passed.", "申报提交截止。"),),
    "round.intake-closed.v1": (
        ("The recommendation deadline passed; the legality check began.", "推荐截止，合法性审查开始。"),
    ),
    "round.stage-finished.v1": (
        ("Finished: {finished}. Now: {next}.", "“{finished}”结束，进入“{next}”。"),
        ("A stage was finished.", "一个阶段结束。"),
    ),
    "draw.committed.v1": (
        (
            "Draw {draw} was committed: {applications} applications, {experts} experts.",
            "抽取 {draw} 已承诺：{applications} 项申报，{experts} 名专家。",
        ),
        ("Draw {draw} was committed.", "抽取 {draw} 已承诺。"),
        ("A draw was committed.", "抽取已承诺。"),
    ),
    "draw.opened.v1": (
        ("Draw {draw} was opened with randomness from {source}.", "抽取 {draw} 公开，随机数来源：{source}。"),
        ("A draw was opened.", "抽取公开。"),
    ),
    "draw.drawn.v1": (
        ("The panels of draw {draw} were drawn.", "抽取 {draw} 完成组建评审组。"),
        ("Panels were drawn.", "组建评审组。"),
    ),
    "round.shortlist-fixed.v1": (
        ("The shortlist was fixed: {listed}.", "确定实勘名单：{listed}。"),
        ("The shortlist was fixed.", "确定实勘名单。"),
    ),
    "round.proposed.v1": (
        ("Proposal {proposal} was made: {items}.", "提出第 {proposal} 版拟建名单：{items}。"),
        ("Proposal {proposal} was made.", "提出第 {proposal} 版拟建名单。"),
        ("A proposal was made.", "提出拟建名单。"),
    ),
    "round.notice-opened.v1": (
        (
            "Proposal {proposal} went to public notice, until {until}.",
            "第 {proposal} 版拟建名单公示，至{until}止。",
        ),
        ("A proposal went to public notice.", "拟建名单公示。"),
    ),
    "round.held-settled.v1": (
        (
            "Objections that outlasted the notice were settled; to be decided on: {released}; removed: {removed}.",
            "公示期后异议办结，待决定：{released}；移出：{removed}。",
        ),
        ("Objections that outlasted the notice were settled.", "公示期后异议办结。"),
    ),
    "integrity.checked.v1": (
        (
            "The integrity check of proposal {proposal} was recorded; hits: {hits}.",
            "第 {proposal} 版拟建名单完成廉洁核查，涉及：{hits}。",
        ),
        (
            "The integrity check of proposal {proposal} was recorded.",
            "第 {proposal} 版拟建名单完成廉洁核查。",
        ),
        ("An integrity check was recorded.", "完成廉洁核查。"),
    ),
    "integrity.ruled.v1": (
        (
            "The integrity hit of {application} was ruled on: {cleared}.",
            "就 {application} 的核查事项作出裁定：{cleared}。",
        ),
        ("An integrity hit was ruled on.", "就廉洁核查事项作出裁定。"),
    ),
    "approval.given.v1": (
        (
            "Level {level} approved proposal {proposal}: {passed}.",
            "{level} 层级同意第 {proposal} 版名单：{passed}。",
        ),
        ("An approval was given.", "作出一项审批。"),
    ),
    "approval.sent-back.v1": (
        (
            "Level {level} sent back {items} of proposal {proposal}.",
            "{level} 层级退回第 {proposal} 版名单中的 {items}。",
        ),
        (
            "Level {level} sent items of proposal {proposal} back.",
            "{level} 层级退回第 {proposal} 版名单中的事项。",
        ),
        ("Items of a proposal were sent back.", "名单中的事项被退回。"),
    ),
    "round.list-issued.v1": (
        ("The list was issued: {places}.", "建设名单发布：{places}。"),
        ("The list was issued.", "建设名单发布。"),
    ),
    "round.cancelled.v1": (("The round was cancelled; no list follows.", "轮次取消，不再产生名单。"),),
    "round.batch-finished.v1": (
        ("{batch} was carried out on {touched} applications.", "{batch} 已在 {touched} 项申报上执行。"),
        ("A decision was carried out.", "一项决定执行完毕。"),
    ),
    "round.batch-repeated.v1": (
        (
            "{batch} is carried out again on what it left over, repeat {attempt}.",
            "就 {batch} 未能执行的事项再次执行，第 {attempt} 次重复。",
        ),
        ("A decision is carried out again.", "一项决定再次执行。"),
    ),
}

ARCHIVE: dict[str, tuple[Pair, ...]] = {
    "histories.archived.v1": (("Temporal's histories were kept.", "Temporal 历史已归档。"),),
}

COMMON: dict[str, tuple[Pair, ...]] = {
    "act.refused.v1": (
        ("The act `{kind}` was refused.", "操作 `{kind}` 被拒绝。"),
        ("An act was refused.", "一项操作被拒绝。"),
    ),
}

SENTENCES = {**APPLICATION, **LIST, **ROUND, **ARCHIVE, **COMMON}
