"""Why a signature does not count, in English and Chinese. Such an act leaves no entry, and nothing is shown."""

SIGNING: dict[str, tuple[str, str]] = {
    "unsigned": (
        "This act must be signed: enrol a key with `selection key enrol`, or log in with `selection login`.",
        "此操作须签名：请用 `selection key enrol` 登记密钥，或用 `selection login` 登录。",
    ),
    "signature-key": (
        "The key that signed this is not enrolled for you, has been revoked or has run out. Log in anew with "
        "`selection login`, and see `selection key list`.",
        "所用密钥未登记在您名下、已被注销或已过期。请用 `selection login` 重新登录，并用 `selection key list` 查看。",
    ),
    "signature-weak": (
        "A session's signature is not enough for this act; sign it with your own key.",
        "会话签名不足以办理此事，请用本人密钥签名。",
    ),
    "link-used": (
        "This sign-in link was used or has run out; ask for another with `selection portal link`.",
        "该登录链接已使用或已失效，请用 `selection portal link` 另取一个。",
    ),
    "signature-wrong": (
        "The signature does not fit: it was made for something else, or something was changed since. Sign again.",
        "签名不符：签署的是其他内容，或内容此后有改动。请重新签名。",
    ),
    "signature-expired": (
        "The signature counts from {issued} to {expires} only; sign again.",
        "签名仅在{issued}至{expires}之间有效，请重新签名。",
    ),
    "signature-elsewhere": (
        "The signature was made for another installation or under other rules; read the case anew and sign again.",
        "签名针对的是其他系统或其他规则；请重新查看该事项后签名。",
    ),
    "login-needed": (
        "Whoever reads here must show that it is they, and naming yourself with --as does not. Log in with "
        "`selection login`, or give your key with --key FILE.",
        "在此查阅须证明本人身份，仅用 --as 自称不足为凭。请用 `selection login` 登录，或用 --key 文件 出示本人密钥。",
    ),
    "question-answered": (
        "This proof of identity is no longer valid: it was used before, or another service asked for it. Repeat the "
        "command, or log in anew.",
        "此身份证明已被使用，或并非本服务所要求，不再有效；请重新执行命令或重新登录。",
    ),
    "registration-wrong": (
        "The passkey was not made on this site's own page just now, with your PIN, finger or face; make it again.",
        "该通行密钥不是刚才在本站页面经 PIN、指纹或面容验证后创建的，请重新创建。",
    ),
    "second-missing": (
        "Two people must sign this act: save it with `--for-second FILE` and let the other one send it with "
        "`selection second FILE`.",
        "此操作须两人签名：请用 `--for-second 文件` 保存，由另一人用 `selection second 文件` 签名并提交。",
    ),
    "second-same": (
        "The second signature must be another person's.",
        "第二个签名须由另一人作出。",
    ),
}
