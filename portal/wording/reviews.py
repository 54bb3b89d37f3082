"""The review of an application."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Review", "材料评审"),
    "scores": ("Scores", "评分"),
    "answers": ("Comments", "评审意见"),
    "application": ("What was handed in", "申报材料"),
    "none": ("The application form is not shown to you.", "申报书不向您显示。"),
    "save": ("Save the draft", "保存草稿"),
    "check": ("Check and sign", "核对并签名"),
    "saved": (
        "The draft is saved. It is yours alone: nobody on the panel or in the office is shown it, and the "
        "record has none.",
        "草稿已保存，仅您本人可见：专家组和经办人员均无法看到，也未存入记录。",
    ),
    "saved-now": ("Saved", "已保存"),
    "save-failed": (
        "The draft is not saved just now; it will be when you press one of the buttons.",
        "草稿暂未保存；请点击按钮保存。",
    ),
    "unreachable": (
        "There is no connection to the portal, so nothing was saved or sent. What you typed stands on this page: leave "
        "it open, and press the button again once you are connected.",
        "无法连接系统，尚未保存，也未提交。填写的内容仍保留在本页：请勿关闭本页，网络恢复后再次点击按钮。",
    ),
    "closed": (
        "This can be handed in no more: its time is over, or it was dealt with otherwise. What you typed stands on "
        "this page; copy what you need before you leave it.",
        "此事项已不能提交：期限已过，或已另行办结。填写的内容仍显示在本页，离开前请自行复制所需内容。",
    ),
    "session-ended": (
        "Your session has ended. What you typed since the last time it was saved is on this page alone: leave it open, "
        "sign in in another window, then go on here, and it is saved.",
        "会话已结束。上次保存后填写的内容仅保留在本页：请勿关闭本页，在其他窗口登录后回到此处继续，即可保存。",
    ),
    "changed": (
        "The form changed since this draft was typed. What was typed stands in the fields that took its place: look it "
        "over.",
        "保存此草稿后表单已变更。已填内容已移至对应的新栏目，请复核。",
    ),
    "changed-dropped": (
        "The form no longer has these fields. Copy what you still need; the next time you save, it is gone.",
        "现行表单不再包含以下栏目。请复制仍需要的内容；再次保存后将不再保留。",
    ),
    "overtaken-title": ("Changed in another window", "已在其他窗口修改"),
    "overtaken": (
        "Meanwhile this draft was changed, or submitted, in another window or on another device, so what you "
        "see here is "
        "not saved. Save again to put it in place of the other version, or take the other version instead; then what "
        "stands here is lost.",
        "此草稿已在其他窗口或设备上修改或提交，因此当前内容尚未保存。再次保存将以当前内容取代另一版本；"
        "也可改用另一版本，当前内容将不保留。",
    ),
    "overtaken-take": ("Take the other version", "改用另一版本"),
    "draft-help": (
        "What you type is kept as a draft as you go on, and when you leave the page.",
        "填写时和离开页面时，内容自动存为草稿。",
    ),
    "offline": ("Work offline", "离线填写与交回"),
    "offline-lead": (
        "Read the application and fill in the score sheet where there is no network. What you send back goes into your "
        "draft; you check and sign it here as always.",
        "可在无网络处阅读申报材料并填写评分表。交回的内容存入您的草稿，仍须在本站核对并签名。",
    ),
    "offline-take": ("Take along", "下载"),
    "offline-paper": ("The application (PDF)", "申报材料（PDF）"),
    "offline-sheet": ("The score sheet, with what your draft has (XLSX)", "评分表，含草稿中已填内容（XLSX）"),
    "offline-keep": (
        "Both are confidential: keep them to yourself, and delete them once you have submitted.",
        "以上文件均须保密：请妥善保管，提交后予以删除。",
    ),
    "offline-back": ("Hand back", "交回"),
    "offline-filled": ("The score sheet, filled in (XLSX or CSV)", "填写好的评分表（XLSX 或 CSV）"),
    "offline-help": (
        "Fill in the column of answers alone. An answer that is empty in the sheet is empty in the draft.",
        "只填写答案一栏。评分表中留空的项目，草稿中也将留空。",
    ),
    "offline-files": (
        "A sheet holds no files: add those in the review itself.",
        "评分表中不能附文件，请在评审页面添加。",
    ),
    "offline-send": ("Put it into the draft", "存入草稿"),
    "offline-instead": (
        "Put the sheet in place of what was typed since",
        "以评分表内容取代此后填写的内容",
    ),
    "offline-none": ("Choose the score sheet.", "请选择评分表文件。"),
    "offline-newer": (
        "Your draft was changed after this sheet was taken along. Take the sheet anew; or choose the file again and "
        "say that it is to stand in place of the draft.",
        "此评分表下载后，草稿已有改动。请重新下载评分表；或重新选择文件，并勾选以其取代草稿。",
    ),
    "offline-other": (
        "This is not the score sheet of this application. Take the sheet of this page.",
        "该文件不是本申报的评分表，请使用本页下载的评分表。",
    ),
    "offline-changed": (
        "The form was changed after this sheet was taken along. Take the sheet anew and copy your answers into it.",
        "此评分表下载后表单已变更。请重新下载评分表，并将已填内容复制过去。",
    ),
    "offline-moved": (
        "Nothing of this sheet was taken: the form was changed since your draft was begun. Open the review, look your "
        "draft over and save it; then take the sheet anew, and copy your answers into it.",
        "此评分表未予接收：草稿填写后表单已变更。请打开评审页面核对草稿并保存，再重新下载评分表，并将已填内容复制过去。",
    ),
    "offline-example": (
        "Something is typed into the row of the example, which belongs to no question. Nothing of the sheet was taken: "
        "move it into the row of its question and hand the sheet back again.",
        "示例行中填写了内容，而示例行不对应任何项目，此评分表未予接收。请将内容移至相应项目的行后重新交回。",
    ),
    "offline-unknown": (
        "In the column that is to be left as it is stands something else. Take the sheet anew.",
        "“请勿改动”一栏的内容已被改动。请重新下载评分表。",
    ),
    "offline-twice": ("A question stands in the sheet twice.", "评分表中有重复的项目。"),
    "offline-own-row": ("For the system", "供系统识别"),
    "offline-options": ("One of: ", "可选："),
    "discard-title": ("Discard the draft", "删除草稿"),
    "discard-why": (
        "Everything you entered here will be deleted permanently. What was signed before is not touched.",
        "此处填写和选择的内容将被永久删除；此前已签署的不受影响。",
    ),
    "discard": ("Erase what I typed", "确认删除"),
    "discarded": ("The draft is erased.", "草稿已删除。"),
}
