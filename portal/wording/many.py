"""Many applications of one's own from one table: what its pages say."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Many applications from a table", "用表格批量申报"),
    "from-table": ("Hand in many applications from a table", "用表格批量申报"),
    "lead": (
        "A row for each application of your own unit. You see first what each row would do, and sign once for up to "
        "{acts} of them.",
        "本单位的每项申报填写一行。先逐行预览结果，再一次签名，每次至多 {acts} 项。",
    ),
    "template": ("Download the empty table", "下载空白表格"),
    "template-help": (
        "Name each file in its cell, such as proof-1.pdf. The row id is yours to choose; by it a row is known again, "
        "so that nothing is handed in twice.",
        "文件在相应单元格中填写文件名，如“证明1.pdf”。行编号由您自定，系统据此识别已提交的行，不会重复提交。",
    ),
    "send": ("Send table and files", "上传表格和文件"),
    "send-another": ("Send another table, or further files", "另传表格或补传文件"),
    "table": ("The table, filled in (XLSX or CSV)", "填写好的表格（XLSX 或 CSV）"),
    "table-help": (
        "The table itself is not kept: its rows are, for three days at most. If any cell is wrong, each fault is told "
        "and no row is read.",
        "表格文件本身不保存，其中各行至多保存三天。如有单元格填写有误，将逐一指出，且不读取任何一行。",
    ),
    "files": ("The files that its cells name", "表格中引用的文件"),
    "files-help": (
        "They are found by their names, whatever folders the cells name. At most {files} files and {megabytes} MB go "
        "at once: send more in several goes, the table with the last. What a field takes is told in the table.",
        "按文件名对应，不计单元格中的文件夹。每次至多 {files} 个文件、共 {megabytes} MB；"
        "超出时请分次上传，表格与最后一批文件一并上传。各栏目允许的类型和大小见表格说明。",
    ),
    "files-there": ("{count:file is|files are} here.", "已上传 {count} 个文件。"),
    "files-list": ("Their names", "文件名"),
    "files-unused": (
        "{count:file is|files are} named by no row.",
        "其中 {count} 个文件未被任何一行引用。",
    ),
    "table-wanted": ("Now send the table that names them.", "请继续上传引用这些文件的表格。"),
    "send-button": ("Send", "上传"),
    "discard-title": ("Begin anew", "重新开始"),
    "discard-help": (
        "The rows that were read and the files that were sent count for nothing then. What was handed in stays.",
        "已读取的各行和已上传的文件将不再使用；已提交的申报不受影响。",
    ),
    "discard": ("Discard rows and files", "清除已读取的行和文件"),
    "preview": ("What the table would do", "预览结果"),
    "counts": (
        "{total:row|rows}: {new} new, {changed} with other answers than were handed in, {before} handed in before.",
        "共 {total} 行：新申报 {new} 项，答案与已提交内容不同 {changed} 项，此前已提交 {before} 项。",
    ),
    "next-count": (
        "{next} of the {would} that would be handed in are signed next. Once they are answered, come back here for "
        "the others.",
        "可提交 {would} 项，本次签名 {next} 项。待其答复后，请返回本页继续办理其余各项。",
    ),
    "next-all": ("To be handed in, and signed next: {next}.", "可提交 {next} 项，本次一并签名。"),
    "next-none": ("No row waits to be handed in.", "没有待提交的行。"),
    "row": ("Row", "行编号"),
    "place": ("Centre", "中心名称"),
    "host": ("Host unit", "依托单位"),
    "what": ("What it is", "提交类型"),
    "new": ("new application", "新申报"),
    "new-version": ("new version", "新版本"),
    "result": ("Result", "结果"),
    "would": ("would be handed in", "可提交"),
    "later": ("in a later go", "下一批"),
    "would-not": ("would be refused", "不能提交"),
    "left": ("left out", "不提交"),
    "left-why": (
        "Handed in as {number} with other answers. Mark below that it be handed in as a new version.",
        "已作为 {number} 提交，但答案不同。如需作为新版本提交，请勾选下方选项。",
    ),
    "more-rows": ("{count:further row is|further rows are} not shown.", "另有 {count} 行未显示。"),
    "new-versions": (
        "Hand in rows with other answers as new versions",
        "将答案不同的行作为新版本提交",
    ),
    "try": ("Look again", "重新预览"),
    "check": ("Check and sign {count}", "核对并签名 {count} 项"),
    "outdated": (
        "The round's form was changed since the table was read. Download the empty table anew, and send it filled in.",
        "读取表格后，本轮次的申报书已调整。请重新下载空白表格，填写后再上传。",
    ),
    "rows-gone": (
        "The rows of the table are not kept any more. Send the table again; what was handed in is "
        "known again.",
        "表格各行已不再保存。请重新上传表格；此前已提交的行会被识别，不会重复提交。",
    ),
    "nothing-sent": ("Choose the table, or files that it names", "请选择表格或其引用的文件"),
    "file-empty": ("The file {name} is empty. Choose another one", "文件 {name} 为空，请另选文件"),
    "file-too-large": (
        "The file {name} is larger than 20 MB. Choose a smaller one",
        "文件 {name} 超过 20 MB，请选择较小的文件",
    ),
    "files-many": (
        "At most {most} files are kept for a table. Discard them, and send a smaller table with its own",
        "一张表格至多保存 {most} 个文件。请清除后改用较小的表格及其文件",
    ),
    "form-too-wide": (
        "The form of this round has more than {limit} columns, which no table takes. Fill the applications in one by "
        "one.",
        "本轮次申报书的栏目超过 {limit} 列，无法用表格填写。请逐项填写申报。",
    ),
    "rows-many": (
        "A table has at most {limit} applications; this one has {count}. Part it into several",
        "一张表格至多 {limit} 项申报，该表有 {count} 项。请拆分为多张表",
    ),
    "files-missing": (
        "{count:file that the table names is|files that the table names are} not here: {names}{more}",
        "表格引用的 {count} 个文件尚未上传：{names}{more}",
    ),
    "more-faults": ("and {count:more fault|more faults}", "另有 {count} 处错误"),
    "none-would": ("No row would be handed in as things stand", "按目前状态，没有可提交的行"),
    "changed": (
        "What would happen is not what this page showed. Look at it again, then check and sign",
        "预览结果与此前显示的不同。请重新查看后再核对并签名",
    ),
    "row-title": ("Row {row}", "行 {row}"),
    "row-lead": (
        "These are the answers of this row as they would be handed in.",
        "以下为该行将提交的全部内容。",
    ),
    "row-back": ("Back to the table", "返回表格"),
}
