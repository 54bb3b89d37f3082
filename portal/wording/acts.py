"""Acts in a page: checking, signing, receipts."""

WORDS: dict[str, tuple[str, str]] = {
    "check-title": ("Check and sign", "核对并签名"),
    "check-title-local": ("Check and submit", "核对并提交"),
    "check-lead": (
        "This is what you are about to sign, and all of it. Nothing is recorded before you do.",
        "以下是您将签名的全部内容。签名之前不作任何记录。",
    ),
    "check-lead-local": (
        "This is what you are about to do, and all of it. Nothing is recorded before you confirm it.",
        "以下是您将提交的全部内容。确认之前不作任何记录。",
    ),
    "what": ("Act", "操作"),
    "on": ("On", "对象"),
    "as": ("As", "身份"),
    "as-value": ("{name}, as {role}", "{name}，身份为{role}"),
    "sign": ("Sign and submit", "签名并提交"),
    "confirm": ("Submit", "提交"),
    "signing-does": (
        "Your device asks for your PIN, finger or face. The signature is over exactly this act and counts for "
        "no other; "
        "the record keeps it, and you get a receipt.",
        "设备将要求您验证 PIN、指纹或面容。签名只对本次操作有效，将存入记录，并向您出具回执。",
    ),
    "needs-script": (
        "Signing with a passkey needs JavaScript, which this browser does not run. Open this page in a browser that "
        "does, within the hour and in the same session, or begin anew there: what you typed is kept as a draft.",
        "使用通行密钥签名需要 JavaScript，而此浏览器未启用。请在一小时内于同一会话中启用后打开本页，"
        "或换用其他浏览器重新办理：您填写的内容已存为草稿。",
    ),
    "change": ("Change it", "返回修改"),
    "technical": ("What exactly is signed", "签名的确切内容"),
    "technical-lead": (
        "Your key signs the SHA-256 of this statement. Its digest covers the act below, which names each text by the "
        "SHA-256 of a salt and the text.",
        "您的密钥对以下声明的 SHA-256 签名。其中 digest 涵盖下方的操作，操作以盐值与文本的 SHA-256 引用每段文本。",
    ),
    "statement": ("Statement", "声明"),
    "command": ("Act", "操作"),
    "cancelled": (
        "The device gave no signature: it was cancelled, took too long, or holds no passkey for this site. "
        "Nothing was "
        "sent. Try again.",
        "设备未给出签名：操作已取消、已超时，或设备上没有本站的通行密钥。未提交任何内容，请重试。",
    ),
    "altered": (
        "This page does not show what would be signed, so nothing was signed and nothing sent. Open it anew; should "
        "this come again, sign nothing here, and tell the operator.",
        "本页显示的内容与将要签名的内容不一致，因此未签名，也未提交任何内容。请重新打开本页；如再次出现，"
        "请勿在此签名，并告知运维人员。",
    ),
    "others": ("Texts that are cited, as they are stored", "所引用的文本（原样）"),
    "not-taken": (
        "The act was not taken, as a part of the system does not answer just now. Nothing was recorded. Sign "
        "it again in a "
        "minute; it is done once, however often you send it.",
        "系统部分组件暂时没有响应，操作未被受理，没有任何记录。请稍后重新签名；无论提交几次，只办理一次。",
    ),
    "acts-too-many": (
        "You sent {limit:act|acts} or more within a minute, so this was not sent, and nothing was recorded. It is kept "
        "as it stands: try again in {seconds:second|seconds}.",
        "您在一分钟内已提交 {limit} 项或更多操作，本次未提交，没有任何记录。内容已保留：请在 {seconds} 秒后重试。",
    ),
    "refusals-too-many": (
        "{limit:act|acts} of yours on this were refused within a day, so this was not sent, and nothing was recorded. "
        "Read among your own acts why they were refused, and try again in {hours:hour|hours}; a draft of the form "
        "is kept until then.",
        "您对同一对象的操作一天内已有 {limit} 次未获准办理，本次未提交，没有任何记录。请在“我的操作”中查看未获准的原因"
        "，并在 {hours} 小时后重试；表单草稿届时仍在。",
    ),
    "not-registered": (
        "You are not registered any more, so nothing of yours is taken. Ask the officer.",
        "您已不在登记之列，您的操作不予受理。请联系经办人员。",
    ),
    "expired-title": ("This page was open for too long", "页面打开时间过长"),
    "expired": (
        "What is shown to be signed can be signed for an hour. Nothing was recorded. Go back to the form, "
        "where your draft is.",
        "待签名的内容一小时内有效，没有任何记录。请返回表单，草稿仍在。",
    ),
    "pending-title": ("Sent; the receipt is on its way", "已提交，等待回执"),
    "pending": (
        "The act was sent and will be decided. If JavaScript is on, this page checks every few seconds for the "
        "receipt; you may also leave it and look again later. Do not fill in the form again.",
        "操作已提交，等待办理。浏览器启用脚本时，本页每隔几秒查询回执；您也可以离开，稍后再看。请不要重新填写表单。",
    ),
    "pending-again": (
        "If no receipt has come after some minutes, sign this same act again; it is done once, however often you "
        "send it.",
        "如数分钟后仍无回执，可对同一操作重新签名；无论提交几次，只办理一次。",
    ),
    "pending-sign": ("Sign it again", "重新签名"),
    "pending-look": ("Look now", "立即查询"),
    "refused-title": ("Not possible", "未能办理"),
    "refused-recorded": (
        "The record holds that this was asked for and refused, without what you typed.",
        "记录载明该请求及其未获准办理，不含您填写的内容。",
    ),
    "refused-nothing": ("Nothing was recorded.", "没有留下任何记录。"),
    "receipt-title": ("Recorded", "已记录"),
    "receipt-lead": (
        "The act is recorded. This receipt says where; who has it can have the record checked against it.",
        "操作已记录。本回执载明其在记录中的位置，可据以核验记录。",
    ),
    "receipt": ("Receipt", "回执"),
    "receipt-at": ("Recorded", "记录时间"),
    "receipt-proof": ("The receipt, and the file that proves it", "查看回执并下载证明文件"),
    "next": ("Next: {task}", "下一项：{task}"),
    "next-none": ("Nothing else waits for you.", "没有其他待办事项。"),
    "tasks": ("All my tasks", "全部待办"),
    "form": ("Back to the form", "返回表单"),
    "application": ("The application", "查看申报"),
}
