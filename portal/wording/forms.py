"""Fields of the forms of a round."""

WORDS: dict[str, tuple[str, str]] = {
    "optional": ("Optional.", "选填。"),
    "words": ("At most {limit:word|words} (each Chinese character is one).", "不超过 {limit} 字。"),
    "between": ("{least} to {most}.", "{least} 至 {most}。"),
    "people": (
        "Ids of people, each on a line of its own; at most {most}.",
        "人员编号，每行一个，至多 {most} 个。",
    ),
    "scale": ("0 to {top}, in steps of {step}", "0 至 {top} 分，步长 {step}"),
    "elsewhere": (
        "Pages do not take this yet: hand the form in as a file, or ask the officer.",
        "网页暂不支持此项：请以文件方式提交表单，或联系经办人员。",
    ),
    "score": ("Score", "评分"),
    "total": ("Total", "合计"),
    "told": ("for the applicant", "反馈申报单位"),
    "panel": ("for the panel only", "仅供专家组"),
}
