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
    "The file to write; nothing is overwritten.": "写入的文件；不会覆盖已有文件。",
    "Make the key on a FIDO2 token.": "在 FIDO2 令牌上生成密钥。",
    "Host name of the site where the token is to sign as well.": "令牌还将用于签名的网站主机名。",
    "Look at an act that another person signed, and sign it as the second one.": (
        "查看他人已签名的操作，并以第二人身份签名。"
    ),
    "Show an act that another person signed and, once you confirm, sign it as the second one and send it.": (
        "显示他人已签名的操作；经您确认后，以第二人身份签名并提交。"
    ),
    "With --json it is only shown unless --yes is given. A text whose hash does not fit is refused.": (
        "使用 --json 时只显示，除非同时给出 --yes。文本与哈希不符的，予以拒绝。"
    ),
    "What the first person's --for-second wrote.": "第一人用 --for-second 写出的文件。",
    "Sign without asking for confirmation.": "签名前不再询问。",
}
