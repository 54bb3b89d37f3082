"""A form that changes in the midst of a round."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Change a form", "变更表单"),
    "lead": (
        "Hand over the new version of a form as a file. What was handed in stays valid under its own version; whoever "
        "must look again gets a task and a letter. Two officers sign.",
        "请以文件提交表单的新版本。已提交的材料按原版本继续有效；须重新确认的人员将收到待办和通知。须由两名经办人员签名。",
    ),
    "file": ("New version of the form (YAML or JSON)", "表单新版本（YAML 或 JSON）"),
    "file-help": (
        "It holds which form it is, the whole of it under a new version's name, and which fields were renamed.",
        "内容包括：所变更的表单、以新版本名称给出的完整表单，以及更名的栏目。",
    ),
    "reason": ("Reason", "理由"),
    "check": ("Check and sign", "核对并签名"),
    "no-file": ("Choose the file with the new version.", "请选择新版本文件。"),
    "no-reason": ("Say why the form changes.", "请说明变更理由。"),
    "form": ("Form", "表单"),
    "versions": ("Version", "版本"),
    "fields": ("What becomes of its fields; all others stay", "栏目变更（其余保留）"),
    "nothing": ("nothing changes", "无变化"),
}
