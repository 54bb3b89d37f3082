"""What can be found in place of what is claimed of draws, panels and people, in English and Chinese."""

OF_DRAWS: dict[str, tuple[str, str]] = {
    "avoided-expert": (
        "{person} is on the panel of application {application}, which asked to avoid them.",
        "申报 {application} 申请回避的 {person} 进入了专家组。",
    ),
    "clash-differs": (
        "The limits and applications that are named as clashing in draw {draw} do not clash.",
        "抽取 {draw} 所载相互冲突的限制与申报，实际并不冲突。",
    ),
    "conflict-upheld": (
        "{person} counts for application {application} though their conflict was upheld.",
        "{person} 的利益冲突已认定，却仍计入申报 {application}。",
    ),
    "content-not-held": (
        "The bundle does not hold {content}: it was erased or left out.",
        "证明包中没有 {content}：已清除或有意略去。",
    ),
    "cost-differs": (
        "The entry states a cost of {stated} for draw {draw}; it is {found}.",
        "条目载明抽取 {draw} 的成本为 {stated}，实为 {found}。",
    ),
    "decision-under-way": ("An earlier decision was still being carried out.", "前一决定尚在执行中。"),
    "draw-content-differs": (
        "{content} is not the one that the entry refers to.",
        "{content} 与条目所指不符。",
    ),
    "draw-content-unreadable": ("{content} can't be read.", "{content} 无法读取。"),
    "draw-counts-differ": (
        "Draw {draw} states other numbers of applications or experts than its inputs.",
        "抽取 {draw} 载明的申报数或专家数与其输入不符。",
    ),
    "draw-faulty": ("Draw {draw} does not hold: {what}.", "抽取 {draw} 不成立：{what}。"),
    "draw-input-differs": (
        "The inputs of draw {draw} are not what the record gave: {what}.",
        "抽取 {draw} 的输入与记录不符：{what}。",
    ),
    "drawn-twice": (
        "Draw {draw} was committed, opened or drawn before.",
        "抽取 {draw} 此前已固定、公布或完成。",
    ),
    "employers-differ": (
        "The employers of the panel of application {application} are not those of draw {draw}.",
        "申报 {application} 专家组的单位与抽取 {draw} 不符。",
    ),
    "judge-in-own-case": ("A party to the report ruled on it.", "报告的当事人对其作出了裁定。"),
    "left-this-panel": (
        "{person} had left the panel of application {application}.",
        "{person} 此前已退出申报 {application} 的专家组。",
    ),
    "lot-differs": (
        "The lot of application {application} does not follow from draw {draw}.",
        "申报 {application} 的签号与抽取 {draw} 不符。",
    ),
    "no-randomness": ("Draw {draw} has no public randomness.", "抽取 {draw} 没有公开随机数。"),
    "no-result": (
        "Draw {draw} has neither panels nor clashing limits, or both.",
        "抽取 {draw} 的结果与冲突限制应有且仅有其一。",
    ),
    "not-committed": ("Draw {draw} was not committed and opened before.", "抽取 {draw} 此前未固定或未公布。"),
    "not-drawn": (
        "Draw {draw} gave application {application} no panel.",
        "抽取 {draw} 未给申报 {application} 抽取专家组。",
    ),
    "not-registered": (
        "{person} was not registered when appointed for application {application}.",
        "{person} 被指派参与申报 {application} 时尚未登记。",
    ),
    "other-seats": (
        "Other seats of application {application} were filled than were free.",
        "申报 {application} 所填席位并非空缺席位。",
    ),
    "other-version-drawn": (
        "Draw {draw} was made for another version of application {application}.",
        "抽取 {draw} 针对的并非申报 {application} 的当前版本。",
    ),
    "panel-differs": (
        "The panel of application {application} is not the one of draw {draw}.",
        "申报 {application} 的专家组与抽取 {draw} 的结果不符。",
    ),
    "panels-exist": (
        "Draw {draw} was called impossible, yet panels exist.",
        "抽取 {draw} 被记为不可行，但实际存在可行组合。",
    ),
    "replacement-differs": (
        "{stated} took a seat of application {application}; the next alternate is {found}.",
        "申报 {application} 由 {stated} 递补，而次序在先的是 {found}。",
    ),
    "same-legal-person": (
        "{person} is of the same legal person as application {application}.",
        "{person} 与申报 {application} 属同一法人。",
    ),
    "seated-twice": (
        "Someone was seated twice, or a draw used twice.",
        "有人重复入席，或同一抽取被重复使用。",
    ),
    "secret-differs": (
        "The secret of draw {draw} is not the one that was bound.",
        "抽取 {draw} 的秘密与所固定的不符。",
    ),
    "team-too-small": (
        "The survey team has {count:member|members}, or nobody in it leads it.",
        "实勘组仅 {count} 人，或组长不在其中。",
    ),
    "two-duties": (
        "{person} is {duty} of application {application} and already its {other}.",
        "{person} 为申报 {application} 的 {duty}，又已是其 {other}。",
    ),
}
