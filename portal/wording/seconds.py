"""Acts that two must sign."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Waiting for a second signature", "等待第二人签名"),
    "theirs": ("For your signature", "待您签名"),
    "own": ("Signed by you, waiting for a second signature", "您已签名，待他人签名"),
    "none": ("Nothing waits for your signature.", "没有待您签名的操作。"),
    "none-own": (
        "Nothing waits for you; what you signed waits for others:",
        "没有待您签名的操作；以下操作您已签名，待他人签名。",
    ),
    "waits": ("Somebody signed an act that waits for your signature too.", "有他人已签名的操作待您签名。"),
    "whose": ("Whose signature it waits for", "待谁签名"),
    "sort-theirs": ("Yours first", "待您签名的在先"),
    "sort-until": ("What runs out first", "先到期的在先"),
    "none-found": ("Nothing that waits is like this.", "没有符合条件的操作。"),
    "first": ("Signed first by", "第一签名人"),
    "until": ("Can be signed until", "签名截止"),
    "two": (
        "Two must sign this. After you sign, it waits for a second person in the same role; it is done once they have "
        "signed too.",
        "此操作须两人签名。您签名后，将等待同一身份的另一人签名；对方签名后方才办理。",
    ),
    "full": (
        "Nothing was signed: at most 50 of your acts wait for a second signature at a time. Have those signed that "
        "wait, or take some back; then sign here again.",
        "签名未生效：您待第二人签名的操作至多 50 项。请先由他人签署或自行撤回部分等待中的操作，再在此签名。",
    ),
    "second": (
        "Another person signed this. With your signature it is done.",
        "已由他人先行签名。您签名后即予办理。",
    ),
    "theirs-lead": (
        "Somebody signed this, and it needs the signature of one who could do it too. Read it as if it were yours.",
        "他人已就此签名，还需一名有权办理的人员签名。请视同本人办理，逐项核对。",
    ),
    "own-lead": (
        "You signed this. It is done once a second person has signed it too, who finds it among their tasks. You may "
        "close this page.",
        "您已签名。第二人签名后即予办理，对方可在待办中找到。您可以关闭本页。",
    ),
    "files": ("Files that are signed with it", "随签名内容一并提交的文件"),
    "file": ("Open file {number}", "打开文件 {number}"),
    "withdraw-title": ("Take it back", "撤回签名"),
    "withdraw-lead": (
        "Until somebody has signed second, you can take it back. The record holds nothing of it.",
        "第二人签名之前可以撤回，记录中不留任何内容。",
    ),
    "withdraw": ("Take my signature back", "撤回我的签名"),
}
