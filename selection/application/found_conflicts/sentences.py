"""What is said of conflicts that data shows, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "conflict.found.v1": (
        (
            "Report {report}: data binds {expert} to the application: {bound_by}.",
            "报告 {report}：数据显示 {expert} 与该申报存在利益冲突：{bound_by}。",
        ),
        ("A conflict of interest was found from data.", "由数据发现利益冲突。"),
    ),
    "judge.activity-changed.v1": (
        (
            "By the register {person}, who judges the application, {standing}.",
            "按登记信息，评判该申报的 {person}{standing}。",
        ),
        (
            "The register changed whether somebody who judges the application may act.",
            "登记变更影响一名评判人员能否履职。",
        ),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

STANDINGS: Names = {
    "inactive": ("may act no more", "已停用，不能继续履职"),
    "active": ("may act again", "已恢复，可以履职"),
}
"""What the register may say of somebody who judges."""

VALUES: dict[str, Names] = {"standing": STANDINGS}
"""What the codes in these sentences are called, by the field."""

REFUSALS: Names = {
    "nothing-binds": (
        "Data binds {person} to nothing here that was not dismissed; report what else you know with a text instead.",
        "数据未显示 {person} 与该申报存在（未被裁定不成立的）利益冲突；如另有所知，请附说明报告。",
    ),
    "projects-exceeded": (
        "An application names {limit} people at the most by a shared project; report others once they review it.",
        "每份申报至多申明 {limit} 名合作项目人员；其他人员请在其参与评审后报告利益冲突。",
    ),
    "panel-sits": (
        "This application already has a panel, formed before its check was reopened. Officers, supervisors and the"
        " chair report conflicts of its members.",
        "本申报在重新审查之前已有专家组；其成员的利益冲突由经办人员、监督人员或组长报告。",
    ),
    "conflict-waits": (
        "A report already holds what data shows of {person} and waits for a supervisor's ruling.",
        "关于 {person} 的数据证据已有报告，正待监督人员裁定。",
    ),
    "conflict-stands": (
        "What binds {person} still holds and is of a kind that nobody may dismiss ({tie}): confirm the conflict, or "
        "have the register corrected first if it is wrong.",
        "{person} 的利益关系（{tie}）依然存在，且属不得裁定不成立的情形：请认定成立；登记有误的，请先更正登记。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
