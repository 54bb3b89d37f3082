"""The help of key, login, logout, whoami and second: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Your keys: make one, enrol or revoke it, list who signs with what.": (
        "密钥：新建、登记、注销，查看谁用何密钥签名。"
    ),
    "Make a key of your own. It stays in the file, behind a passphrase, or on a token, and is sent nowhere.": (
        "新建本人密钥。密钥以口令保护存于文件，或存于令牌，不会外传。"
    ),
    "The passphrase is asked for, or read from the file that SELECTION_KEY_PASSPHRASE_FILE names.": (
        "口令由终端询问，或从 SELECTION_KEY_PASSPHRASE_FILE 所指文件读取。"
    ),
    "Enrol it with `selection key enrol`; it signs with --key FILE, or SELECTION_KEY.": (
        "用 `selection key enrol` 登记后，以 --key 文件 或 SELECTION_KEY 签名。"
    ),
    "Your relatives, advisers and shared projects: declare, end and list them.": (
        "本人的近亲属、师生和共同项目关系：申明、终止、查看。"
    ),
    "relative, adviser or project.": "relative（近亲属）、adviser（师生）或 project（共同项目）。",
    "Code of the unit that employs them, or shares the project.": "对方所在单位或共同承担项目单位的代码。",
    "Or the id of the person, if registered.": "或对方的人员编号（如已登记）。",
    "Declare a tie of your own: from now on you stand aside; whom you name is not bound by it.": (
        "申明本人利益关系：自即时起您须回避；对方不因此回避。"
    ),
    "Declare that a tie of your own no longer holds; it binds for the years that each round's rules name.": (
        "申明本人利益关系已终止；在各轮规则规定的年限内仍须回避。"
    ),
    "List your own ties: what you declared, and what your registration tells.": (
        "列出本人利益关系：本人申明的和登记所载的。"
    ),
    "The file to write; nothing is overwritten.": "写入的文件；不会覆盖已有文件。",
    "Make the key on a FIDO2 token.": "在 FIDO2 令牌上生成密钥。",
    "Host name of the installation's portal; default: that of SELECTION_PORTAL_URL.": (
        "系统门户的主机名；默认取自 SELECTION_PORTAL_URL。"
    ),
    "Review an act that another person signed, and countersign it.": (
        "查看他人已签名的操作，并以第二人身份签名。"
    ),
    "Show an act that another person signed and, once you confirm, countersign and send it.": (
        "显示他人已签名的操作；经您确认后，以第二人身份签名并提交。"
    ),
    "With --json it is only shown unless --yes is given. A text whose hash does not fit is refused.": (
        "使用 --json 时只显示，除非同时给出 --yes。文本与哈希不符的，予以拒绝。"
    ),
    "What the first person's --for-second wrote.": "第一人用 --for-second 写出的文件。",
    "Sign without asking for confirmation.": "签名前不再询问。",
    "Send people a letter each, with a one-time code for their first key; a new code ends the former one.": (
        "逐人发送首个密钥的一次性登记码；新码发出后旧码作废。"
    ),
    "The people's ids.": "人员编号，可列多个。",
    "Revoke a key: nothing that is signed with it from then on counts. Before your only one you are asked.": (
        "注销密钥：此后以该密钥签名的操作一律无效。注销唯一密钥前须经您确认。"
    ),
    "A lost key of somebody else's is revoked by two people.": "他人遗失的密钥须由两人签名注销。",
    "The key's name, as `selection key list` shows it.": "密钥名称，见 `selection key list`。",
    "Whose key it is; default: yours.": "密钥所属人员；默认为本人。",
    "List keys: scheme, level, since when, by whom, until when, and whether they were revoked.": (
        "列出密钥：算法、级别、登记时间、登记人、失效时间及是否注销。"
    ),
    "Whose keys; default: yours.": "列出谁的密钥；默认为本人。",
    "Everyone's.": "列出所有人的密钥。",
    "Ask for your first key: write a file that an officer or administrator confirms with `selection key vouch`.": (
        "申请登记首个密钥：写出一份文件，由经办人员或管理员用 `selection key vouch` 确认。"
    ),
    "A key that `selection key new` made.": "`selection key new` 生成的密钥文件。",
    "The one-time code from your letter.": "邮件中的一次性登记码。",
    "Confirm another person's first key. Have them read its name to you before: from then on it signs for them.": (
        "确认他人的首个密钥。确认前请其向您念出密钥名称：此后该密钥即代表其本人签名。"
    ),
    "What the person's `key request` wrote.": "对方用 `key request` 写出的文件。",
    "Confirm without being asked.": "确认前不再询问。",
    "Revoke your only key without being asked.": "注销唯一密钥前不再询问。",
    "Enrol a key of your own: a further one, signed by one that you have, or the first of a new installation.": (
        "登记本人密钥：由已有密钥签名登记新密钥，或登记新建系统的首个密钥。"
    ),
    "A code is needed for the first key of a new installation only: `selection up` prints it.": (
        "仅登记新建系统的首个密钥时需要登记码：由 `selection up` 显示。"
    ),
    "The one-time code that `selection up` printed.": "`selection up` 显示的一次性登记码。",
    "Read, and sign with a session's key, for a few hours.": "登录：数小时内以会话密钥查阅和签名。",
    "Read and, where a session is enough, sign without being asked again: apply, answer invitations, object.": (
        "查阅，以及会话签名即可的操作（申报、答复邀请、提出异议），不再逐次询问密钥。"
    ),
    "Your own key vouches for the session's, which stays in a private file of yours on this machine until you "
    "log out or it runs out. A session that you had there ends.": (
        "会话密钥由本人密钥签名登记，存于本机仅您可读的文件，直至退出登录或到期；您在本机的原有会话随即结束。"
    ),
    "For how long, 12 at most.": "会话时长（小时），最长 12 小时。",
    "End the session.": "退出登录：结束会话。",
    "End your session: its key and every copy of it become invalid, and its file is removed.": (
        "结束会话：其密钥（包括任何副本）自此失效，会话文件随即删除。"
    ),
    "Without the record it cannot be ended, and stays as it is until you repeat this or it runs out.": (
        "无法写入记录时，会话不能结束，保持原状，直至再次执行本命令或到期。"
    ),
    "Show who you are acting as and which key signs.": "查看您以何身份操作、用何密钥签名。",
    "Show who you are acting as: your roles, the key and session in use, and whether acts need a signature.": (
        "显示您在此处的身份、可用的密钥与会话，以及操作是否须签名。"
    ),
}
