"""What is claimed of what a round came to, and what can be found instead, in English and Chinese."""

CLAIMS: dict[str, tuple[str, str]] = {
    "record-folds": (
        "Every entry is one that its matter could hold next.",
        "每一条目均为其事项下一步可能发生的事件。",
    ),
    "reviews-locked": (
        "Every review is by the expert in the seat, on the scale, and unchanged since; voided ones were ruled out.",
        "每份评审均由席位上的专家作出，在分值范围内，提交后未改；作废的均有裁定。",
    ),
    "scores-recompute": (
        "Every panel score follows from its valid reviews.",
        "每个专家组得分均可由有效评审重新计算得出。",
    ),
    "appraisals-add-up": (
        "Every overall appraisal was held by enough of the panel, and its votes add up.",
        "每次综合论证出席人数足够，票数相符。",
    ),
    "quotas-kept": (
        "No unit ever had more standing recommendations than its sealed quota, on one route and in its region.",
        "各推荐单位有效推荐数始终未超过封存的名额，且一项申报只走一个渠道、不跨地区。",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "entry-unreadable": ("The entry can't be read.", "条目无法读取。"),
    "event-unfit": (
        "{type} is not what could happen next in this matter.",
        "{type} 不是该事项此时可能发生的事件。",
    ),
    "foreign-stream": ("{stream} is not part of this round.", "{stream} 不属于本轮。"),
    "fold-broken": (
        "The entries could not be followed beyond this one.",
        "自该条目起无法继续核算。",
    ),
    "listed-twice": ("{unit} lists application {application} twice.", "{unit} 重复推荐申报 {application}。"),
    "no-sealed-rules": ("No rules were sealed before this entry.", "该条目之前规则尚未封存。"),
    "not-accepted": (
        "The expert in seat {seat} had not accepted the invitation.",
        "席位 {seat} 的专家尚未接受邀请。",
    ),
    "not-in-person": (
        "Someone else acted for the expert in seat {seat}.",
        "席位 {seat} 的专家并非本人办理。",
    ),
    "not-in-the-seat": (
        "Someone counts as a reviewer who holds no seat (seat {seat}).",
        "未在席者被计为评审专家（席位 {seat}）。",
    ),
    "not-invited": (
        "Nobody in seat {seat} was waiting for an answer.",
        "席位 {seat} 并无待答复的邀请。",
    ),
    "not-on-the-list": (
        "Application {application} counts as recommended by {unit}, whose list does not hold it.",
        "申报 {application} 被计为由 {unit} 推荐，但其推荐名单中没有该项。",
    ),
    "nothing-to-void": ("There is no valid review in seat {seat}.", "席位 {seat} 没有有效评审可作废。"),
    "other-region": (
        "{unit} may not recommend application {application}: it is of another region.",
        "{unit} 不得推荐其他地区的申报 {application}。",
    ),
    "other-version": (
        "{unit} recommended another version of application {application}.",
        "{unit} 推荐的并非申报 {application} 的当前版本。",
    ),
    "quota-differs": (
        "The entry states a quota of {stated} for {unit}; the sealed rules give {quota}.",
        "条目载明 {unit} 名额为 {stated}，而封存规则为 {quota}。",
    ),
    "quota-exceeded": (
        "{unit} has {count} standing recommendations; its quota is {quota}.",
        "{unit} 有效推荐 {count} 项，名额为 {quota}。",
    ),
    "ranking-differs": (
        "The ranking of {unit} is not one of what it lists.",
        "{unit} 的排序与其推荐名单不符。",
    ),
    "report-open": (
        "The score was fixed while a reported conflict waited for its ruling.",
        "利益冲突报告尚未裁定即确定得分。",
    ),
    "review-changed": (
        "The review in seat {seat} was submitted before; it is locked.",
        "席位 {seat} 的评审已提交并锁定，不得更改。",
    ),
    "review-outlives-seat": (
        "Seat {seat} fell free, but its review still counts.",
        "席位 {seat} 已空缺，其评审却仍计入。",
    ),
    "score-differs": (
        "The entry states {what} = {stated}; the reviews give {found}.",
        "条目载明 {what} = {stated}，由评审计算为 {found}。",
    ),
    "score-unfit": ("A score of seat {seat} is off the scale.", "席位 {seat} 的评分超出分值范围。"),
    "seat-open": (
        "The score was fixed while a reviewer was still awaited.",
        "仍有评审未完成即确定得分。",
    ),
    "state-unfit": (
        "What the record holds here can't be recomputed.",
        "此处记录的内容无法重新计算。",
    ),
    "too-few-present": (
        "Only {count} of the panel could vote.",
        "有表决权的出席专家仅 {count} 人。",
    ),
    "too-few-reviews": (
        "The score was fixed on {count} valid reviews, fewer than the rules ask for.",
        "仅有 {count} 份有效评审即确定得分，少于规则要求。",
    ),
    "total-differs": (
        "The total of seat {seat} is not the sum of its scores.",
        "席位 {seat} 的总分与各项之和不符。",
    ),
    "two-routes": (
        "Application {application} was recommended by another unit before {unit}.",
        "申报 {application} 在 {unit} 之前已由其他单位推荐。",
    ),
    "version-gap": (
        "The event's number is {version} after {before}.",
        "事件编号为 {version}，前一编号为 {before}。",
    ),
    "voided-without-ruling": (
        "The review in seat {seat} was voided without a ruling.",
        "席位 {seat} 的评审未经裁定即被作废。",
    ),
    "votes-differ": (
        "{votes} votes were counted of {voters} who could vote.",
        "有表决权者 {voters} 人，计得 {votes} 票。",
    ),
}

LISTED: dict[str, tuple[str, str]] = {}
