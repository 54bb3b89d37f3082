"""The grounds of the legality check, what rules list and what the engine finds; and those of a request for review."""

from pydantic import StrictBool

from selection.kernel.named import Named


class Ground(Named):
    """Something that can be wrong with an application, as the rules of the round name it [D].

    With `mend` it may be sent back to be mended; with `rule` an officer may rule on it and pass the application all
    the same. On any ground an application may fail.
    """

    mend: StrictBool = True
    rule: StrictBool = True


BUILT_IN = (
    Ground(
        code="outside-field",
        en="the field is outside the ministry's business",
        zh="领域不属于文化和旅游部职责范围",
        mend=False,
    ),
    Ground(
        code="excluded-field",
        en="an excluded field, such as museums and relics",
        zh="属于排除领域（如文博）",
        mend=False,
    ),
    Ground(
        code="direction-held",
        en="a first-batch centre holds this direction",
        zh="首批中心已覆盖该研究方向",
        mend=False,
    ),
    Ground(code="same-kind-bid", en="a joint bid by units all of one kind", zh="联合申报单位同属一类"),
    Ground(code="agreement-missing", en="the joint-formation agreement is missing", zh="缺少共建协议"),
    Ground(code="co-builder-unconfirmed", en="a co-builder has not confirmed", zh="有共建单位未确认"),
    Ground(code="seals-missing", en="seals are missing", zh="缺少盖章"),
    Ground(code="staff-below-minimum", en="fewer staff than the rules ask for", zh="人员数量低于要求"),
    Ground(code="fund-below-minimum", en="less funding than the rules ask for", zh="经费低于要求"),
    Ground(code="evidence-unclear", en="evidence is missing or unclear", zh="佐证材料缺失或不清"),
)
"""What rules list that say nothing of grounds: those of the second batch [F]. Sealed rules rest on it: it stays."""

DETECTED = (
    "same-kind-bid",
    "agreement-missing",
    "co-builder-unconfirmed",
    "seals-missing",
    "staff-below-minimum",
    "fund-below-minimum",
)
"""The codes that the engine gives to what it finds by itself. Rules name them as they like, and can't do without."""

COMPARED = (
    Ground(
        code="direction-similar",
        en="it comes near to a direction that is held",
        zh="与已布局的研究方向相近",
        mend=False,
    ),
    Ground(
        code="same-form",
        en="another application of the same unit has nearly the same form",
        zh="与同一单位另一申报的申报书基本相同",
        mend=False,
    ),
)
"""What the engine finds by comparing texts. It holds beside all rules, so that none sealed before change their hash."""


PROCEDURAL = (
    Named(
        code="conflict-overlooked",
        en="somebody who should have stood aside took part",
        zh="应回避的人员未回避",
    ),
    Named(
        code="panel-irregular",
        en="the panel was not formed, or not complete, as the rules ask",
        zh="专家组的组成或人数不符合规则",
    ),
    Named(code="step-left-out", en="a step that the rules ask for was left out", zh="缺少规则要求的环节"),
    Named(code="time-cut-short", en="less time was given than the rules give", zh="未给足规则规定的时间"),
    Named(
        code="papers-overlooked",
        en="what was handed in on time was not taken into account",
        zh="按时提交的材料未予审查",
    ),
    Named(
        code="sum-wrong",
        en="the score was not computed as the rules say",
        zh="得分未按规则计算",
    ),
    Named(code="reasons-missing", en="no reasons were given", zh="未说明理由"),
)
"""On what a review is requested where the rules name nothing else [D]: on the procedure, never on the merit."""

REMEDIES = (
    Named(
        code="fresh-panel",
        en="a fresh panel without the earlier members",
        zh="另组专家组重新评审，原成员不得参加",
    ),
    Named(
        code="step-again",
        en="the step is done again by people who had no part in it",
        zh="由未参与的人员重做该环节",
    ),
)
"""What follows from a request that is upheld where the rules name nothing else [N][D]. Both may never change."""

AFTER_PANEL = (
    Named(
        code="place-given",
        en="a place is given on the fresh panel's score",
        zh="依新专家组评分给予名额",
    ),
    Named(
        code="procedure-resumed",
        en="the procedure goes on from the fresh panel's score",
        zh="自新专家组评分起恢复程序",
    ),
)
"""What people may decide to follow from a fresh panel's score where the rules name nothing else [N][D]."""


def with_compared(grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """Return the grounds, and after them those found by comparing that the rules do not name themselves."""
    listed = {ground.code for ground in grounds}
    return (*grounds, *(item for item in COMPARED if item.code not in listed))


def with_detected(grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """Return the grounds, and after them those that the engine finds by itself and that are not among them."""
    listed = {ground.code for ground in grounds}
    return (*grounds, *(item for item in BUILT_IN if item.code in DETECTED and item.code not in listed))
