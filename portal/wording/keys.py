"""Keys: one's own, further ones, a first one by a code, and those that wait to be confirmed."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("My keys", "我的密钥"),
    "lead": (
        "With each of these keys acts count as yours. Take a key back at once if it is lost or somebody else has it.",
        "以下每个密钥签署的操作均视为您本人的操作。密钥遗失或被他人掌握的，请立即注销。",
    ),
    "local": (
        "This installation is local: acts count here without a signature, and nobody needs a key.",
        "本系统为单机安装：操作无须签名，任何人都不需要密钥。",
    ),
    "none": (
        "You have no key yet. Your first one is made with the code from your letter.",
        "您还没有密钥。请使用信函中的登记码登记首个密钥。",
    ),
    "first": ("Make your first passkey", "登记首个通行密钥"),
    "none-here": (
        "None of your keys signs in a browser. Enrol a security token on the command line, where your key is.",
        "您的密钥均不能在浏览器中签名。请在密钥所在的命令行登记安全令牌。",
    ),
    "key": ("Key", "密钥"),
    "kind": ("What it is", "类型"),
    "kind-webauthn": ("Passkey", "通行密钥"),
    "kind-ed25519": ("Key file of the command line", "命令行密钥文件"),
    "kind-session": ("Session of the command line", "命令行会话"),
    "since": ("Since", "登记时间"),
    "by": ("Enrolled by", "登记人"),
    "by-self": ("you", "本人"),
    "until": ("Until", "有效期至"),
    "until-revoked": ("taken back", "注销为止"),
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
}
