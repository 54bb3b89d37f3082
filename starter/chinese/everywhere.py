"""What several groups of commands say in their help, and the titles of the top help: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Choose centres by a fair, recorded process: rounds, reviews, approvals, and a record that can be proved.": (
        "以公正、全程留痕的流程遴选创新中心：轮次、评审、审批，以及可证明的记录。"
    ),
    "These options may stand anywhere in the line. Exit codes: 0 done, 1 something is broken, 2 refused, 3 taken and "
    "not answered yet, 4 not taken: nothing holds the act, so send it again with the same id.": (
        "以下选项可置于命令行任意位置。退出码：0 已完成，1 有组成部分出错，2 未获受理，3 已受理而尚无回执，"
        "4 未受理：系统未保存该操作，请用同一编号重新提交。"
    ),
    "Who acts or reads: an id.": "办理或查看者的人员编号。",
    "The act's own id; repeated with it, an act is done once.": "操作编号；以同一编号重复提交，只办理一次。",
    "Answer in JSON, for programs.": "以 JSON 输出，供程序使用。",
    "en or zh; else that of LANG.": "en 或 zh；默认取 LANG 的语言。",
    "The data folder of the stack; else SELECTION_DATA, else .selection.": (
        "实例的数据目录；默认取 SELECTION_DATA，未设置时为 .selection。"
    ),
    "For whoever runs it": "运维",
    "Before a round": "开启轮次之前",
    "For officers, supervisors and approvers": "经办人员、监督人员与审批人",
    "For applicants, recommenders, experts and objectors": "申报单位、推荐单位、评审专家与异议人",
    "Contents": "文件与文本",
    "To read": "查阅",
    "Example:": "示例：",
    "Examples:": "示例：",
    "The round's id.": "轮次编号。",
    "The application's number.": "申报编号。",
    "ROUND/NUMBER.": "轮次/申报编号。",
    "A text, @FILE or ref:ID.": "文本，或 @文件、ref:编号。",
    "Why: a text, @FILE or ref:ID.": "理由：文本，或 @文件、ref:编号。",
    "Needs neither network nor database.": "无需网络和数据库。",
    "The file to write.": "写入的文件。",
    "The file to write; else standard output.": "写入的文件；默认为标准输出。",
    "Show this message and exit.": "显示本帮助并退出。",
    "--lang is en or zh": "--lang 只能是 en 或 zh",
    "--command-id has 1 to 90 printable characters, no blank and no slash": (
        "--command-id 为 1 至 90 个可见字符，不含空格和斜线"
    ),
}
