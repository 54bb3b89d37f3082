"""What is said of decisions that were reversed: the claim, and what can be found instead."""

from audit.claims import Sentences

CLAIMS: Sentences = {
    "decisions-reversed": (
        "Every decision that was reversed was so by all whom the rules name and nobody whose it was, before a list was"
        " issued, with what fell named beforehand; others decided again, and no score was lost by it.",
        "撤销决定均由规则所列各岗位一致录入、非原作出人员办理、在名单发布前并事先列明作废事项；由他人重新作出，且评分未因此失效。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "decided-again": (
        "{person} decided again what had been reversed: {decision}.",
        "{person} 再次作出已被撤销的决定：{decision}。",
    ),
    "declined-otherwise": (
        "A reversal was declined that no other post had entered, or by whom the rules do not name: {decision}.",
        "所否决的撤销并无其他岗位录入，或否决人员的岗位未列于规则：{decision}。",
    ),
    "falls-otherwise": (
        "The entry says that with the decision falls {stated}; it is {found}.",
        "条目载明一并作废 {stated}，实为 {found}。",
    ),
    "noticed-undecided": (
        "The notice was opened while something was to be decided again of {application}.",
        "申报 {application} 尚有决定待重新作出，公示即已开始。",
    ),
    "issued-undecided": (
        "A list was issued while something was to be decided again of {application}.",
        "申报 {application} 尚有决定待重新作出，名单即已发布。",
    ),
    "mended-under-review": (
        "A version that a panel had been seated for was sent back to be mended.",
        "已组建专家组的版本被退回补正。",
    ),
    "none-reversed": (
        "The proposal was taken back though no decision had been reversed.",
        "并无决定被撤销，拟建名单却被收回。",
    ),
    "none-to-reverse": ("No such decision stood: {decision}.", "不存在该项决定：{decision}。"),
    "not-decided-again": (
        "The decision was reversed and is not asked for again: {decision}.",
        "决定撤销后未重新办理：{decision}。",
    ),
    "not-whose-it-was": (
        "The entry names others than made the decision: {decision}.",
        "条目所载人员并非原作出人员：{decision}。",
    ),
    "returned-otherwise": (
        "The proposal was taken back for other applications than {items}.",
        "收回拟建名单所涉申报与实际不符，应为 {items}。",
    ),
    "reversed-after-panels": (
        "A check was to be reversed that had not ended its application, or of one that the shortlist does not hold and"
        " for which no panel could be drawn any more.",
        "所撤销的审查并未终结该申报，或该申报未入围且届时已无法为其抽取专家组。",
    ),
    "reversed-by-party": (
        "{person} entered the reversal of a ruling on a report that they are a party to.",
        "{person} 系报告当事人，却录入撤销对该报告的裁定。",
    ),
    "reversed-under-request": (
        "A check was to be reversed while a request for review of its application was open.",
        "复核申请尚未办结即录入撤销审查决定。",
    ),
    "reversed-beside-notice": (
        "The ruling on an objection was to be reversed by posts while its notice ran, no list was approved, or its item"
        " had no place to come back to.",
        "公示期内、名单未进入审批或该申报已无名额可恢复时，即由各岗位录入撤销异议处理结果。",
    ),
    "reversed-beyond-all": (
        "A reversal was entered to which nobody was left to agree, or after which nobody was left to decide:"
        " {decision}.",
        "录入撤销时已无人可表示同意，或撤销后已无人可重新作出决定：{decision}。",
    ),
    "reversed-by-one": (
        "Not all whom the rules name entered this reversal: {decision}.",
        "规则所列各岗位未一致录入该项撤销：{decision}。",
    ),
    "reversed-by-other": (
        "{person} entered a reversal in a post that the rules do not name for it.",
        "{person} 以规则未列明的岗位录入撤销。",
    ),
    "reversed-own": (
        "{person} entered the reversal of a decision that is or was their own, or declined it.",
        "{person} 录入或否决撤销本人现在或此前作出的决定。",
    ),
    "reversed-too-late": (
        "A decision was to be reversed after the list was issued.",
        "名单发布后仍录入撤销决定。",
    ),
    "reversed-too-often": (
        "{person} reversed a decision more often than the rules allow one person: {decision}.",
        "{person} 撤销同一决定的次数超过规则对每人的上限：{decision}。",
    ),
    "reversed-under-objection": (
        "A decision was to be reversed while an objection was open.",
        "异议尚未办结即录入撤销决定。",
    ),
    "reversed-under-review": (
        "A check was to be reversed while members of the panel were at work.",
        "专家组尚在评审即录入撤销审查决定。",
    ),
    "score-lost": (
        "By a reversal a score, a review, a seat or an objection changed.",
        "撤销决定使评分、评审、席位或异议发生变化。",
    ),
}
"""What can be found instead."""
