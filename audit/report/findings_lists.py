"""What can be found in place of what is claimed of lists, approvals and outcomes, in English and Chinese."""

OF_LISTS: dict[str, tuple[str, str]] = {
    "after-the-end": ("{type} comes after the end.", "{type} 发生在终结之后。"),
    "approved-twice": ("One person approved twice at level {level}.", "同一人在 {level} 级重复审批。"),
    "checked-twice": (
        "The integrity check was recorded twice for one proposal.",
        "同一方案重复记录诚信核查。",
    ),
    "counts-differ": (
        "The counts per stage are not those of the applications.",
        "各阶段计数与申报实际不符。",
    ),
    "fate-differs": (
        "The entry says otherwise of application {application}, which stands at {stage}.",
        "条目对申报 {application} 的记载与其所处阶段 {stage} 不符。",
    ),
    "held-not-to-join": ("Held items can't join the list here.", "搁置事项此时不能并入名单。"),
    "held-without-objection": (
        "The item was held without an open objection.",
        "没有未办结的异议，事项却被搁置。",
    ),
    "integrity-open": (
        "A level decided before the integrity check was done.",
        "诚信核查完成前即进行了审批。",
    ),
    "level-differs": (
        "Level {level} had {count} of {needed:approval|approvals}; the entry says otherwise.",
        "{level} 级已有 {count}/{needed} 人同意，条目所载不符。",
    ),
    "level-not-passed": (
        "The list was issued with {count} of {needed:approval|approvals} at level {level}.",
        "{level} 级仅 {count}/{needed} 人同意，名单即公布。",
    ),
    "level-out-of-order": ("Level {level} decided out of turn.", "{level} 级未按次序审批。"),
    "list-differs": (
        "Application {application} ended otherwise than the list says.",
        "申报 {application} 的结果与名单不符。",
    ),
    "no-open-hit": (
        "No hit of application {application} waits for a ruling.",
        "申报 {application} 没有待裁定的核查问题。",
    ),
    "no-open-objection": ("The objection {objection} is not open.", "异议 {objection} 并非未办结。"),
    "no-outcome": ("{outcome} is no outcome.", "{outcome} 不是有效结果。"),
    "nobody-examined": (
        "The objection {objection} was not settled by an examiner of its own.",
        "异议 {objection} 并非由其核查人员办结。",
    ),
    "nobody-listed": ("The shortlist is empty.", "入围名单为空。"),
    "not-a-candidate": (
        "Application {application} can't be meant here.",
        "申报 {application} 不在可选范围内。",
    ),
    "not-as-decided": (
        "{type} of application {application} is not what was decided.",
        "申报 {application} 的 {type} 与决定不符。",
    ),
    "not-of-this-level": ("{person} is no approver of level {level}.", "{person} 不是 {level} 级审批人。"),
    "not-proposed": ("The notice was opened without a proposal.", "没有拟建方案即开始公示。"),
    "not-the-objector": (
        "The objection {objection} names another person than raised it.",
        "异议 {objection} 所载异议人与提出人不符。",
    ),
    "not-upheld": (
        "The item was removed though the objection {objection} was not upheld.",
        "异议 {objection} 未成立，事项却被移除。",
    ),
    "notice-not-passed": (
        "Application {application} was listed before its notice passed.",
        "申报 {application} 公示未通过即列入名单。",
    ),
    "objection-open": (
        "The notice passed while the objection {objection} was open.",
        "异议 {objection} 未办结，公示即通过。",
    ),
    "objection-raised-twice": (
        "The objection {objection} was raised before.",
        "异议 {objection} 此前已提出。",
    ),
    "other-proposal": (
        "The act is about proposal {proposal}, which is not the present one.",
        "操作针对方案 {proposal}，并非当前方案。",
    ),
    "other-stage": ("The round stood at {stage}.", "本轮当时处于 {stage} 阶段。"),
    "places-differ": (
        "The list gives {stated}; the approved proposal gives {found}.",
        "名单为 {stated}，而经审批的方案为 {found}。",
    ),
    "places-exceeded": (
        "{count:application is|applications are} proposed; {places:place is|places are} free.",
        "拟建 {count} 项，而可用名额为 {places}。",
    ),
    "rank-differs": (
        "Application {application} is listed at rank {stated}; it has rank {found}.",
        "申报 {application} 列为第 {stated} 名，实为第 {found} 名。",
    ),
    "ranks-unclear": (
        "The ranks of the proposal do not go 1, 2, 3, each application once.",
        "方案的排名未按 1、2、3 依次排列，或有申报重复。",
    ),
    "reason-idle": (
        "Application {application} has a reason without a deviation.",
        "申报 {application} 并无偏离，却载有理由。",
    ),
    "reason-missing": (
        "Application {application} deviates from the ranking without a reason.",
        "申报 {application} 偏离排名而无理由。",
    ),
    "round-open": ("The round has not ended: it stands at {stage}.", "本轮尚未结束，处于 {stage} 阶段。"),
    "shortlist-made-anew": ("The shortlist was fixed before.", "入围名单此前已确定。"),
    "stage-not-empty": ("Still at {stage}: {count}.", "仍处于 {stage} 阶段的有 {count} 项。"),
    "standing-differs": (
        "The entry states the order {stated}; the scores give {found}.",
        "条目载明次序为 {stated}，由得分得出 {found}。",
    ),
    "upheld-yet-passed": (
        "The notice passed though the objection {objection} was upheld.",
        "异议 {objection} 已成立，公示却通过。",
    ),
    "without-outcome": ("Application {application} has no outcome.", "申报 {application} 没有结果。"),
}
