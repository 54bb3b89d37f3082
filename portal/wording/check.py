"""Checking a receipt in the visitor's own browser."""

VERDICTS: dict[str, tuple[str, str]] = {
    "proven": (
        "Proven: the act stands in the log that was signed with this key.",
        "已证明：该操作在以此密钥签名的日志之中。",
    ),
    "file-missing": ("Choose the receipt's file first.", "请先选择回执文件。"),
    "too-large": (
        "Not proven: the file is too large to be a receipt. Choose the file that ends in .tlog-proof.",
        "未能证明：文件过大，不是回执。请选择以 .tlog-proof 结尾的文件。",
    ),
    "file-unfit": (
        "Not proven: the file is no receipt, or was damaged or changed. Fetch it again where you got it.",
        "未能证明：该文件不是回执，或已损坏、被改动。请从原处重新获取。",
    ),
    "hash-unfit": (
        "Not checked: the hash of the entry has 64 characters, 0 to 9 and a to f. Copy it from your receipt again.",
        "未作核验：条目哈希应为 64 个字符（0 至 9、a 至 f）。请从回执中重新复制。",
    ),
    "key-unfit": (
        "Not checked: this is no public key of an installation. Copy the whole line of the .vkey file.",
        "未作核验：这不是系统公钥。请复制 .vkey 文件中的整行内容。",
    ),
    "other-key": (
        "Not proven: the receipt was signed with another key, or for another installation. Make sure of the key with "
        "the organiser, and keep the file.",
        "未能证明：该回执由其他密钥或其他系统签名。请向组织单位核实公钥，并保留该文件。",
    ),
    "signature-wrong": (
        "Not proven: the signature does not hold, so that the receipt was changed or forged. Keep the file and tell "
        "the supervisor.",
        "未能证明：签名不成立，回执已被改动或系伪造。请保留该文件并告知监督人员。",
    ),
    "not-in-log": (
        "Not proven: the receipt does not lead from this hash to the signed log. The hash is that of another entry, or "
        "one of the two was changed.",
        "未能证明：由此哈希不能推出已签名的日志。该哈希属于其他条目，或哈希、回执之一已被改动。",
    ),
    "no-ed25519": (
        "Not checked: this browser cannot check Ed25519 signatures. Use a newer one, or check offline as told below.",
        "未作核验：此浏览器不支持 Ed25519 签名核验。请换用较新的浏览器，或按下文离线核验。",
    ),
    "no-crypto": (
        "Not checked: the browser checks nothing on a page that was not opened by https. Open it so, or check offline.",
        "未作核验：未通过 https 打开的页面不能使用浏览器的密码功能。请改用 https 打开，或离线核验。",
    ),
    "broken": (
        "Not checked: something broke in the browser. Load the page again, or check offline as told below.",
        "未作核验：浏览器出现故障。请重新打开此页，或按下文离线核验。",
    ),
}
"""What may come of it, by the codes of portal/static/receipt.js."""

WORDS: dict[str, tuple[str, str]] = {
    **VERDICTS,
    "title": ("Check a receipt", "核验回执"),
    "lead": (
        "See for yourself that an act stands in the signed record. Your browser reckons it; nothing that you choose or "
        "paste here is sent to anybody.",
        "您可自行核验某项操作是否已载入经签名的记录。核验在您的浏览器中完成，所选文件与粘贴内容均不会发送给任何人。",
    ),
    "needs-script": (
        "Checking here needs JavaScript, which this browser does not run. Without it, check offline as told below.",
        "在此核验需要 JavaScript，而此浏览器未启用。您可按下文离线核验。",
    ),
    "file": ("Receipt", "回执文件"),
    "file-help": (
        "The file that ends in .tlog-proof, from “My acts” or the command “selection receipt … -o”.",
        "以 .tlog-proof 结尾的文件，可在“我的操作”中下载，或由命令 selection receipt … -o 生成。",
    ),
    "hash": ("Hash of the entry", "条目哈希"),
    "hash-help": (
        "The 64 characters that were shown to you when you acted. They say which entry you mean.",
        "办理操作时向您显示的 64 个字符，用以指明所核验的条目。",
    ),
    "key": ("Public key of the installation", "系统公钥"),
    "key-help": (
        "The line of the .vkey file. Take it from where the organiser publishes it, not from whoever gave you the "
        "receipt: the proof is worth as much as this key.",
        "即 .vkey 文件中的一行。请从组织单位公布之处获取，不要使用回执提供者转交的公钥：证明的效力取决于此公钥。",
    ),
    "button": ("Check", "核验"),
    "fact-log": ("Log", "日志"),
    "fact-index": ("Place in the log, from 0", "日志中的序号（从 0 起）"),
    "fact-size": ("Entries that were signed", "已签名的条目数"),
    "proves-title": ("What it proves", "能证明什么"),
    "proves": (
        "That the entry with this hash stands at this place of the log as the installation signed it: it cannot be "
        "taken out or changed any more without that being seen. It does not say what is written in the entry, nor that "
        "what was done is right.",
        "证明具有此哈希的条目位于系统签名日志的该序号处：此后若被删除或改动，均会被发现。但不说明条目的内容，也不说明所办事项是否正确。",
    ),
    "offline-title": ("Check it without this site", "不依赖本站核验"),
    "offline": (
        "This page comes from the site whose record you check. Who does not want to rely on it installs the program on "
        "a computer of their own and checks there, without any network:",
        "此页面由被核验的系统自身提供。如不愿依赖本站，可在自己的计算机上安装程序，断网核验：",
    ),
    "paper-title": ("Check a paper", "核对纸质文件"),
    "paper-left": ("This paper left as it is.", "该文件与发出时逐字节一致。"),
    "paper-kind": ("Paper", "文件种类"),
    "paper-unrecorded": (
        "No paper of this round that you may see left with these bytes. Check that the file is as it was received: "
        "printing or saving it anew changes it.",
        "本轮次中没有与之逐字节一致且您有权查看的已发出文件。请确认文件为收到时的原件：重新打印或另存都会改变文件。",
    ),
    "paper-missing": (
        "Choose the round, and the file as it was received.",
        "请选择轮次，并选择收到时的原文件。",
    ),
    "by-code": ("By the code on it", "按文件上的编码核对"),
    "by-file": ("By the file itself", "按文件本身核对"),
    "code": ("What the code says", "编码内容"),
    "code-help": (
        "Scan the square code, or copy the line below it, which begins with “selection:”.",
        "扫描方形编码，或抄录其下以“selection:”开头的一行。",
    ),
    "code-show": ("Show the entry", "显示条目"),
    "code-unfit": (
        "This is no code of a paper. Copy it whole, from “selection:” to its end.",
        "这不是文件上的编码。请自“selection:”起完整抄录。",
    ),
    "code-hidden": (
        "The record holds no such entry, or it does not show to you. Look at the code again; if it stays so, ask the "
        "officer.",
        "记录中没有该条目，或您无权查看。请再次核对编码；仍如此的，请联系经办人员。",
    ),
    "code-wrong": (
        "There is an entry at this place, but its hash is not the one on the paper: the paper was forged, or the "
        "record was changed. Tell the supervisor.",
        "该处有条目，但其哈希与文件所载不符：文件系伪造，或记录被改动。请告知监督人员。",
    ),
    "code-holds": (
        "The record holds this entry, with the hash on the paper.",
        "记录中有该条目，哈希与文件所载一致。",
    ),
    "code-leads": ("The code leads to this entry.", "编码指向下列条目。"),
    "paper": ("Paper", "文件"),
    "paper-help": (
        "The PDF as it was received, at most 20 MB. Its hash is compared; the file is not kept.",
        "收到时的 PDF 原件，不超过 20 MB。仅比对其哈希，文件不予保存。",
    ),
    "paper-button": ("Compare", "比对"),
    "checkpoints": ("Signed checkpoints", "已签名检查点"),
    "checkpoints-lead": (
        "What the installation signed of each log, the latest first. Who keeps one can show later that nothing before "
        "it was changed; a witness adds a signature to it.",
        "系统对各日志签名的检查点，最近者在前。留存检查点，日后即可证明其前的记录未被改动；见证人可在其上追加签名。",
    ),
    "checkpoints-none": ("No checkpoint fits this search.", "没有符合条件的检查点。"),
    "cosigned": ("Beside it", "附加证明"),
    "cosigned-by": (
        "{witnesses:witness|witnesses}, {stamps:time stamp|time stamps}",
        "见证人 {witnesses} 名，时间戳 {stamps} 个",
    ),
    "note": ("To keep", "留存"),
    "note-fetch": ("Download", "下载"),
    "note-of": ("Download the checkpoint of {log} at {size}", "下载 {log} 第 {size} 条处的检查点"),
    "a-file": ("act", "回执"),
    "a-key": ("installation", "公钥"),
    "a-hash": ("HASH", "哈希"),
    "offline-others": (
        "The receipt follows public rules (C2SP tlog-proof, RFC 6962, Ed25519), so other programs can check it too.",
        "回执采用公开规范（C2SP tlog-proof、RFC 6962、Ed25519），其他程序同样可以核验。",
    ),
}
