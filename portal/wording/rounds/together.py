"""Several acts that are signed once: shown, signed, and what became of each."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Check and sign: {count:act|acts}", "核对并签名：{count} 项操作"),
    "title-local": ("Check and submit: {count:act|acts}", "核对并提交：{count} 项操作"),
    "lead": (
        "These are the acts that you are about to sign, and all of them. You sign once; each is answered by itself. "
        "Nothing is recorded before you sign.",
        "以下是您将签名的全部操作。一次签名，逐项办理。签名之前不作任何记录。",
    ),
    "lead-local": (
        "These are the acts that you are about to do, and all of them; each is answered by itself. Nothing is recorded "
        "before you confirm.",
        "以下是您将提交的全部操作，逐项办理。确认之前不作任何记录。",
    ),
    "each": ("Each of them", "各项操作"),
    "signing-does": (
        "Your device asks once for your PIN, finger or face. The signature is over the list of exactly these acts, and "
        "the record keeps with each its place in the list.",
        "设备将要求您验证一次 PIN、指纹或面容。签名只对此清单中的操作有效，记录中每项操作均载明其在清单中的位置。",
    ),
    "technical-lead": (
        "Your key signs the SHA-256 of the list: how many acts there are, and the root of the RFC 6962 tree over their "
        "statements. The page computes that root itself from the statements below.",
        "您的密钥对清单的 SHA-256 签名：清单载明操作数量，以及以下声明按 RFC 6962 计算的树根。"
        "树根由本页自行依据下列声明计算。",
    ),
    "sent-title": ("{done} of {total} answered", "已答复 {done} 项，共 {total} 项"),
    "sent-lead": (
        "The acts are signed and on their way. If JavaScript is on, this page checks every few seconds; you may "
        "leave it and come back by way of My acts, also when you have signed in anew.",
        "操作已签名，正在提交。浏览器启用脚本时，本页每隔几秒自动更新；您可以离开，之后（重新登录后亦可）从“我的操作”返回本页。",
    ),
    "all-answered": ("All are answered.", "全部操作均已答复。"),
    "counts": (
        "{recorded} recorded, {refused} refused, {waiting} not answered yet.",
        "已记录 {recorded} 项，未获准 {refused} 项，尚未答复 {waiting} 项。",
    ),
    "recorded": ("recorded", "已记录"),
    "refused": ("refused", "未获准"),
    "counts-second": (
        "{count:waits|wait} for a second signature.",
        "{count} 项待第二人签名。",
    ),
    "two": (
        "Two must sign some of these acts. After you sign, each of those waits for a second person in the same role, "
        "who signs it by itself; it is done once they have.",
        "其中有须两人签名的操作。您签名后，此类操作将分别等待同一身份的另一人逐项签名；对方签名后方才办理。",
    ),
    "waiting": ("not answered yet", "尚未答复"),
    "second": ("waits for a second signature", "待第二人签名"),
    "second-look": ("Look at it", "查看"),
    "seconds-left": (
        "What needed your signature alone is answered. The rest waits for a second person, who finds it among their "
        "tasks.",
        "只需您签名的操作均已答复；其余待第二人签名，对方可在待办中找到。",
    ),
    "receipt": ("Receipt", "回执"),
    "state": ("Answer", "答复"),
    "send-rest": ("Send what is not answered again", "重新提交未答复的操作"),
    "send-rest-help": (
        "If nothing moves for a minute, send the rest again. What you signed is kept; each act is done once, however "
        "often it is sent.",
        "如一分钟内没有变化，可重新提交其余操作。您的签名已保存；无论提交几次，每项只办理一次。",
    ),
    "back": ("Back to where you chose them", "返回选择页面"),
}
