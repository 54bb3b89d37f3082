"""The help of file, text and of all that reads and proves: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Store and fetch files.": "存取文件。",
    "Store a file and show its id, to be used as `ref:ID`. For a deadline, the time of storing counts.": (
        "存入文件并显示编号，供 `ref:编号` 引用。是否逾期以存入时间为准。"
    ),
    "The round it is for.": "所属轮次。",
    "A file of at most 20 MB.": "文件，最大 20 MB。",
    "Fetch a file of your own, or one that an entry of the application shows to you.": (
        "取出您本人的文件，或申报记录中您有权查看的文件。"
    ),
    "The file's id.": "文件编号。",
    "The application (ROUND/NUMBER) or round that refers to it.": "引用它的申报（轮次/申报编号）或轮次。",
    "Where to write it; default: standard output.": "写入何处；默认为标准输出。",
    "Store and fetch texts.": "存取文本。",
    "Store a text and show its id, to be used as `ref:ID`. For a deadline, the time of storing counts.": (
        "存入文本并显示编号，供 `ref:编号` 引用。是否逾期以存入时间为准。"
    ),
    "The text, or @FILE.": "文本，或 @文件。",
    "Show a text of your own, or one that an entry of the application shows to you.": (
        "显示您本人的文本，或申报记录中您有权查看的文本。"
    ),
    "The text's id.": "文本编号。",
    "Your open tasks: since when, until when.": "您的待办事项、起始时间和截止时间。",
    "List the open tasks of you or your unit, most urgent first.": "列出您或您单位的待办事项，最急的在前。",
    "Only those of this round.": "只列出该轮次的事项。",
    "For staff: also list the tasks of others.": "工作人员：同时列出他人的待办。",
    "Live progress of a round.": "轮次的实时进展。",
    "Show how many applications are in each stage, the next deadlines, and what is being carried out.": (
        "显示各阶段的申报数、即将到来的期限和正在执行的事项。"
    ),
    "A round; default: list all.": "轮次；默认列出全部。",
    "Refresh every second, until the round ends.": "每秒刷新，直至轮次结束。",
    "One application, as far as you may see it.": "您有权查看的一项申报。",
    "Show an application as far as you may see it, with references to its contents and what it is waiting for.": (
        "显示申报中您有权查看的部分、所引用的内容，以及它在等待什么。"
    ),
    "Everything that happened to one application: when, who, what, why.": (
        "一项申报的全部经过：何时、何人、何事、为何。"
    ),
    "Show who did what, when and why, in the order of the record, as far as you may see it.": (
        "按记录次序显示何时、何人、何事、为何，以您有权查看的为限。"
    ),
    "It includes what the round and the unit's list recorded about the application.": (
        "其中包括轮次和推荐单位名单就该申报所作的记录。"
    ),
    "List who has read confidential data; for auditors and administrators.": (
        "何人查阅过保密内容；供审计人员和管理员使用。"
    ),
    "Show who read what is confidential, when and in which session, newest first; looking is itself noted.": (
        "显示何人于何时、在哪个会话中查阅过保密内容，最新的在前；查看本日志也会留痕。"
    ),
    "For auditors of the round; administrators see what those read whom the rules name as staff or approvers. Reads "
    "are kept for six months. What is public and what is the reader's own is not noted.": (
        "供该轮次的审计人员使用；管理员可看到规则所列工作人员和审批人的查阅。查阅记录保存六个月；"
        "公开的内容和查阅人本人的内容不作记录。"
    ),
    "A round; default: what was read of the register and across rounds.": (
        "轮次；默认为对人员登记和跨轮次内容的查阅。"
    ),
    "Only what this person read.": "只列出该人员的查阅。",
    "Only what was read of this application (ROUND/NUMBER).": "只列出对该申报（轮次/申报编号）的查阅。",
    "Only what was read since then: time of the round's zone, ISO 8601.": (
        "只列出此时以后的查阅：轮次所用时区，ISO 8601 格式。"
    ),
    "At most so many, the latest.": "最多列出的条数，取最新的。",
    "A round's applications as a table.": "将轮次的申报导出为表格。",
    "Write a round's applications as a table, rows and columns as far as you may see them.": (
        "将轮次的申报写为表格，行与列以您有权查看的为限。"
    ),
    "XLSX and JSON also say what each column means.": "XLSX 和 JSON 另附各列的说明。",
    "The file to write, .xlsx, .csv or .json; default: CSV on standard output.": (
        "要写入的文件（.xlsx、.csv 或 .json）；默认将 CSV 写到标准输出。"
    ),
    "Archive and export a round; verify, replay and simulate it offline.": (
        "归档、导出轮次；离线核验、回放和模拟。"
    ),
    "Archive and export a round; verify, replay and simulate it offline from its bundle.": (
        "归档、导出轮次；凭证明包离线核验、回放和模拟。"
    ),
    "Verify a bundle and report each claim. The exit code is 0 only if every claim is proven.": (
        "核验证明包，逐项报告各项主张是否得到证明。全部得到证明时，退出码才为 0。"
    ),
    "It is 5 if nothing was refuted, but contents are missing that no entry says were erased; else 1.": (
        "未发现不符，但缺少内容且没有条目载明已清除时，退出码为 5；其余情形为 1。"
    ),
    "Needs neither network nor database. Keys inside the bundle are never trusted.": (
        "无需网络和数据库。不信任证明包内所附的密钥。"
    ),
    "The bundle (zip).": "证明包（zip）。",
    "The installation's public key, obtained independently of the bundle.": (
        "本系统的公钥，须另行取得，不得取自证明包。"
    ),
    "A checkpoint that someone else kept; may be repeated.": "由他方留存的检查点；可重复。",
    "A witness's public key or its file; may be repeated.": "见证人的公钥或公钥文件；可重复。",
    "Root certificates of the time stamp service.": "时间戳机构的根证书。",
    "Number of processes that replay the histories; 0: one per core.": (
        "重放历史所用的进程数；0 表示每个处理器核心一个。"
    ),
    "Also write the report as a web page to read and print.": "同时将报告写为可阅读、打印的网页。",
    "Prove that an act is in the log signed by the installation; exit code 1 if the file does not prove it.": (
        "证明某项操作已在本系统签署的日志之中；文件不能证明时退出码为 1。"
    ),
    "The leaf hash is the one shown to you when you acted.": "叶哈希为您操作时所告知的。",
    "The receipt (.tlog-proof).": "回执文件（.tlog-proof）。",
    "The leaf hash shown when acting.": "操作时所告知的叶哈希。",
    "Instead of the hash: a file with the entry itself, one line of a bundle's log.": (
        "代替哈希：条目的原文，即证明包日志中的一行。"
    ),
    "Simulate a round under different rules: who gains, who loses, how stable the list is. It decides nothing.": (
        "按其他规则模拟一个轮次：谁升谁降，名单是否稳定。不作任何决定。"
    ),
    "Needs neither network nor database. Without any assumption it shows how stable the recorded list is. "
    "Whether the bundle itself is genuine is proven by `selection audit verify`.": (
        "无需网络和数据库。不作任何假设时，显示所记录名单的稳定性。"
        "证明包本身的真实性由 `selection audit verify` 核验。"
    ),
    "A different weight; may be repeated. The other weights share the rest of 100.": (
        "另一权重；可重复。其余各项按原比例分配 100 的余数。"
    ),
    "Number of totals dropped at each end.": "两端各去除几个总分。",
    "Number of valid scores from which totals are dropped.": "自多少份有效评分起去除极值。",
    "Number of valid scores that an application needs.": "申报所需的有效评分数。",
    "Number of places.": "名额数。",
    "Size of the shortlist, as a multiple of the places.": "入围倍数，即入围数与名额之比。",
    "Leave out all reviews of this person; may be repeated.": "去掉该人员的全部评审意见；可重复。",
    "Take weights, trimming, thresholds and places from these rules.": (
        "权重、去极值、门槛和名额取自该规则文件。"
    ),
    "Number of random sets of weights to try; 0: none.": "试算多少组权重；0 表示不试算。",
    "Largest variation of each weight, in percent.": "各权重浮动的上限，百分比。",
    "The same seed gives the same sets of weights.": "种子相同，各组权重即相同。",
    "Also write a web page to read and print.": "同时写出可阅读、打印的网页。",
    "Also write the charts.": "同时写出图表。",
    "Export a round's bundle: logs, checkpoints, histories, rules, draws. The record is only read.": (
        "写出轮次的证明包：日志、检查点、历史、规则、抽取。只读取，不改动记录。"
    ),
    "The bundle contains the histories as last archived, and the logs up to their latest checkpoints. Auditors "
    "of the round may export it; its administrators only a redacted bundle, which has every entry but no "
    "contents except those of draws.": (
        "历史以最近一次归档为准，日志至最新检查点为止。轮次的审计人员可以导出；"
        "管理员只能导出略去内容的证明包：条目齐全，内容仅含抽取的输入和结果。"
    ),
    "Leave out people's texts and files; the bundle can still be verified.": (
        "不含个人的文本和文件；同样可以核验。"
    ),
    "Archive the histories of a round's workflows, open ones up to now, and record their hashes.": (
        "保存轮次各流程的历史（未结束的保存至当前），并记录其哈希。"
    ),
    "This also happens every day and when a round ends. Auditors and administrators of the round may request "
    "it.": ("轮次结束时和每日亦自动归档。轮次的审计人员和管理员可以要求归档。"),
    "Signed checkpoints: list, export, add a witness's cosignature.": (
        "已签署的检查点：列出、导出、加入见证签名。"
    ),
    "List the checkpoints of one log or of all, with the number of cosignatures and time stamps of each.": (
        "列出一个或全部日志的检查点，以及各自的见证签名数和时间戳数。"
    ),
    "A round, or `installation`; default: all.": "轮次，或 `installation`（系统自身日志）；默认全部。",
    "A round, or `installation`.": "轮次，或 `installation`（系统自身日志）。",
    "Write a checkpoint with its cosignatures as a signed note, for witnesses to cosign and auditors to keep.": (
        "将检查点连同见证签名写为签名文件，供见证人签名、审计人员留存。"
    ),
    "Checkpoint of this size; default: the latest.": "该规模的检查点；默认为最新。",
    "Also write its RFC 3161 time stamp (.tsr) to this file.": "同时将其 RFC 3161 时间戳（.tsr）写入该文件。",
    "Check a witness's cosignature against the witness's key, and store it.": (
        "以见证人的公钥核验其见证签名后予以保存。"
    ),
    "The file is the exported checkpoint as the witness returned it, with the witness's line added.": (
        "该文件为见证人交回的检查点，即所导出的检查点加上见证人的一行签名。"
    ),
    "The cosigned checkpoint.": "带见证签名的检查点。",
    "The witness's public key file, from the witness.": "见证人的公钥文件，由见证人提供。",
    "Show the receipt of an act.": "查看操作的回执。",
    "Show the receipt of an act, or why it was refused; exit code 3 while pending, 4 if it is stored nowhere.": (
        "显示操作的回执，或被拒绝的原因；回执待定时退出码为 3，系统未保存该操作时为 4。"
    ),
    "With -o, the exit code is also 3 until a checkpoint covers the act, which takes a minute at most.": (
        "加 -o 时，尚无检查点涵盖的退出码也为 3，最多一分钟。"
    ),
    "Stream of the act: also ask Temporal whether it is waiting there.": (
        "操作所在的流：并向 Temporal 查询是否在其中等待。"
    ),
    "Anyone who has the public key can check the file offline with `selection audit receipt`.": (
        "持有公钥即可用 `selection audit receipt` 离线核验该文件。"
    ),
    "The command id of the act.": "操作时所用的操作编号。",
    "Also write the proof (.tlog-proof) to this file.": "同时将证明（.tlog-proof）写入该文件。",
    "Replay an application, the round or a list: who did what, in which role, why, and under which rules.": (
        "回放一项申报、轮次或一份推荐名单的由来：每一步由谁、以何身份、因何理由、依何规则作出。"
    ),
    "Without --at, all steps are shown. The bundle is read as it is and nothing is proven: use `selection "
    "audit verify` for that. Needs neither network nor database.": (
        "不指定时点则展示全部经过。只按证明包原样读取，"
        "不作证明；证明请用 `selection audit verify`。无需网络和数据库。"
    ),
    "NUMBER or ROUND/NUMBER; `round`; list/UNIT.": "编号，或 轮次/编号；`round` 为轮次；list/单位 为其推荐名单。",
    "A version (12), a position in the log (#345), or a time, as printed here or with a time zone.": (
        "版本（12）、日志序号（#345）或时间：按所显示的写法，或带时区。"
    ),
    "Show what changed between this point and --at.": "显示自该时点至 --at 的变化。",
    "Show what this person could see at that point.": "显示该人员在该时点所能看到的内容。",
    "Decide each act again in the debugger (pdb), with the facts of that time.": (
        "在调试器（pdb）中按当时所据的事实，逐项重新作出决定。"
    ),
    "With --debug: stop here instead of before each act: FILE:LINE or a function; may be repeated.": (
        "与 --debug 同用：在此处停止，而不在每项操作之前：文件:行号 或函数名；可多次给出。"
    ),
    "Print the papers of the process as PDF/A: receipts, reviews, lists, letters, certificates.": (
        "打印各类文件（PDF/A）：回执、评审表、名单、通知书、证书。"
    ),
    "Print the receipt of a version that you handed in.": "打印您所提交版本的受理回执。",
    "Print an application as a dossier: the version that counts now, with all its texts.": (
        "打印申报书：现行版本及其全部文本。"
    ),
    "Print a review sheet: yours, or as staff that of a reviewer.": (
        "打印评审表：您本人的；工作人员可打印某一评审专家的。"
    ),
    "Whose review; default: your own.": "何人的评审；默认为您本人。",
    "Print a panel's opinions together, without names.": "汇总打印专家组意见，不具名。",
    "Print the report of a site survey.": "打印现场实勘报告。",
    "Print the record of the overall appraisal.": "打印综合论证记录。",
    "Print the last proposal with its reasons, and what it covers.": "打印最近一版拟建名单及其理由与布局情况。",
    "Print the public notice.": "打印公示。",
    "Print an objection with its ruling: for whoever raised it, its examiners, and staff.": (
        "打印异议及处理意见：限异议人、核查人员与工作人员。"
    ),
    "Print the approval sheet: integrity check, levels, who agreed when.": (
        "打印审批表：廉洁核查、各审批层级、何人何时同意。"
    ),
    "Print the issued list, with its supplements.": "打印已发布的建设名单，含增补部分。",
    "Print the decision letter to an applicant: outcome, reasons, the panel's comments without names.": (
        "打印致申报单位的结果通知书：结果、理由、专家组意见（不具名）。"
    ),
    "Print the certificate of a centre on the list.": "打印列入名单的中心的证书。",
    "Print all that goes out once the list is issued: notice, list, every letter, every certificate.": (
        "打印名单发布后对外的全部文件：公示、名单、各通知书、各证书。"
    ),
    "The paper is sent out: record the hash of its bytes, as an officer.": (
        "该文件将发出：由经办人员将其字节的哈希记入记录。"
    ),
    "Tell whether a file is, byte for byte, a paper of the round that an officer recorded as sent out.": (
        "核对某文件是否与该轮次发出的、经办人员已记录的文件逐字节相同。"
    ),
    "Of a letter only its applicant and staff are told.": "通知书仅告知其申报单位及工作人员。",
    "The paper as it was received.": "所收到的文件。",
    "The file to write; default: the paper's kind and number.": "写入的文件；默认以文件种类和编号命名。",
    "Show the entry that the code on a paper leads to, and whether its hash is the record's.": (
        "显示文件上的码所指的条目，并核对其哈希与记录是否一致。"
    ),
    "What the code on the paper says.": "文件上的码的内容。",
    "The folder to write to.": "写入的文件夹。",
    "In every language of the round, also with --lang.": "以轮次的各种语言，即使使用 --lang。",
}
