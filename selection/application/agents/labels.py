"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "replace-agent": ("Replace the applicant's agent", "变更申报经办人"),
    "replace-agent.guidance": (
        "Somebody else of the host unit acts for the applicant from the moment both of you have signed; whoever did so"
        " before can do and see nothing more of it. What they did stands.",
        "双方签署后，即由依托单位其他人员代表申报单位办理；原经办人不再办理或查看，其此前办理的事项仍然有效。",
    ),
    "replace-agent.agent": ("Who acts from now on (id of a person)", "新的申报经办人（人员编号）"),
    "replace-agent.reason": ("Reason, which the applicant reads", "理由（告知申报单位）"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
