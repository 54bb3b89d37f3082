"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "record-integrity-check": ("Record the integrity check", "记录廉洁核查"),
    "record-integrity-check.guidance": (
        "Before anybody approves, the proposed centres are checked. For each centre about which something was "
        "found, say what; it needs a ruling then. Leave the others empty.",
        "审批之前须对拟建中心进行廉洁核查。发现问题的，请逐项填写，随后须作出裁定；未发现问题的留空。",
    ),
    "record-integrity-check.hits": ("What was found", "核查发现"),
    "record-integrity-check.text": ("How it was checked", "核查方式与结论"),
    "clear-integrity-hit": ("Clear an integrity hit", "裁定核查事项不影响列入"),
    "clear-integrity-hit.guidance": (
        "You find that it does not stand against the centre, which stays in the proposal.",
        "认定该发现不影响列入，该中心保留在拟建名单中。",
    ),
    "clear-integrity-hit.application": ("Centre and what was found", "中心及核查发现"),
    "uphold-integrity-hit": ("Uphold an integrity hit", "裁定核查事项成立"),
    "uphold-integrity-hit.guidance": (
        "You find that it stands: the centre is on no list until two lift the stop. Two supervisors sign.",
        "认定该发现成立：该中心不列入名单，直至限制解除。须由两名监督人员签名。",
    ),
    "uphold-integrity-hit.application": ("Centre and what was found", "中心及核查发现"),
    "lift-integrity-stop": ("Lift an integrity stop", "解除廉洁核查限制"),
    "lift-integrity-stop.guidance": (
        "The upheld hit no longer keeps the centre off a proposal. What was approved of it before is void. Two "
        "supervisors sign.",
        "已成立的核查事项不再妨碍该中心列入拟建名单，此前就其作出的审批失效。须由两名监督人员签名。",
    ),
    "lift-integrity-stop.application": ("Number of the application", "申报编号"),
    "lift-integrity-stop.text": ("Why the stop is lifted", "解除限制的理由"),
    "approve": ("Approve the proposal", "审批通过"),
    "approve.guidance": (
        "You agree at your level to the centres that stand, each at its place and for its reason. Of a centre that is "
        "sent back or changed, your approval is void.",
        "您在所属层级同意在列的各中心及其位次和理由。被退回或变更的中心，此前的同意失效。",
    ),
    "approve.reason": ("Remark", "意见"),
    "send-back-proposal": ("Send the proposal back", "退回拟建名单"),
    "send-back-proposal.guidance": (
        "The proposal returns to the officer with your reason. What was approved of these centres becomes void. The "
        "rules say how often one person may send back before a list is issued.",
        "拟建名单连同您的理由退回经办人员，就所退回的中心作出的同意随之作废。名单公布前每人可退回的次数以规则为准。",
    ),
    "send-back-proposal.items": ("Which centres it is about", "涉及的中心"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
