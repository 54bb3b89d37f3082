"""Signing in and out."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Sign in", "登录"),
    "lead": (
        "Sign in with the passkey that you enrolled: your device asks for your PIN, finger or face.",
        "请使用已登记的通行密钥登录：设备将要求您验证 PIN、指纹或面容。",
    ),
    "button": ("Sign in with a passkey", "使用通行密钥登录"),
    "account": ("Account", "账号"),
    "account-help": (
        "Only needed if your key is a security token that was enrolled on the command line.",
        "仅当您的密钥是通过命令行登记的安全令牌时才需填写。",
    ),
    "account-open": ("Your key is a security token?", "您使用的是安全令牌？"),
    "needs-script": (
        "Signing in with a passkey needs JavaScript, which this browser does not run.",
        "使用通行密钥登录需要 JavaScript，而此浏览器未启用。",
    ),
    "no-key": (
        "No passkey yet? The officer sends you a code to enrol one.",
        "还没有通行密钥？经办人员会向您发送登记码。",
    ),
    "provider-lead": (
        "Or sign in as elsewhere at your organisation. To sign an act you need your own key all the same.",
        "也可使用单位统一账号登录；签署操作时仍须使用您本人的密钥。",
    ),
    "provider-button": ("Sign in with {name}", "使用 {name} 登录"),
    "provider-away": (
        "The provider of sign-ins does not answer. Try again later, or sign in with your passkey.",
        "统一登录服务暂无响应。请稍后重试，或使用通行密钥登录。",
    ),
    "provider-failed": (
        "The sign-in did not come to an end: it was begun in another browser, took too long, or was not confirmed. "
        "Begin again.",
        "登录未完成：可能由其他浏览器发起、已超时，或未获确认。请重新登录。",
    ),
    "provider-cancelled": (
        "The sign-in was cancelled at the provider. Begin again, or sign in with your passkey.",
        "您已在统一登录服务中取消登录。请重新登录，或使用通行密钥登录。",
    ),
    "provider-unknown": (
        "You are signed in there, but that account is not registered here. Ask the officer of the round.",
        "您已通过统一登录，但该账号未在本系统登记。请联系本轮经办人员。",
    ),
    "local": (
        "This installation is local: open the sign-in link that was printed when it started, or have another one "
        "printed by {command}.",
        "本系统为单机安装：请打开启动时显示的登录链接，或运行 {command} 另取一个。",
    ),
    "cancelled": (
        "The device gave no signature: it was cancelled, took too long, or holds no passkey for this site. Try again.",
        "设备未给出签名：操作已取消、已超时，或设备上没有本站的通行密钥。请重试。",
    ),
    "failed": (
        "The passkey is not enrolled, was revoked, or the page was open for too long. Try again.",
        "该通行密钥未登记或已注销，或页面打开时间过长。请重试。",
    ),
    "elsewhere": (
        "Passkeys count at {portal} alone, as the record says: sign in there. This page is at {here}; if that is to be "
        "the address, two administrators name it first.",
        "按记录所载，通行密钥仅在 {portal} 有效，请前往该地址登录。"
        "本页地址为 {here}；如需改用此地址，须先由两名管理员变更。",
    ),
    "ended": ("You are signed out.", "您已退出登录。"),
    "choose-title": ("Whom to act as", "选择身份"),
    "choose-lead": (
        "On this machine anybody may act as anybody, which is for demonstration alone.",
        "在本机上任何人都可以以任何身份操作，仅供演示。",
    ),
    "link-over": ("This link does not work any more", "登录链接已失效"),
    "choose-person": ("Person", "人员"),
    "choose-button": ("Go on", "继续"),
    "choose-none": (
        "Nobody is registered yet. Register people with {command}, then open this page again.",
        "尚未登记任何人员。请先用 {command} 登记人员，再打开此页。",
    ),
    "link-used": (
        "This link was used or has run out. Have another one printed by {command}.",
        "该链接已使用或已失效。请运行 {command} 另取一个。",
    ),
}
