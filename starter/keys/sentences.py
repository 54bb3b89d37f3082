"""The sentences of what goes wrong with keys, sessions and second signatures, in English and Chinese."""

KEY_FAILURES: dict[str, tuple[str, str]] = {
    "key-exists": ("{text}.", "密钥文件已存在，不会覆盖：{text}。"),
    "key-needed": (
        "This must be signed with your own key: give its file with --key FILE or in SELECTION_KEY.",
        "此操作须用本人密钥签名：请用 --key 文件 或 SELECTION_KEY 指明密钥文件。",
    ),
    "key-of-another": (
        "This key belongs to {person}; leave --as out, or give your own key.",
        "该密钥属于 {person}；请去掉 --as，或改用本人密钥。",
    ),
    "key-name": (
        "The name of a key must be 1 to {limit} characters without spaces or plus signs.",
        "密钥名称为 1 至 {limit} 个字符，不含空格和加号。",
    ),
    "key-open": ("{text}.", "私钥文件对他人可读，请用 chmod 600 关闭：{text}。"),
    "key-file-wrong": (
        "{text}; create one with `selection keys new`.",
        "密钥文件无法使用：{text}；可用 `selection keys new` 新建。",
    ),
    "own-key-wrong": (
        "{text} is not a file that `selection key new` made; make a key with that.",
        "{text} 不是 `selection key new` 生成的密钥文件；请用该命令新建。",
    ),
    "passphrase-wrong": (
        "The passphrase does not open this key, or its file was changed; type it again.",
        "口令不符，或密钥文件被改动；请重新输入。",
    ),
    "passphrase-missing": (
        "Nobody can be asked for the passphrase here: name a file that contains it in SELECTION_KEY_PASSPHRASE_FILE.",
        "此处无法询问口令：请用 SELECTION_KEY_PASSPHRASE_FILE 指明存有口令的文件。",
    ),
    "passphrase-short": (
        "The passphrase needs at least {least} characters; choose a longer one.",
        "口令至少须有 {least} 个字符，请换用更长的口令。",
    ),
    "passphrase-differ": (
        "You typed two different passphrases; no key was made. Start again.",
        "两次输入的口令不同，未生成密钥；请重新开始。",
    ),
    "token-missing": (
        "No FIDO2 token is plugged in, or you may not open it (on Linux: /dev/hidraw*). Plug it in and repeat.",
        "未插入 FIDO2 令牌，或无权访问（Linux 下为 /dev/hidraw*）；请插入后重试。",
    ),
    "token-failed": (
        "The token did not sign ({text}). It needs a PIN or fingerprint, and must be the one that made this key.",
        "令牌未签名（{text}）。令牌须设有 PIN 或指纹，且须为生成该密钥的令牌。",
    ),
    "session-unreadable": (
        "{text} is no session; remove it and log in again with `selection login`.",
        "{text} 不是会话文件；请删除后用 `selection login` 重新登录。",
    ),
    "session-goes-on": (
        "You are not logged out, as the record could not say so: {text} Until it runs out the session still counts, "
        "for whoever has its file in {folder}. Run `selection logout` again later; where others use this machine, "
        "delete the file and revoke its key with your own (`selection key list`, `selection key revoke KEY`).",
        "尚未退出登录，因为未能写入记录：{text} 在到期之前，持有 {folder} 中会话文件者仍可使用该会话。"
        "请稍后再次运行 `selection logout`；如他人也使用本机，请删除该文件，并用本人密钥注销会话密钥"
        "（`selection key list`、`selection key revoke 密钥名`）。",
    ),
    "request-unreadable": (
        "{text} is not what `selection key request` writes; ask for the file again.",
        "{text} 不是 `selection key request` 写出的文件，请重新索取。",
    ),
    "second-not-needed": (
        "One signature is enough for this act; repeat it without --for-second.",
        "此操作只需一人签名；请去掉 --for-second 重新提交。",
    ),
    "second-unreadable": (
        "{text} is not an act that waits for a second signature; ask for the file again.",
        "{text} 不是待第二人签名的操作，请重新索取该文件。",
    ),
}
