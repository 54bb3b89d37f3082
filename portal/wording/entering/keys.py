"""Keys: one's own, further ones, a first one by a code, and those that wait to be confirmed."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("My keys", "我的密钥"),
    "lead": (
        "With each of these keys acts count as yours. Revoke a key at once if it is lost or somebody else has it.",
        "以下每个密钥签署的操作均视为您本人的操作。密钥遗失或被他人掌握的，请立即注销。",
    ),
    "local": (
        "This installation is local: acts count here without a signature, and nobody needs a key.",
        "本系统为单机安装：操作无须签名，任何人都不需要密钥。",
    ),
    "none": (
        "You have no key yet. Your first one is made with the code from your letter.",
        "您还没有密钥。请使用邮件中的登记码登记首个密钥。",
    ),
    "first": ("Make your first passkey", "登记首个通行密钥"),
    "none-here": (
        "None of your keys signs in a browser. Enrol a security token on the command line, where your key is.",
        "您的密钥均不能在浏览器中签名。请在密钥所在的命令行登记安全令牌。",
    ),
    "key": ("Name of the key", "密钥名称"),
    "only": ("Your only passkey", "您唯一的通行密钥"),
    "only-then": (
        "Once it is revoked you can neither sign in here nor sign. A new first key takes a letter with a code, and "
        "somebody of the staff who confirms it. Make another passkey before.",
        "注销后您将无法在此登录和签名；重新登记首个密钥须另行取得登记码，并经工作人员确认。请先新增一个通行密钥。",
    ),
    "site": ("Site it was made for", "适用网站"),
    "site-none": ("none: a key in a file", "无（文件密钥）"),
    "kind": ("What it is", "类型"),
    "kind-webauthn": ("Passkey", "通行密钥"),
    "kind-ed25519": ("Key file of the command line", "命令行密钥文件"),
    "kind-session": ("Session of the command line", "命令行会话"),
    "since": ("Since", "登记时间"),
    "by": ("enrolled by {person}", "登记人：{person}"),
    "by-self": ("enrolled by you", "由本人登记"),
    "until": ("Until", "有效期至"),
    "until-revoked": ("no end", "长期有效"),
    "used": ("Last used here", "最近在此使用"),
    "used-never": ("in no open session", "现有会话均未使用"),
    "this": ("signed in with", "当前登录所用"),
    "revoke": ("Revoke", "注销"),
    "revoke-which": ("the key {which}", "密钥 {which}"),
    "sessions": ("Where I am signed in", "查看登录情况"),
    "register": ("Register of people and keys", "人员与密钥登记"),
    "new": ("Make another passkey", "新增通行密钥"),
    "new-title": ("Another passkey", "新增通行密钥"),
    "new-lead": (
        "Have a second passkey on another device, so that you can go on if this one is lost.",
        "建议在另一台设备上再备一个通行密钥，以便当前设备遗失时仍可办理。",
    ),
    "steps": ("What happens", "步骤"),
    "step-old": (
        "You show a passkey that you have, so that the new one does not take its place.",
        "出示您已有的通行密钥，以免被新密钥覆盖。",
    ),
    "step-make": (
        "You choose where the new one is kept: another device, a phone, or a security token.",
        "选择新密钥的存放位置：另一台设备、手机或安全令牌。",
    ),
    "step-prove": ("The new passkey signs that it is to be yours.", "新密钥签署“归您所有”的声明。"),
    "step-sign": (
        "A passkey that you have signs for it. From then on it counts.",
        "由您已有的通行密钥签名确认，新密钥随即生效。",
    ),
    "make": ("Make the passkey", "创建通行密钥"),
    "needs-script": (
        "Making a passkey needs JavaScript, which this browser does not run.",
        "创建通行密钥需要 JavaScript，而此浏览器未启用。",
    ),
    "cancelled": (
        "No passkey was made: it was cancelled or took too long. Try again.",
        "未创建通行密钥：操作已取消或超时。请重试。",
    ),
    "held": (
        "That device holds a passkey of yours already, which stays as it is. Choose another device or a token.",
        "该设备上已有您的通行密钥，原密钥保持不变。请选择其他设备或安全令牌。",
    ),
    "prove-title": ("Have the new passkey sign", "由新密钥签名"),
    "prove-lead": (
        "The passkey was made. It counts for nothing yet: have it sign that it is to be yours.",
        "通行密钥已创建，但尚未生效。请用其签署“归您所有”的声明。",
    ),
    "prove": ("Sign with the new passkey", "使用新密钥签名"),
    "prove-cancelled": (
        "The new passkey gave no signature: it was cancelled or took too long. Try again.",
        "新密钥未给出签名：操作已取消或超时。请重试。",
    ),
    "statement": ("What the new passkey signs", "新密钥签署的内容"),
    "first-title": ("Your first passkey", "登记首个通行密钥"),
    "first-lead": (
        "With a passkey you sign in and sign your acts. For the first one you need the code from your letter.",
        "通行密钥用于登录和签署操作。登记首个通行密钥需要邮件中的登记码。",
    ),
    "first-step-make": ("Make the passkey on this device or on your phone.", "在本机或手机上创建通行密钥。"),
    "first-step-prove": (
        "Type the code from your letter. It stays on this page and is not sent.",
        "输入邮件中的登记码。登记码只在本页使用，不会发送。",
    ),
    "first-step-confirm": (
        "An officer or administrator confirms that it is yours. Then you can sign in.",
        "经办人员或管理员确认密钥归您所有，之后即可登录。",
    ),
    "account": ("Account", "账号"),
    "account-help": (
        "As it stands in your letter or was told to you.",
        "以邮件所载或工作人员告知的账号为准。",
    ),
    "account-missing": ("Type your account.", "请输入账号。"),
    "account-is-code": (
        "That is the code. Type your account here; the code is asked for on the next page, and stays in your browser.",
        "您输入的是登记码。此处请输入账号；登记码将在下一页输入，且不会离开您的浏览器。",
    ),
    "code": ("Code from your letter", "邮件中的登记码"),
    "code-help": (
        "26 letters and digits; dashes and capitals do not matter.",
        "共 26 位字母和数字，不区分大小写，连字符可省略。",
    ),
    "code-short": (
        "The code has 26 letters and digits. Read it again from your letter.",
        "登记码应为 26 位字母和数字。请对照邮件重新输入。",
    ),
    "code-unsupported": (
        "This browser cannot sign with the code. Take a newer one, or hand your key in on the command line.",
        "此浏览器不支持用登记码签名。请改用较新的浏览器，或通过命令行提交密钥。",
    ),
    "first-prove-lead": (
        "The passkey was made. Now the code from your letter and the passkey sign that it is to be yours.",
        "通行密钥已创建。接下来由登记码和通行密钥共同签署“归您所有”的声明。",
    ),
    "first-for": ("For the account {account}", "账号：{account}"),
    "by-code": ("What the code signs", "登记码签署的内容"),
    "first-unproven": (
        "The passkey or the code did not sign. Type the code and sign again.",
        "通行密钥或登记码未签名。请重新输入登记码并签名。",
    ),
    "first-unfit": (
        "Account and code do not belong together, or the code was used, has run out, or was replaced by a newer one. "
        "Look at your latest letter; if it stays so, ask the officer for a new code.",
        "账号与登记码不匹配，或登记码已使用、已过期、已被新码取代。请核对最近收到的邮件；仍不成功的，请向经办人员索取新码。",
    ),
    "first-done-title": ("Your passkey waits to be confirmed", "通行密钥等待确认"),
    "first-done": (
        "An officer or administrator confirms it. You get a letter then, and can sign in. If nobody confirms it within "
        "7 days, it lapses: make the passkey again.",
        "由经办人员或管理员确认。确认后您会收到邮件，即可登录。7 日内未获确认的即失效，请重新创建。",
    ),
    "first-done-name": (
        "Tell them the name of your key if they ask for it, so that they confirm the right one. Never tell the code.",
        "如工作人员询问，请告知密钥名称，以便核对；切勿告知登记码。",
    ),
    "first-sign-in": ("To the sign-in, once it is confirmed", "确认后前往登录"),
    "founder-title": ("The first administrator", "首位管理员"),
    "founder-lead": (
        "Nobody has a key here yet. Who has the code that was printed when the installation was founded becomes its "
        "first administrator with a passkey.",
        "本系统尚无任何密钥。持有系统创立时显示的登记码者，可用通行密钥成为首位管理员。",
    ),
    "founder-account-help": (
        "An id of your own choice that does not say your name, such as admin-1. It stays yours for good.",
        "由您自定、不含姓名的编号，例如 admin-1，今后固定使用。",
    ),
    "founder-step-prove": (
        "Type the code that was printed. It stays on this page and is not sent.",
        "输入创立时显示的登记码。登记码只在本页使用，不会发送。",
    ),
    "founder-step-sign": (
        "Say who you are, and sign with the passkey that you enrol it and register yourself.",
        "填写您的姓名和邮箱，并用通行密钥签署“登记密钥、登记本人”。",
    ),
    "founder-code": ("Code that was printed at the founding", "创立时显示的登记码"),
    "founder-prove-lead": (
        "The passkey was made. Now the code and the passkey sign that it is to be yours.",
        "通行密钥已创建。接下来由登记码和通行密钥共同签署“归您所有”的声明。",
    ),
    "founder-person-lead": (
        "The code fits. Letters go to this name and address; both can be erased later, and stand in no log.",
        "登记码正确。邮件将发往以下姓名和邮箱；两者日后可清除，且不写入任何日志。",
    ),
    "founder-name": ("Your name", "姓名"),
    "founder-mail": ("Your e-mail address", "电子邮箱"),
    "founder-mail-help": ("For example name@office.example", "例如 name@office.example"),
    "founder-name-missing": ("Type your name.", "请填写姓名。"),
    "founder-mail-unfit": (
        "Type one address, such as name@office.example.",
        "请填写一个邮箱地址，例如 name@office.example。",
    ),
    "founder-next": ("Go on to sign", "前往签署"),
    "founder-sign-lead": (
        "With one signature by your new passkey you do both: the first lets it count, the second makes you an "
        "administrator.",
        "以新通行密钥一次签署两项：第一项使其生效，第二项将您登记为管理员。",
    ),
    "founder-again": (
        "The record did not answer. Sign again here: what was taken already is not done twice.",
        "记录系统没有响应。请在此再次签署：已办理的不会重复办理。",
    ),
    "founder-done-title": ("You are the first administrator", "您已成为首位管理员"),
    "founder-done": (
        "Sign in with your passkey, and register the others. Register a second administrator soon: from then on both "
        "sign for staff, and a lost key locks nobody out.",
        "请用通行密钥登录，并登记其他人员。请尽早登记第二位管理员：此后登记工作人员须两人签署，一把密钥遗失也不致无人可用。",
    ),
    "confirm-title": ("Keys to confirm", "待确认的密钥"),
    "confirm-lead": (
        "These people made their first passkey with the code from their letter. It counts once you confirm it.",
        "以下人员已用邮件中的登记码创建首个通行密钥，经您确认后生效。",
    ),
    "confirm-none": ("No key waits to be confirmed.", "没有待确认的密钥。"),
    "confirm-none-found": ("No key here fits the search.", "没有符合条件的密钥。"),
    "name": ("Name", "姓名"),
    "asked": ("Since", "提交时间"),
    "sort-since": ("longest wait", "等待最久"),
    "confirm-one-title": ("Confirm a first key", "确认首个密钥"),
    "confirm-check": (
        "Ask the person, where you know that it is they who answer, for the name of their key. Confirm only if it is "
        "this one: whoever has this key acts as them.",
        "请通过确属本人的联系方式询问其密钥名称，一致方可确认：持有该密钥者即可以其身份操作。",
    ),
    "confirm-not": (
        "If they did not make it, do not confirm it: send them a new code, which ends this one.",
        "如非本人创建，请勿确认，并向其发送新的登记码，此密钥随即作废。",
    ),
    "confirm-new-code": ("Send a new code", "发送新的登记码"),
    "confirm": ("Confirm this key", "确认此密钥"),
}
