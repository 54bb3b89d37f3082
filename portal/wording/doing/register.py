"""The acts on the register."""

WORDS: dict[str, tuple[str, str]] = {
    "letter": ("To {to}, about {about}, {since}", "收件人 {to}，关于 {about}，{since}"),
    "erasure": ("What goes", "将清除的内容"),
    "erasure-takes": ("the identity and {count:content|contents}", "身份信息及 {count} 项内容"),
    "erasure-open": ("Open duties", "未办结的职责"),
    "erasure-duties": ("{count:duty|duties}", "{count} 项"),
    "more-faults": ("and {count:more fault|more faults}", "另有 {count} 处错误"),
    "too-many-rows": (
        "Table: it holds more than one act can register; split it, or import it with the command line",
        "表格：超过一次可登记的数量；请拆分，或以命令行导入",
    ),
    "nothing-to-register": (
        "Table: it changes nothing, as all stands so already",
        "表格：没有变更，均已如此登记",
    ),
    "template": ("An empty table to fill in (XLSX)", "下载空白表格（XLSX）"),
}
