"""The grounds of the legality check: what a round's rules list, and what the engine finds by itself."""

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


def with_detected(grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """Return the grounds, and after them those that the engine finds by itself and that are not among them."""
    listed = {ground.code for ground in grounds}
    return (*grounds, *(item for item in BUILT_IN if item.code in DETECTED and item.code not in listed))
