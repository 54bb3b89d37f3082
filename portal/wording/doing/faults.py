"""What is wrong with a field of an act: sentences that stand below it, and after its name and a colon."""

WORDS: dict[str, tuple[str, str]] = {
    "missing": ("Fill this in.", "请填写。"),
    "missing-choice": ("Choose one.", "请选择。"),
    "missing-file": ("Add a file.", "请上传文件。"),
    "missing-each": ("Write something for each.", "请逐项填写。"),
    "not-offered": (
        "Choose from what is offered; what you chose is not, or no longer.",
        "所选内容不在可选范围内，或已失效，请重新选择。",
    ),
    "no-number": (
        "Give a number, such as 82.5 or 1,500; a comma only stands between groups of three digits.",
        "请填写数字，如 82.5 或 1,500；逗号仅可用作千位分隔符。",
    ),
    "no-whole": (
        "Give a whole number, such as 5 or 1,500; a comma only stands between groups of three digits.",
        "请填写整数，如 5 或 1,500；逗号仅可用作千位分隔符。",
    ),
    "no-order": (
        "Give each a place of its own, from 1 to {most}.",
        "请为每项填写不同的位次，从 1 到 {most}。",
    ),
    "no-date": ("Give a day of the calendar.", "请填写有效日期。"),
    "no-moment": (
        "Give a day and a time, such as 2025-03-01T09:30.",
        "请填写日期和时间，如 2025-03-01T09:30。",
    ),
    "too-long": ("Shorten this to {limit:character|characters}.", "请压缩至 {limit} 字符以内。"),
    "too-many": ("At most {limit}.", "至多 {limit} 项。"),
    "too-few": ("At least {limit}.", "至少 {limit} 项。"),
    "too-large": ("At most {limit}.", "不得超过 {limit}。"),
    "too-small": ("At least {limit}.", "不得低于 {limit}。"),
    "file-not-kept": (
        "The file that you sent with this page was not kept; choose it again.",
        "随此页面上传的文件未保存，请重新选择。",
    ),
    "file-empty": ("The file is empty.", "文件为空。"),
    "too-much-stored": (
        "You sent many files lately that you have not used in an act yet, so no more are taken for now; do first what "
        "they are for.",
        "您近期上传而尚未用于任何操作的内容过多，暂不再接收；请先办理相应事项。",
    ),
    "file-too-large": ("The file is larger than {limit} MB.", "文件超过 {limit} MB。"),
    "unfit": ("This cannot be taken; look it over.", "无法受理，请检查。"),
    "changed": (
        "This changed since the page was opened; what is in force now is shown, so look it over and check again.",
        "打开页面后已有变更；现显示最新内容，请复核后再次检查。",
    ),
}
