"""A round begins: its file of rules."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Open a round", "开启轮次"),
    "lead": (
        "Hand over the file of rules. Every fault of it is told, with its line; a sound one is shown as it would be "
        "sealed. Nothing is recorded before you sign.",
        "请提交规则文件。系统将逐行指出全部问题；无误时显示将封存的内容。签名之前不作任何记录。",
    ),
    "round": ("Short name of the round", "轮次代号"),
    "round-help": (
        "Letters, digits, full stops and hyphens, such as 2026-third. It stands in addresses and numbers, and stays.",
        "由字母、数字、点和连字符组成，如 2026-third。用于网址和编号，开启后不可更改。",
    ),
    "rules": ("File of rules (YAML)", "规则文件（YAML）"),
    "check": ("Check and sign", "核对并签名"),
    "no-name": (
        "Give the round a short name of letters, digits, full stops and hyphens.",
        "请填写轮次代号，仅限字母、数字、点和连字符。",
    ),
    "no-file": ("Choose the file of rules.", "请选择规则文件。"),
    "faulty": (
        "The rules have {count:fault|faults}, listed below. Mend them in the file and hand it over again.",
        "规则有 {count} 处问题，列于下方。请修改文件后重新提交。",
    ),
    "faults": ("Faults of the rules", "规则中的问题"),
    "line": ("Line", "行"),
    "place": ("Place", "位置"),
    "fault": ("What to mend", "需修改之处"),
    "places": ("Places", "名额"),
    "rehearsal": ("Rehearsal", "演练"),
    "yes": ("yes: nothing of it is real", "是：不构成正式轮次"),
    "no": ("no", "否"),
    "zone": ("Time zone", "时区"),
    "times": ("Opening and deadlines", "开始时间与期限"),
    "opens": ("call opens", "申报开始"),
    "fields": ("Fields", "领域"),
    "regions": ("Regions", "地区数"),
    "recommenders": ("Recommending units", "推荐单位数"),
    "criteria": ("Criteria", "评审指标"),
    "kept": ("Questions that stay in mending", "补正时保持不变的栏目"),
    "none-kept": ("none: every answer may be mended", "无：所有答案均可补正"),
    "officers": ("Officers", "经办人员"),
    "supervisors": ("Supervisors", "监督人员"),
    "auditors": ("Auditors", "审计人员"),
    "admins": ("Administrators", "管理员"),
    "levels": ("Levels of approval (needed of how many)", "审批层级（所需/总数）"),
    "hash": ("Hash of the rules (SHA-256)", "规则的哈希（SHA-256）"),
    "compared": ("What changes against the last round", "与上一轮规则的差异"),
    "compared-lead": (
        "Compared with the rules of “{title}” as they stood last. Of forms and working days it is told that they "
        "change; what is in them stands in the file.",
        "与“{title}”最后有效的规则相比。表单和工作日仅提示有变，具体内容见文件。",
    ),
    "compared-same": (
        "These are the rules of “{title}”: nothing changes.",
        "与“{title}”的规则完全相同。",
    ),
    "compared-none": (
        "There is no earlier round whose rules you may read, so there is nothing to compare with.",
        "没有您可查阅规则的以往轮次，无从比较。",
    ),
    "field": ("Field", "项目"),
    "before": ("In the last round", "上一轮"),
    "after": ("In these rules", "本次规则"),
    "warnings": ("Recommending units to look at again", "需复核的推荐单位"),
}
