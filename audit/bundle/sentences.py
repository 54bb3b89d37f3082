"""What is claimed of the files and contents of a bundle, and what can be found instead."""

from audit.claims import Sentences

CLAIMS: Sentences = {
    "files-whole": (
        "The bundle holds exactly the files that its manifest lists, unchanged.",
        "证明包内的文件与其清单完全一致，未被改动。",
    ),
    "key-named": (
        "The key that the bundle names is the key that was given from outside.",
        "证明包所标明的公钥与外部提供的公钥相同。",
    ),
    "contents-whole": (
        "Every content in the bundle is the one to which the record refers.",
        "证明包内的每份内容均为记录所指的内容。",
    ),
    "contents-present": (
        "Every content to which the round's entries refer is in the bundle, unless an entry says that it was erased "
        "or lost.",
        "本轮条目所引用的内容均在证明包内；条目载明已清除或已丢失的除外。",
    ),
    "papers-borne-out": (
        "Of every paper that left, as its officer recorded, the record held by then what it says: a notice was open, "
        "a list issued, an application ended, a centre listed. Of a letter on an outcome that had been undone by then "
        "its officer recorded that too.",
        "经办人员记录为已发出的每份文件，其发出时记录中均已有其所据：公示已开始，名单已发布，申报已终结，中心已列入名单；"
        "通知书所载结果当时已撤销的，经办人员一并载明。",
    ),
    "papers-readable": ("The lists of papers that left can be read.", "已发出文件的清单可读。"),
    "files-readable": ("The files of the bundle can be read.", "证明包内的文件可读。"),
    "contents-readable": ("The contents can be read.", "内容文件可读。"),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "content-differs": ("The content is not the one referred to.", "内容与记录所指不符。"),
    "contents-missing": (
        "{counted:content|contents} of the round that no entry says were erased or lost: left out, by a redacted "
        "export or by anybody. What they say can't be judged; {public} of them a redacted export holds too.",
        "有 {counted} 份本轮内容不在证明包内，且没有条目载明已清除或丢失，即导出时隐去或被人略去；其所述无从核对。"
        "其中 {public} 份在隐去内容的证明包中也应保留。",
    ),
    "content-not-referred-to": ("No entry refers to this content.", "没有条目引用该内容。"),
    "file-damaged": ("The file is damaged.", "文件已损坏。"),
    "file-differs": ("The file is not the one that the manifest lists.", "文件与清单不符。"),
    "file-missing": ("The file is missing.", "缺少该文件。"),
    "file-not-canonical": ("The file is not in the required form.", "文件书写不规范。"),
    "file-not-listed": ("The manifest does not list this file.", "清单中没有该文件。"),
    "file-too-large": ("The file is too large to belong here.", "文件过大。"),
    "file-unreadable": ("The file can't be read.", "文件无法读取。"),
    "leaf-not-canonical": ("The entry is not in the required form.", "条目书写不规范。"),
    "leaf-too-large": ("The entry is larger than an entry may be.", "条目超过允许的大小。"),
    "leaf-unreadable": ("The entry can't be read.", "条目无法读取。"),
    "line-unfinished": ("The file ends in the middle of a line.", "文件在一行中间中断。"),
    "paper-not-overtaken": (
        "A paper was recorded as sent after its outcome was undone, which had not been: {kind} {application}.",
        "文件被登记为在其所载结果撤销之后发出，而该结果并未撤销：{kind} {application}。",
    ),
    "paper-overtaken": (
        "A paper was recorded whose outcome had been undone, and nothing says so: {kind} {application}.",
        "所登记文件载明的结果当时已撤销，却未予载明：{kind} {application}。",
    ),
    "paper-unfounded": (
        "A paper left that rests on nothing in the record: {kind} {application}.",
        "发出了记录中无所依据的文件：{kind} {application}。",
    ),
    "papers-unreadable": ("The list of papers that left can't be read.", "已发出文件的清单无法读取。"),
    "other-key-named": ("The bundle names another key, of {found}.", "证明包标明的是另一公钥：{found}。"),
}
"""What can be found instead."""
