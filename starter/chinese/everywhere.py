"""What several groups of commands say in their help, and the titles of the top help: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Select innovation centres by a fair process: rounds, reviews, approvals, and a record that anyone can "
    "verify.": ("以公正、全程留痕的流程遴选创新中心：轮次、评审、审批，以及任何人均可核验的记录。"),
    "These options may be given anywhere on the command line. Exit codes: 0 done; 1 something is broken; 2 "
    "refused; 3 accepted, receipt pending; 4 not accepted: the act is stored nowhere, so send it again with "
    "the same id.": (
        "以下选项可置于命令行任意位置。退出码：0 已完成；1 系统有故障；"
        "2 操作被拒绝；3 已受理，回执待定；4 未受理：系统未保存该操作，请用同一编号重新提交。"
    ),
    "The id of the person who acts or reads.": "操作人或查看人的人员编号。",
    "Your key, with which acts are signed; default: SELECTION_KEY.": "用于签名的本人密钥；默认取 SELECTION_KEY。",
    "Write an act that two must sign to this file instead of sending it.": (
        "须两人签名的操作：写入该文件，暂不提交。"
    ),
    "Your keys and signatures": "密钥与签名",
    "Idempotency key: repeating a command with it does not repeat the act.": (
        "操作编号（幂等键）：以同一编号重复提交，只办理一次。"
    ),
    "Print JSON, for programs.": "以 JSON 输出，供程序使用。",
    "Print the version, and do nothing else.": "输出版本号，不做其他事。",
    "en or zh; default: the language in LANG.": "en 或 zh；默认取 LANG 所设语言。",
    "Data folder of the stack; default: SELECTION_DATA, or .selection.": (
        "实例的数据目录；默认取 SELECTION_DATA，未设置时为 .selection。"
    ),
    "Operation": "运维",
    "Before a round": "开启轮次之前",
    "For officers, supervisors and approvers": "经办人员、监督人员与审批人",
    "For applicants, recommenders, experts and objectors": "申报单位、推荐单位、评审专家与异议人",
    "Files and texts": "文件与文本",
    "Reading and verifying": "查阅与核验",
    "Example:": "示例：",
    "Examples:": "示例：",
    "The round's id.": "轮次编号。",
    "The application's number.": "申报编号。",
    "ROUND/NUMBER.": "轮次/申报编号。",
    "A text, @FILE or ref:ID.": "文本，或 @文件、ref:编号。",
    "Why: a text, @FILE or ref:ID.": "理由：文本，或 @文件、ref:编号。",
    "Needs neither network nor database.": "无需网络和数据库。",
    "The file to write.": "写入的文件。",
    "The file to write; default: standard output.": "写入的文件；默认为标准输出。",
    "Show this message and exit.": "显示本帮助并退出。",
    "--lang must be en or zh": "--lang 只能是 en 或 zh",
    "FILE or --draft, not both": "文件与 --draft 只能二选一",
    "--command-id must be 1 to 90 printable characters without spaces or slashes": (
        "--command-id 须为 1 至 90 个可见字符，不含空格和斜线"
    ),
}
