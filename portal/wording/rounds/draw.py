"""The draw of panels."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Draw of panels", "抽取专家"),
    "lead": (
        "First you commit to a secret that nobody knows, then it is opened with public random numbers that nobody "
        "could know. The panels follow from both, so that nobody chooses them.",
        "先承诺一个无人知晓的密钥，再以事先无人可知的公开随机数开启。专家组由两者共同得出，任何人都不能挑选。",
    ),
    "pool": ("What this draw would be computed from", "本次抽取的依据"),
    "name": ("Draw", "抽取"),
    "commitment": ("Hash of the secret (SHA-256)", "密钥的哈希（SHA-256）"),
    "applications": ("Applications", "申报数"),
    "seats": ("Seats to fill", "待补席位"),
    "alternates": ("Alternates", "候补人数"),
    "experts": ("Experts who may be drawn", "可抽取的专家"),
    "employers": ("Their employers", "所属单位数"),
    "secret": ("Secret", "密钥"),
    "secret-help": (
        "Made for this page alone, and kept nowhere here. Copy it to where only you find it: without it the draw "
        "cannot be opened, and two officers have to give it up.",
        "仅为本页生成，系统不保存。请将其复制保存在只有您能取得之处：遗失则无法开启抽取，只能由两名经办人员放弃。",
    ),
    "kept": ("I have kept the secret", "我已保存密钥"),
    "commit": ("Check and sign", "核对并签名"),
    "no-secret": (
        "The secret was changed. Keep the new one that is shown now.",
        "密钥已被改动，请保存现在显示的新密钥。",
    ),
    "not-kept": ("Keep the secret first, and say that you did.", "请先保存密钥，并勾选确认。"),
    "waits": ("{name} is committed and waits to be opened.", "{name} 已承诺，等待开启。"),
    "past": ("Draws so far", "历次抽取"),
    "opened": ("opened", "已开启"),
    "given-up": ("given up", "已放弃"),
    "waiting": ("waits", "待开启"),
}
