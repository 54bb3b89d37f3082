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
    "officers": ("Officers", "经办人员"),
    "supervisors": ("Supervisors", "监督人员"),
    "levels": ("Levels of approval (needed of how many)", "审批层级（所需/总数）"),
    "hash": ("Hash of the rules (SHA-256)", "规则的哈希（SHA-256）"),
    "warnings": ("Recommending units to look at again", "需复核的推荐单位"),
}
