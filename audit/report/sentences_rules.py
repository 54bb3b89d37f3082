"""What is claimed of what a round came to, and what can be found instead, in English and Chinese."""

from audit.report.findings_acts import OF_ACTS
from audit.report.findings_draws import OF_DRAWS
from audit.report.findings_lists import OF_LISTS

CLAIMS: dict[str, tuple[str, str]] = {
    "record-folds": (
        "Every entry is one that its matter could hold next.",
        "每一条目均为其事项下一步可能发生的事件。",
    ),
    "rules-sound": (
        "The sealed rules are well-formed, and deadlines, staff and marks in entries are those that they give.",
        "封存的规则有效，条目中的期限、工作人员和标记均与规则一致。",
    ),
    "places-told": (
        "No entry was recorded before its act, and each saw all of the register that the entries before it saw.",
        "没有条目早于其操作被记录，且每一条目所见登记均不少于其前条目。",
    ),
    "acts-in-stage": (
        "Every act was done in a stage that allows it, in a role that may do it.",
        "每项操作均在允许的阶段、由允许的角色办理。",
    ),
    "actors-entitled": (
        "Whoever acted held the role, by the rules, the register or the matter itself.",
        "办理人均依规则、登记或该事项本身具有相应角色。",
    ),
    "acts-in-time": (
        "Every act was done before the deadline in force, or within the grace when its content was stored in time.",
        "每项操作均在当时有效的期限前办理，或内容在期限前存入且在宽限时间内办理。",
    ),
    "windows-measured": (
        "Public notices, invitations and times for mending last as many days as the rules say.",
        "公示、邀请和补正的期限天数均符合规则。",
    ),
    "deadlines-dated": (
        "What a deadline brought is dated at the deadline in force; deadlines only moved later, by an extension "
        "or as the rules say after a recorded outage.",
        "期限届满所生事件均记于当时有效的期限；期限只延后、不提前，且仅因延期或按规则因所记录的中断而延后。",
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
    "draws-committed": (
        "Every draw's secret and inputs were bound before the randomness was known.",
        "每次抽取的秘密和输入均在随机数公布前固定。",
    ),
    "draw-inputs-follow": (
        "Every draw's inputs are what the record and the register gave at that moment.",
        "每次抽取的输入均与当时的记录和登记相符。",
    ),
    "draws-recompute": (
        "Run again, every draw keeps all limits, and no cheaper choice of panels exists.",
        "重新运行后，每次抽取均符合全部限制，且不存在成本更低的组合。",
    ),
    "panels-as-drawn": (
        "Every panel, lot and replacement is the one that was drawn.",
        "每个专家组、签号和递补人选均为抽取结果。",
    ),
    "stages-finished": (
        "A stage was left only when nothing waited in it, and each held item went on as its objection ended.",
        "阶段均在无待办事项时结束；因异议搁置的事项均按异议处理结果继续。",
    ),
    "shortlist-follows": (
        "The shortlist follows from the ranking, with a reason for each deviation.",
        "入围名单由排名得出，偏离之处均有理由。",
    ),
    "proposal-follows": (
        "Every proposal keeps to the places and follows from the standing, with a reason for each deviation.",
        "每份拟建方案均在名额之内并依排序得出，偏离之处均有理由。",
    ),
    "approvals-in-order": (
        "Every list was checked first, approved level by level by enough people, and holds what they approved.",
        "每份名单均先经核查，再由足够人数逐级审批，内容与审批一致。",
    ),
    "objections-settled": (
        "Every objection was settled by its examiners before its item went on.",
        "每项异议均由核查人员办结后，所涉事项方继续进行。",
    ),
    "duties-apart": (
        "Nobody had two duties in one application that must not meet.",
        "无人在同一申报中兼任不得兼任的职责。",
    ),
    "recusals-kept": (
        "Nobody reviewed, surveyed or examined who had to stand aside.",
        "应回避者均未参与评审、实勘或核查。",
    ),
    "decisions-carried-out": (
        "What was carried out on each application is what was decided.",
        "对每项申报的执行均与决定一致。",
    ),
    "outcomes-final": ("Nothing but refusals follows an end.", "终结之后除拒绝记录外再无事件。"),
    "list-equals-outcomes": (
        "Every application has one outcome, and those listed are the issued list.",
        "每项申报有且仅有一个结果，入选者与公布名单一致。",
    ),
}

FINDINGS = {**OF_ACTS, **OF_DRAWS, **OF_LISTS}

LISTED: dict[str, tuple[str, str]] = {}
