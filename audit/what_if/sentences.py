"""What a simulation says, in English and Chinese."""

import re
from collections.abc import Iterator

from audit.what_if.report import Change, Stability, WhatIf
from selection.kernel.counting import fill, number_of

Pair = tuple[str, str]

HEADINGS: dict[str, Pair] = {
    "assumed": ("What was assumed", "所作假设"),
    "came_of_it": ("What came of it", "结果"),
    "moves": ("Who gains and who loses", "名次变化"),
    "stability": ("How stable the list is", "名单的稳定性"),
    "reviewers": ("Without any one reviewer", "去掉任一评审"),
    "basis": ("What it rests on", "依据与限度"),
}
COLUMNS: dict[str, Pair] = {
    "application": ("number", "申报"),
    "before": ("rank", "名次"),
    "after": ("→ rank", "→ 名次"),
    "moved": ("moves", "升降"),
    "score": ("score", "得分"),
    "score_after": ("→ score", "→ 得分"),
    "shortlist": ("shortlist", "入围"),
    "advice": ("by agreed score", "按论证分"),
    "list": ("list", "名单"),
    "chart": ("chart", "名次图"),
    "ranks": ("ranks", "名次区间"),
    "within": ("within the cut", "入围线内"),
    "placed": ("within the places", "名额内"),
    "unscored": ("no score", "无得分"),
    "margin": ("margin to the cut", "距入围线"),
    "to_places": ("to the places", "距名额线"),
    "reviewer": ("reviewer", "评审"),
    "reviewed": ("reviews", "评审数"),
    "similarity": ("tau", "τ"),
    "came": ("comes in", "进入"),
    "left": ("drops out", "退出"),
    "place": ("rule", "规则"),
    "sealed": ("sealed", "封存"),
    "assumed": ("assumed", "假设"),
}
IN: Pair = ("in", "入围")
OUT: Pair = ("out", "未入围")
WITHIN: Pair = ("within", "名额内")
BEYOND: Pair = ("beyond", "名额外")
PROPOSED: Pair = ("proposed", "曾拟建")
ADDED: Pair = ("added by officers", "经办人员增补")
REMOVED: Pair = ("removed by officers", "经办人员移出")
SWEEPS: dict[str, Pair] = {
    "record": ("reading the record", "读取记录"),
    "reviewers": ("without each reviewer", "逐一去掉评审"),
    "weights": ("other weights", "浮动权重"),
}
_PLACES: dict[str, Pair] = {
    "tie_break": ("content that parts ties", "同分时比较的内容"),
    "panel.min_valid": ("valid scores needed", "所需有效评分数"),
    "trim.from_valid": ("trimming from so many scores on", "自多少份评分起去极值"),
    "trim.drop": ("dropped at each end", "两端各去除"),
    "shortlist.factor": ("shortlist, times the places", "入围倍数"),
    "shortlist.ties_in": ("ties at the cut are in", "入围线同分均入围"),
    "places": ("places", "名额"),
    "reviews": ("reviews of", "评审意见，评审"),
}

REHEARSAL: Pair = ("A rehearsal, not an official round", "演练，非正式轮次")
ASKED: Pair = (
    "What was asked: how ranks and shortlist would read if the rules below had been sealed, or a reviewer had not "
    "reviewed.",
    "模拟事项：若封存的是下列规则，或某位评审未参评，名次与入围名单会如何。",
)
RECOMPUTED: Pair = (
    "Recomputed: every score from the reviews as submitted, then ranks, ties and the shortlist, by the functions that "
    "the round itself used and in exact arithmetic. Lots are those sealed by the draw.",
    "重新计算：由所提交的评审意见逐一得出得分，再得出名次、同分处理和入围名单；所用函数与本轮相同，精确运算。"
    "抽签号沿用封存的抽签结果。",
)
CARRIED: Pair = (
    "Carried over as recorded, since nobody can say what people would have decided otherwise: who could apply, who "
    "reviewed, whom officers added to the shortlist or removed with a reason, surveys, scores agreed at appraisals, "
    "proposal, objections and approvals.",
    "沿用记录：申报资格、评审人选、经办人员附理由的增补与移出、现场实勘、论证分、拟建名单、异议和审批。"
    "这些由人决定，无从推知其在其他情形下如何决定。",
)
SCALES: Pair = (
    "Another weight is another scale: each score keeps its share, 20 of 25 becomes 32 of 40. Whether reviewers would "
    "have given the same share on another scale nobody knows. Weights not named share what is left as before.",
    "改变权重即改变分值范围：各项得分保持其占比，满分 25 得 20 即满分 40 得 32。换用其他分值范围时评审是否仍给"
    "同样占比，无从得知。未指明的权重按原比例分配余数。",
)
LEFT_OUT: Pair = (
    "A reviewer who is left out is not replaced, though the round would have called an alternate; where fewer valid "
    "reviews are left than needed, an application has no score and no rank.",
    "去掉的评审不予补位，而实际轮次会由备选递补；有效评审不足所需份数的申报无得分、无名次。",
)
PROOF: Pair = (
    "Before simulating, the record was computed again under its own rules and gave its own ranks and shortlist "
    "({point}). That the bundle itself is genuine is proven by `selection audit verify`, not by this.",
    "模拟之前已按记录自身的规则重新计算，名次与入围名单与记录一致（{point}）。证明包本身的真实性由 "
    "`selection audit verify` 核验，不由本结果证明。",
)
VOIDED: Pair = (
    "{count:review that was|reviews that were} voided after the shortlist: counted here, as at that time.",
    "入围名单确定之后作废的 {count} 份评审意见在此仍计入，与当时一致。",
)
IGNORED: Pair = (
    "These places of the given rules differ as well and are not simulated: {paths}.",
    "所给规则中下列各处亦有不同，不予模拟：{paths}。",
)
ADVICE_KEY: Pair = (
    "“by agreed score”: within the places by the scores agreed at the appraisal, where there was one. Advice, "
    "then as now.",
    "“按论证分”：有论证分者按论证分是否在名额内；当时与模拟均仅供参考。",
)


def place(change: Change, report: WhatIf, lang: str) -> str:
    """Return what was assumed otherwise."""
    chinese = lang == "zh"
    weight = re.fullmatch(r"criteria\[(.*)\]\.weight", change.path)
    if weight:
        name = report.criteria[weight[1]][lang]
        return f"权重：{name}" if chinese else f"weight of {name}"
    return _PLACES[change.path][chinese] if change.path in _PLACES else change.path


def say_assumed(change: Change, lang: str) -> str:
    """Return the assumed value."""
    return change.after or ("left out", "去掉")[lang == "zh"]


def results(report: WhatIf) -> Iterator[Pair]:
    """Yield what came of it, sentence by sentence."""
    if report.is_unchanged:
        yield (
            "Nothing was assumed otherwise: scores, ranks and shortlist are as recorded.",
            "未作其他假设：得分、名次和入围名单均与记录一致。",
        )
    else:
        yield from _describe_changes(report)
    for part in report.stability:
        if part.runs:
            yield _stable(report, part)


def _describe_changes(report: WhatIf) -> Iterator[Pair]:
    items = report.applications
    up = sum((item.moved or 0) > 0 for item in items)
    down = sum((item.moved or 0) < 0 for item in items)
    gone = [item.application for item in items if item.simulated.rank is None]
    alike = (
        (
            "too few have a rank in both orders to compare these",
            "两种名次中均有名次的申报过少，无法比较",
        )
        if report.likeness is None
        else (
            f"Kendall's tau of the two orders is {report.likeness}",
            f"两种名次的肯德尔 τ 为 {report.likeness}",
        )
    )
    yield (
        f"Of {number_of(len(items), 'application', 'applications')} {number_of(up, 'gains', 'gain')} ranks and "
        f"{number_of(down, 'loses', 'lose')} some; {alike[0]}.",
        f"{len(items)} 项申报中 {up} 项名次上升、{down} 项下降；{alike[1]}。",
    )
    if gone:
        yield (
            f"Without a score, as too few valid reviews are left: {', '.join(gone)}.",
            f"有效评审不足而无得分：{'、'.join(gone)}。",
        )
    yield from _lists(report)
    yield from _advice(report)


def _lists(report: WhatIf) -> Iterator[Pair]:
    came, left, lost = report.list_entering(), report.list_leaving(), report.list_losing()
    if not came and not left:
        yield "The shortlist stays the same.", "入围名单不变。"
    if came:
        yield (
            f"Would come onto the shortlist: {', '.join(came)}. Nobody surveyed or appraised what was not on it, so "
            "nothing can be said of a place on the list.",
            f"将进入入围名单：{'、'.join(came)}。未入围者未经实勘和论证，能否列入名单无从得知。",
        )
    if left:
        yield f"Would drop off the shortlist: {', '.join(left)}.", f"将退出入围名单：{'、'.join(left)}。"
    name = ("issued list", "所发布名单") if report.issued else ("proposal", "拟建名单")
    if lost:
        yield (
            f"Of the {name[0]}, these would not have been on the shortlist: {', '.join(lost)}.",
            f"{name[1]}中下列申报将未能入围：{'、'.join(lost)}。",
        )
    elif report.issued or any(item.proposed for item in report.applications):
        yield (
            f"All of the {name[0]} would have been on the shortlist.",
            f"{name[1]}中的申报均仍将入围。",
        )


def _advice(report: WhatIf) -> Iterator[Pair]:
    items = report.applications
    known = any(item.recorded.advised is not None for item in items)
    came = [item.application for item in items if item.simulated.advised and not item.recorded.advised]
    left = [item.application for item in items if item.recorded.advised and not item.simulated.advised]
    if not known:
        return
    if not came and not left:
        yield (
            "By the scores agreed at the appraisal the same applications are within the places.",
            "按论证分，名额内的申报不变。",
        )
        return
    moved = [f"+{name}" for name in came] + [f"-{name}" for name in left]
    yield (
        f"By the scores agreed at the appraisal, within the places: {' '.join(moved)}.",
        f"按论证分，名额内变化：{'、'.join(moved)}。",
    )


def _stable(report: WhatIf, part: Stability) -> Pair:
    about = {
        "reviewers": ("Without any one reviewer", "逐一去掉每位评审"),
        "weights": (
            f"With weights that vary by up to {report.spread} % (seed {report.seed})",
            f"权重浮动不超过 {report.spread} %（种子 {report.seed}）",
        ),
    }[part.kind]
    firm = sum(item.within == part.runs for item in part.spreads)
    never = sum(item.within == 0 for item in part.spreads)
    some = len(part.spreads) - firm - never
    tau = (
        ("too few have a rank to compare orders", "有名次的申报过少，无法比较名次")
        if part.likeness_least is None
        else (f"tau is {part.likeness_least} at the least", f"τ 最低为 {part.likeness_least}")
    )
    pair = (
        f"{about[0]}: the cut is the same in {part.unchanged} of {number_of(part.runs, 'run', 'runs')}; always within "
        f"it: {number_of(firm, 'application', 'applications')}, sometimes: {some}, never: {never}; {tau[0]}.",
        f"{about[1]}：{part.runs} 次重算中 {part.unchanged} 次入围线内不变；{firm} 项始终入围，{some} 项有时入围，"
        f"{never} 项从未入围；{tau[1]}。",
    )
    short = sum(bool(run.unscored) for run in part.each)
    if not short:
        return pair
    return (
        f"{pair[0]} In {short} of the runs applications have no score, as too few valid reviews are left: that says "
        "nothing of how good they are.",
        f"{pair[1]}其中 {short} 次有申报因有效评审不足而无得分，这与其优劣无关。",
    )


def limits(report: WhatIf) -> Iterator[Pair]:
    """Yield what the simulation rests on, and what it leaves open."""
    yield PROOF[0].format(point=report.reproduced_at), PROOF[1].format(point=report.reproduced_at)
    yield RECOMPUTED
    yield CARRIED
    yield SCALES
    yield LEFT_OUT
    if report.voided_later:
        count = {"count": report.voided_later}
        yield fill(VOIDED[0], count), fill(VOIDED[1], count)
    if report.not_simulated:
        paths = ", ".join(report.not_simulated)
        yield IGNORED[0].format(paths=paths), IGNORED[1].format(paths=paths)
