"""Fields of the forms of a round."""

WORDS: dict[str, tuple[str, str]] = {
    "optional": ("Optional.", "选填。"),
    "words": (
        "At most {limit:word|words} (each Chinese character is one).",
        "不超过 {limit} 字（英文按单词计）。",
    ),
    "measure": ("Counted in {measure}.", "单位：{measure}。"),
    "between": ("{least} to {most}.", "{least} 至 {most}。"),
    "people": (
        "Ids of people, each on a line of its own; at most {most}.",
        "人员编号，每行一个，至多 {most} 个。",
    ),
    "scale": ("0 to {top}, in steps of {step}", "0 至 {top} 分，步长 {step}"),
    "whole": ("The form", "表单"),
    "code": (
        "The unified social credit code, 18 characters, as on the certificate.",
        "统一社会信用代码 18 位，按证照照录。",
    ),
    "code-others": (
        "Of a unit that has none: lei: and its code, or foreign: with country and number, such as foreign:DE-HRB1234.",
        "没有该代码的单位：填写 lei: 加代码，或 foreign: 加国别与编号，如 foreign:DE-HRB1234。",
    ),
    "unit-registered": (
        "A unit of the register; type the beginning of its code or name to choose it.",
        "须为已登记单位；键入代码或名称开头后选择。",
    ),
    "file-limit": ("{types}; at most {megabytes} MB.", "{types}；不超过 {megabytes} MB。"),
    "files-limit": (
        "{types}; at most {megabytes} MB each, {most:file|files} at most.",
        "{types}；每个不超过 {megabytes} MB，至多 {most} 个。",
    ),
    "any-type": ("Any type of file", "任何类型的文件"),
    "file-none": ("No file yet.", "尚无文件。"),
    "file-before": ("Handed in before", "此前已提交"),
    "file-choose": ("Choose a file", "选择文件"),
    "file-change": ("Replace or remove", "更换或移除"),
    "file-how": (
        "Send one file at a time: press a button below, then add the next.",
        "每次上传一个文件：点击下方按钮保存后，再添加下一个。",
    ),
    "file-add": ("Add or remove files", "添加或移除文件"),
    "rows-add": ("Save and add rows", "保存并添加行"),
    "type-unknown": ("unknown type", "未知类型"),
    "check-found": ("Found by the check:", "审查发现："),
    "score": ("Score", "评分"),
    "total": ("Total", "合计"),
    "told": ("for the applicant", "反馈申报单位"),
    "public": ("public once it is published", "名单公示或发布后公开"),
    "kept": ("stays as handed in", "保持不变"),
    "kept-later": ("cannot be changed in mending", "补正时不得更改"),
    "panel": ("for the panel only", "仅供专家组"),
}

SCHEMES: dict[str, tuple[str, str]] = {
    "uscc": ("a unified social credit code", "统一社会信用代码"),
    "lei": ("lei: and a legal entity identifier", "lei: 加全球法人识别编码"),
    "foreign": ("foreign: with country and number", "foreign: 加国别与编号"),
    "synthetic": ("a synthetic code", "合成代码"),
    "any": ("any code", "任意代码"),
}
"""What the schemes of codes are called."""
