"""Papers that are sent or published, as officers put their hashes into the record."""

LANGUAGES: dict[str, tuple[str, str]] = {
    "zh": ("Chinese", "中文"),
    "en": ("English", "英文"),
    "both": ("both languages", "中英双语"),
}
WORDS: dict[str, tuple[str, str]] = {
    "title": ("Record a paper that leaves", "登记发出的文件"),
    "missing-paper": ("Choose the file that you send or publish.", "请选择实际发出或公布的文件。"),
    "to": ("Record a paper that is sent or published", "登记发出或公布的文件"),
    "lead": (
        "Hand over the very file that you send or publish. Its hash goes into the record, and the file is not kept; "
        "from then on whoever may know of it can check whether a file is this one, to the byte.",
        "请提交实际发出或公布的文件。系统只登记其哈希，不保存文件；此后有权查验者可逐字节核对文件。",
    ),
    "kind": ("What it is", "文件种类"),
    "application": ("Number of the application", "申报编号"),
    "application-help": (
        "For a letter or a certificate; a notice and a list are about the round.",
        "通知书和证书须填写；公示和名单针对整个轮次，无须填写。",
    ),
    "ended": ("The outcome that it tells", "所通知的结果"),
    "undone": (" (reversed since)", "（此后已撤销）"),
    "overtaken": ("Reversed since", "结果已撤销"),
    "overtaken-value": (
        "Yes: it left all the same, and the record says so. A letter on the present outcome is due as well.",
        "是：仍已发出，记录将如实载明。另须就现行结果发出通知书。",
    ),
    "no-end": (
        "Choose which outcome the file tells: one was reversed. What was sent is recorded as sent, and a letter on the "
        "present outcome is due as well.",
        "请选择文件所通知的结果：其中有结果已撤销。已发出的照实登记，并须另就现行结果发出通知书。",
    ),
    "due": (
        "A letter left on an outcome that was reversed since. Send one on the present outcome, and record it:",
        "以下申报已发出的通知书所载结果此后已撤销，须就现行结果另发通知书并登记：",
    ),
    "due-later": ("is being decided again", "正在重新作出决定"),
    "language": ("Language of the file", "文件语言"),
    "hash": ("Hash of the file (SHA-256)", "文件的哈希（SHA-256）"),
    "no-kind": ("Choose what the file is.", "请选择文件种类。"),
    "no-application": (
        "Type the number of an application of this round, such as 0007.",
        "请填写本轮申报的编号，如 0007。",
    ),
    "not-yet": (
        "The record does not hold yet what such a paper says: the notice is not open, the list not issued, or the "
        "application never at an end.",
        "记录中尚无此类文件所述事项：公示尚未开始、名单尚未发布，或该申报从未办结。",
    ),
    "no-language": ("Choose the language of the file.", "请选择文件语言。"),
}
