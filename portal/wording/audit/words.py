"""The auditor's pages: the copy of a round's record, what is being done with it, its verification."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Audit", "审计"),
    "lead": (
        "Everything here is worked out from a copy of the round's signed record, and not from the running system. It "
        "is the same file that can be verified anywhere else without us.",
        "此处的各项内容均依据本轮次已签名记录的副本得出，而不依赖运行中的系统。该副本就是证明包，可在他处脱离本系统独立核验。",
    ),
    "needed-title": ("A copy of the record is needed", "需要先生成记录副本"),
    "needed": (
        "There is no copy for you to work with: none was made yet, its time is over, or the portal was restarted "
        "meanwhile. Start it here; that you did is noted in the log of reads.",
        "目前没有可供您使用的副本：可能尚未生成、保存时间已过，或门户其间重新启动。请在此开始生成；此次读取将载入查阅日志。",
    ),
    "needed-redacted": (
        "As an administrator you have a copy without people's texts and files.",
        "您以管理员身份获得的副本不含人员的文本与文件。",
    ),
    "make": ("Make a copy of the record", "生成记录副本"),
    "anew": ("Make a new copy", "重新生成副本"),
    "drop": ("Delete this copy", "删除此副本"),
    "kept": (
        "It is yours alone, and deleted when its time is over, when you make another and when the portal is stopped. "
        "If the portal is killed, its file stays on the server until the portal is started again. What is recorded "
        "later is not in it.",
        "该副本仅供您本人使用，到期、另行生成或门户停止时即删除；若门户被强行终止，文件会留在服务器上，门户再次启动时删除。"
        "其后的记录不在其中。",
    ),
    "until": ("Kept until", "保留至"),
    "copied-title": ("This copy", "此副本"),
    "copied": ("Copied", "生成时间"),
    "entries": ("Entries", "条目数"),
    "entries-of": (
        "{entries} of the round, {installation} of the register",
        "轮次 {entries} 条，登记册 {installation} 条",
    ),
    "histories": ("Histories kept", "已归档历史"),
    "contents": ("Texts and files", "文本与文件"),
    "size": ("Size", "大小"),
    "kind": ("Kind", "类型"),
    "kind-whole": ("whole", "完整"),
    "kind-redacted": ("without people's texts and files", "不含人员的文本与文件"),
    "download": ("Download the bundle (.zip)", "下载证明包（.zip）"),
    "download-help": (
        "To keep, or to verify on a machine that you trust. It holds what people wrote: store it accordingly.",
        "可留存，或在您信任的设备上核验。其中含有人员所写内容，请妥善保管。",
    ),
    "download-help-redacted": (
        "To keep, or to verify on a machine that you trust.",
        "可留存，或在您信任的设备上核验。",
    ),
    "working-title": ("Work is going on", "正在处理"),
    "working": (
        "You can leave this page and come back to its address: the work goes on. If JavaScript is on, this page "
        "checks every few seconds how far it is.",
        "您可以离开此页，稍后再通过同一地址返回，处理不会中断。浏览器启用脚本时，本页每隔数秒自动更新。",
    ),
    "look": ("Look again now", "立即刷新"),
    "of": ("{done} of {total}", "已完成 {done}/{total}"),
    "part-waits": ("Waiting for its turn: other work is going on", "正在排队，等待其他处理完成"),
    "part-log": ("Copying the log", "正在复制日志"),
    "part-histories": ("Histories", "正在处理历史"),
    "part-contents": ("Texts and files", "正在处理文本与文件"),
    "part-files": ("Looking at the files of the bundle", "正在检查证明包文件"),
    "part-logs": ("Reading logs, trees and signatures", "正在读取日志、哈希树与签名"),
    "part-acts": ("Signed acts", "正在检查已签名的操作"),
    "part-register": ("Deciding the register again", "正在重新判定登记册"),
    "part-papers": ("Papers that were sent", "正在检查已发送的文件"),
    "part-outcomes": ("Stages, deadlines, draws, scores and lists", "正在检查阶段、期限、抽取、评分与名单"),
    "part-record": ("Reading the record", "正在读取记录"),
    "part-reviewers": ("Without each reviewer in turn", "正在逐一剔除各评审专家后重算"),
    "part-weights": ("With other weights", "正在以不同权重重算"),
    "failed-title": ("This did not succeed", "未能完成"),
    "failed-again": ("Try again", "重试"),
    "failed-broken": (
        "Something broke while this was worked out. Try again; if it stays so, tell the administrator the code below.",
        "处理过程中出现故障。请重试；如仍然如此，请将下方代码告知管理员。",
    ),
    "failed-away": (
        "The record does not answer just now. Try again in a minute.",
        "记录系统暂时没有响应，请稍后重试。",
    ),
    "failed-too-long": (
        "It took longer than this portal allows. Download the bundle and do it with the command line.",
        "处理时间超过门户允许的上限。请下载证明包，用命令行处理。",
    ),
    "failed-stopped": (
        "It was ended: something else was asked for in its place, or the copy was deleted.",
        "该处理已终止：您另行提出了新的处理，或副本已删除。",
    ),
    "failed-not-archived": (
        "The histories of this round have not been kept yet. That is done once a day and at the round's end; "
        "you can have it done at once at “Keep the histories”.",
        "本轮次的历史尚未归档。归档每日一次，轮次结束时另行一次；也可在“归档历史”页立即归档。",
    ),
    "failed-no-checkpoint": (
        "What was recorded last is not signed yet. That is done within a minute: try again then.",
        "最近的记录尚未签名。签名将在一分钟内完成，请稍后重试。",
    ),
    "failed-history-gone": (
        "A kept history that the record names is not there any more: somebody wrote to the database past the record. "
        "Tell the supervisor and whoever runs the servers.",
        "记录所载的一份历史已不存在：有人绕过记录改动了数据库。请告知监督人员与运维人员。",
    ),
    "failed-login-missing": (
        "This portal was not given the auditor's login to the database, so it makes no copies. Ask whoever runs the "
        "servers, or use the command line (selection audit export).",
        "本门户未配置审计数据库登录，因此不能生成副本。请联系运维人员，或使用命令行（selection audit export）。",
    ),
    "failed-login-needed": (
        "Your rights changed while this was worked out. Sign in again.",
        "处理期间您的权限发生变化，请重新登录。",
    ),
    "failed-pending": (
        "It was begun and nothing answers for it just now. It goes on by itself once that answers again; if nothing "
        "was kept in ten minutes, begin it again.",
        "处理已开始，但目前没有响应；恢复后将自动继续。如十分钟后仍未归档，请重新开始。",
    ),
    "failed-hidden": ("This round does not show to you any more.", "您已无权查看该轮次。"),
    "failed-unreadable": ("The copy cannot be read. Make a new one.", "副本无法读取，请重新生成。"),
    "archive": ("Keep the histories", "归档历史"),
    "archive-lead": (
        "The histories of the round's workflows are kept with their hashes in the record, open ones up to now. That "
        "happens every day and at the round's end; here you have it done at once. You can leave this page meanwhile.",
        "将本轮次各工作流的历史归档，并把其哈希写入记录；未结束的归档至当前。系统每日及轮次结束时自动归档，在此可立即进行，其间可离开本页。",
    ),
    "archive-button": ("Keep them now", "立即归档"),
    "archive-done": ("The histories were kept.", "历史已归档。"),
    "archive-looked": ("Histories looked at", "查看的历史"),
    "archive-open": ("Of workflows that go on", "其中尚未结束"),
    "archive-receipt": ("The receipt", "回执"),
    "archive-missing": ("Streams without a history", "没有历史的事项流"),
    "verify": ("Verify", "核验"),
    "verify-lead": (
        "Proves or refutes from the copy alone that the record is whole and unchanged, and that the result follows "
        "from the sealed rules. It may take minutes.",
        "仅依据副本核验：记录是否完整、未被改动，结果是否依封存的规则得出。可能需要数分钟。",
    ),
    "key": ("Public key of the installation", "系统公钥"),
    "key-help": (
        "The line of its .vkey file, as it was published elsewhere. Without it no signature can be proven.",
        "另行公布的 .vkey 文件中的一行内容。不提供则无法证明签名。",
    ),
    "key-unfit": (
        "This is no public key. Paste the whole line of the .vkey file, or leave the field empty.",
        "这不是公钥。请粘贴 .vkey 文件中的整行内容，或留空。",
    ),
    "verify-button": ("Start the verification", "开始核验"),
    "last-report": ("The last report", "最近一次核验报告"),
    "report": ("Verification report", "核验报告"),
    "report-trust": (
        "A portal that was broken into could show a false report. Who must be sure downloads the bundle and verifies "
        "it on a machine of their own; it says the same:",
        "若门户遭入侵，可能显示虚假报告。如须确证，请下载证明包并在自己的设备上核验，结果应当一致：",
    ),
    "keyless": (
        "No public key was given, so that nothing about signatures could be proven.",
        "未提供公钥，因此有关签名的事项均无法证明。",
    ),
    "more": ("Other readings", "其他查阅"),
    "timeline": ("What happened in the round", "轮次办理过程"),
    "timeline-none": ("Nothing that happened fits this search.", "没有符合条件的事项。"),
    "reads": ("Who read what", "查阅日志"),
    "reads-lead": (
        "Reads of what is confidential, newest first. They are kept for six months; that you look is noted too.",
        "对保密内容的查阅记录，最近者在前，保存六个月。您的此次查看也会载入日志。",
    ),
    "reads-what": ("What was read", "查阅内容"),
    "reads-of": ("Of", "对象"),
    "reads-round": ("the round", "本轮次"),
    "reads-none": ("No read fits this search.", "没有符合条件的查阅记录。"),
    "reads-latest": (
        "At most {count} reads are looked through at once; words are searched and order is made among these.",
        "每次最多查看 {count} 条查阅记录，关键词搜索与排序均在其中进行。",
    ),
    "reads-earlier": ("Go on to earlier reads", "查看更早的查阅记录"),
    "replay": ("Replay an application", "回放申报"),
    "replay-lead": (
        "Every entry as a step: who did what, why, under which rules, and how the application stood then.",
        "逐条回放：谁在何时做了什么、为何、依据哪些规则，以及当时申报的状态。",
    ),
    "choose": ("Choose an application", "选择申报"),
    "what-if": ("What if", "假设推演"),
    "what-if-link": ("Run the round again under other rules", "按其他规则重新推演本轮次"),
    "what-if-lead": (
        "Other weights, other places, without some reviewers: who would gain, who would lose, and how firmly the list "
        "stands. It decides nothing.",
        "改变权重、名额或去掉个别评审专家的意见：谁升谁降，名单有多稳定。推演不作任何决定。",
    ),
}
