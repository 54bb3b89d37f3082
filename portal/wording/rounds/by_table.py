"""Many acts of staff from one table: what its pages say."""

WORDS: dict[str, tuple[str, str]] = {
    "appointments": ("Appoint for many applications", "批量指定组长和实勘组"),
    "appointments-lead": (
        "Chairs of panels and survey teams, a row for each application. You see first what each row would do, and "
        "sign once.",
        "用一张表指定各专家组组长和实勘组，每项申报一行。先逐行预览结果，再一次签名。",
    ),
    "conflicts": ("Report many conflicts of interest", "批量报告利益冲突"),
    "conflicts-lead": (
        "A row for each application and person. You see first what each row would do, and sign once. A supervisor "
        "rules on each report.",
        "用一张表报告，每行一项申报和一名人员。先逐行预览结果，再一次签名。每项报告均由监督人员裁定。",
    ),
    "from-table": ("For many at once, from a table", "用表格批量办理"),
    "table": ("The table, filled in (XLSX or CSV)", "填写好的表格（XLSX 或 CSV）"),
    "table-help": (
        "The table itself is not kept: its rows are, until you signed or read another one.",
        "表格文件本身不保存；其中各行保存至签名或读入另一张表为止。",
    ),
    "template": ("Download an empty table", "下载空白表格"),
    "template-waiting": (
        "Download the table, with the applications that wait for this",
        "下载表格（已列出待指定的申报）",
    ),
    "read": ("Read the table", "读取表格"),
    "read-another": ("Read another table in its place", "换用另一张表格"),
    "no-file": ("Choose the table that you filled in", "请选择填写好的表格"),
    "too-many": (
        "At most {limit} acts are signed together; the table asks for {count}. Part it into several",
        "一次最多签署 {limit} 项操作，该表共有 {count} 项。请拆分为多张表",
    ),
    "preview": ("What the table would do", "预览结果"),
    "mark": ("Mark", "勾选"),
    "mark-one": ("Mark {act}, {name}", "勾选 {name}：{act}"),
    "act": ("Act", "操作"),
    "would-count": (
        "{would} of {total} are marked and can be done; the others are left out.",
        "共 {total} 项，其中 {would} 项已勾选且可以办理；其余不予办理。",
    ),
    "unmarked": ("not marked", "未勾选"),
    "unknown": (
        "There is no application {number} in this round that you may see.",
        "本轮次中没有您可查看的申报 {number}。",
    ),
    "none-would": (
        "Nothing that is marked would be done as things stand",
        "按目前状态，勾选的操作均不能办理",
    ),
    "changed": (
        "What would happen is not what this page showed. Look at it again, then check and sign",
        "预览结果与此前显示的不同。请重新查看后再核对并签名",
    ),
    "chair": ("Chair", "组长"),
    "lead": ("Leader of the team", "实勘组组长"),
    "members": ("Members", "成员"),
    "expert": ("Whom it is about", "被报告人"),
    "text": ("Grounds", "事由"),
    "reason": ("Reason", "理由"),
}
