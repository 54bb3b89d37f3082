"""An application that is filled in, section by section, and its files."""

WORDS: dict[str, tuple[str, str]] = {
    "title-new": ("Apply", "填写申报书"),
    "title-version": ("Hand in a new version", "提交新版本"),
    "title-mend": ("Mend the application", "补正申报材料"),
    "until": ("Until", "截止"),
    "sections": ("Sections", "填报内容"),
    "complete-of": ("{done} of {count:section|sections} complete.", "共 {count} 部分，已完成 {done} 部分。"),
    "section-of": ("Section {number} of {count}", "第 {number} 部分，共 {count} 部分"),
    "not-begun": ("not begun", "未开始"),
    "begun": ("begun", "填写中"),
    "complete": ("complete", "已完成"),
    "faulty": ("with faults", "有问题"),
    "to-correct": ("to be corrected", "待补正"),
    "not-needed": ("optional", "选填"),
    "nothing-asked": (
        "Nothing is asked here as your other answers stand.",
        "按其他部分的填写情况，此部分无须填写。",
    ),
    "submit-title": ("Check and submit", "核对并提交"),
    "submit-lead": (
        "Everything is checked first, and each fault is linked to its field. Then all answers are shown once more, "
        "and you sign them. Until the deadline you can hand in a new version; the last one counts.",
        "先进行全面检查，所有问题均链接至相应栏目；无误后显示全部内容供核对并签名。"
        "截止前可再次提交新版本，以最后一次为准。",
    ),
    "submit-mend": (
        "Everything is checked first, and each fault is linked to its field. Then all answers are shown once more, "
        "and you sign them. Once you have signed, nothing further can be handed in for this request, so see that "
        "all that was asked for is there.",
        "先进行全面检查，所有问题均链接至相应栏目；无误后显示全部内容供核对并签名。"
        "本次补正只提交一次，请确认所需事项均已补齐。",
    ),
    "submit": ("Check everything", "全面检查"),
    "draft-help": (
        "What you typed is kept as a draft that is yours alone, until you hand it in; for 90 days if nothing changes.",
        "已填内容存为草稿，仅您本人可见，保留至提交为止；若无改动则保留 90 天。",
    ),
    "behind": (
        "You began this draft before the application became what it is now: version {number} has been handed in, or it "
        "was sent back to be mended. Your draft is all there. Decide whether to go on with it: handed in, it takes the "
        "place of everything in that version.",
        "此草稿填写后，申报情况已有变化：已提交第 {number} 版，或已被退回补正。草稿内容均已保留。"
        "请选择是否继续使用此草稿：提交后将整体取代该版本。",
    ),
    "behind-keep": ("Go on with my draft", "继续使用草稿"),
    "behind-anew": ("Delete it, begin with what was handed in", "删除草稿，从已提交内容开始"),
    "behind-choose": ("Decide what becomes of the draft", "选择草稿的处理方式"),
    "late": (
        "Meanwhile this changed, in another window or on another device. What counts now is shown below; look through "
        "it and check again.",
        "此内容已在其他窗口或设备上变更。以下为当前内容，请查看后重新检查。",
    ),
    "saved": ("The draft is saved. Nothing was handed in yet.", "草稿已保存，尚未提交。"),
    "save": ("Save and back to the list", "保存并返回列表"),
    "check": ("Save and continue", "保存并继续"),
    "closed": (
        "This can be handed in no more; the time was over at {until}. What you typed is kept: read it or copy it here.",
        "已不能提交：提交期限为{until}。您填写的内容仍为您保留，可在此查看或复制。",
    ),
    "stays": ("stays as handed in", "保持不变"),
    "stays-whole": (
        "This section stays as it was handed in: mending cannot change it, so it is shown to be read.",
        "本部分保持提交时的内容，补正不得更改，仅供查看。",
    ),
    "continue": ("Continue", "继续"),
    "kept": (
        "What is marked “stays as handed in” is what was recommended, and mending cannot change it: it is shown to be"
        " read. Mend the rest.",
        "标有“保持不变”的栏目是推荐所依据的内容，补正不得更改，仅供查看；请补正其余内容。",
    ),
    "sent-back": ("What the check asks to be mended", "审查要求补正的事项"),
    "files-there": ("Files that are there", "已上传的文件"),
    "remove": ("Remove", "移除"),
    "file-another": ("Add another file", "再添加一个文件"),
    "file-replace": ("Replace it by another file", "更换为另一个文件"),
    "file-send": ("Upload", "上传"),
    "file-back": ("Back to the section", "返回该部分"),
    "file-sniffed": (
        "What counts is what stands in the file, not how its name ends.",
        "以文件的实际内容为准，不以扩展名为准。",
    ),
    "no-file": ("Choose a file first.", "请先选择文件。"),
    "file-empty": ("This file is empty. Choose another one.", "该文件为空，请选择其他文件。"),
    "file-too-large": (
        "This file is larger than {limit} MB. Choose a smaller one, or divide it.",
        "该文件超过 {limit} MB，请选择较小的文件或拆分。",
    ),
    "file-type": (
        "This file is of another type than those named, whatever its name ends in. Save it as one of them and try "
        "again.",
        "该文件的实际类型不在允许范围内（与扩展名无关）。请另存为允许的类型后重试。",
    ),
    "file-twice": (
        "This very file stands in another field of this application, and each file is taken once. If one scan serves "
        "both fields, save it anew for this one, such as without the pages that belong to the other.",
        "本申报的另一栏目已有内容完全相同的文件，同一文件只能上传一次。如一份扫描件用于两个栏目，"
        "请另存为本栏目专用的文件，例如删去属于另一栏目的页面。",
    ),
    "files-many": (
        "There are {most:file|files} already, and no more are taken. Remove one first.",
        "已有 {most} 个文件，达到上限。请先移除一个。",
    ),
    "file-overtaken": (
        "Meanwhile this section was changed in another window, so the file was not taken. What is there now is "
        "shown below; choose the file again.",
        "此部分已在其他窗口修改，文件未被采用。以下为当前内容，请重新选择文件。",
    ),
    "upload-begun": (
        "The upload of {name} broke off: {done} of {all} are here, for three days since it began.",
        "{name} 上传中断：已收到 {done}，共 {all}；自开始上传起保留三天。",
    ),
    "upload-same": (
        "Choose the same file again, and the upload goes on where it broke off.",
        "重新选择同一文件，即从中断处继续上传。",
    ),
    "upload-whole": (
        "{name} ({all}) has come completely, but the form does not have it yet.",
        "{name}（{all}）已全部上传，但尚未用于此栏目。",
    ),
    "upload-use": ("Use this file", "使用该文件"),
    "upload-discard": ("Discard it", "丢弃"),
    "upload-overtaken": (
        "Meanwhile this section was changed in another window, so the file was not taken into it. It is kept: look at "
        "what is there now, and use the file if it is still wanted.",
        "此部分已在其他窗口修改，文件未被采用，但已保留。请查看当前内容，如仍需要，请使用该文件。",
    ),
    "uploads-full": (
        "Too many files are on their way just now. Try again in an hour; nothing of your draft is lost.",
        "目前正在上传的文件过多。请一小时后重试；您的草稿不受影响。",
    ),
    "upload-gone": (
        "This upload is not there any more: it was used or discarded in another window, or began more than three days "
        "ago. Choose the file again.",
        "该上传已不存在：已在其他窗口使用或丢弃，或开始上传已超过三天。请重新选择文件。",
    ),
    "upload-sending": ("{name}: {percent} % sent.", "{name}：已上传 {percent}%。"),
    "upload-waiting": (
        "The connection broke off. The upload goes on by itself; what was sent is kept.",
        "连接中断，恢复后自动继续上传；已上传部分已保留。",
    ),
    "upload-ended": (
        "Your session has ended; what was sent is kept. Sign in in another window, then go on here.",
        "会话已结束，已上传部分已保留。请在其他窗口登录后，在此继续。",
    ),
    "upload-replaced": (
        "This upload is not there any more: it was discarded, or another one was begun, in another window. Go on to "
        "send this file from its beginning.",
        "该上传已不存在：已在其他窗口丢弃，或被新的上传取代。点击“继续”将从头上传此文件。",
    ),
    "upload-checking": ("All of it is here; it is being checked.", "已全部上传，正在检查。"),
    "upload-cancelled": ("The upload was cancelled; nothing of it is kept.", "已取消上传，未保留任何内容。"),
    "upload-failed": (
        "The file was not taken. Open the page again, and choose it anew.",
        "该文件未被接收。请重新打开此页并重新选择文件。",
    ),
    "upload-go-on": ("Go on", "继续"),
    "upload-cancel": ("Cancel the upload", "取消上传"),
    "upload-progress": ("How far the upload is", "上传进度"),
    "edit-version": ("Hand in a new version", "提交新版本"),
    "edit-mend": ("Mend the application", "补正申报材料"),
}
