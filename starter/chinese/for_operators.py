"""The help of up, doctor, db, resume, reconcile, keys, mail and demo: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Start everything on this machine, until Ctrl-C.": "在本机启动全部组成，按 Ctrl-C 停止。",
    "Start PostgreSQL, Temporal with its UI, a mail sink, migrations and a worker under one data folder.": (
        "在一个数据目录下启动 PostgreSQL、Temporal 及其界面、本地邮箱和工作进程，并更新数据库结构。"
    ),
    "Everything is kept in the folder and is there again at the next start. Ctrl-C stops all in order.": (
        "数据均保存在该目录，下次启动时仍在。按 Ctrl-C 依次停止。"
    ),
    "SELECTION_DATABASE_URL and TEMPORAL_ADDRESS take servers of yours in place of the embedded ones.": (
        "设置 SELECTION_DATABASE_URL 和 TEMPORAL_ADDRESS 后，改用自有服务器，不启动内置服务器。"
    ),
    "Worker processes to start.": "启动的工作进程数。",
    "PostgreSQL's port, and no other.": "PostgreSQL 的端口，不另选。",
    "Temporal's port, and no other.": "Temporal 的端口，不另选。",
    "The port of Temporal's UI, and no other.": "Temporal 界面的端口，不另选。",
    "The mail sink's port, and no other.": "本地邮箱的端口，不另选。",
    "Look at each part and say what to mend.": "检查各组成部分，并说明如何修复。",
    "Check that each part answers and is as it must be; exit code 1, with the cure, if one is not.": (
        "检查各组成部分能否应答、是否正常；如有异常，给出处理办法，退出码为 1。"
    ),
    "Migrate the database; rebuild the projections from the log.": "更新数据库结构；由日志重建投影。",
    "Bring the database to the schema of this version; a second run changes nothing.": (
        "将数据库结构更新到本版本；重复运行不再改动。"
    ),
    "With servers of your own: `pre` before new workers start, `post` after the last old one has stopped.": (
        "使用自有服务器时：新工作进程启动前运行 `pre`，旧工作进程全部停止后运行 `post`。"
    ),
    "pre, post or all.": "pre、post 或 all。",
    "--phase is pre, post or all": "--phase 只能是 pre、post 或 all",
    "Rebuild every projection from the log and compare digests; acts wait or time out meanwhile.": (
        "由日志重建全部投影并比对摘要；其间的操作会等待或超时。"
    ),
    "Only compare.": "只比对。",
    "Have every open stream of the record go on in Temporal.": "使记录中所有未结束的事项在 Temporal 中继续。",
    "Have every open stream of the record go on, whatever Temporal still knows of it.": (
        "无论 Temporal 尚存多少，使记录中所有未结束的事项继续。"
    ),
    "For a Temporal that was lost, restored from an older copy or reset by hand: what is missing is started, what "
    "runs under a stream's id and is not its workflow is replaced, and all others ask the record. Run twice it does "
    "no harm. It decides nothing and records nothing.": (
        "用于 Temporal 丢失、由旧副本恢复或被人工重置之后：缺失的流程予以启动，"
        "以同一编号运行而并非该事项流程的予以替换，其余的重新查询记录。可重复运行。不作决定，也不写记录。"
    ),
    "Only this round; else all.": "只处理该轮次；默认全部。",
    "See what the record lost in a restore, and choose what comes of it.": (
        "查明记录在恢复中丢失的内容，并决定如何处理。"
    ),
    "Compare the record with what it once answered by Temporal's histories; choose about what it lost.": (
        "将记录与其曾作的答复（据 Temporal 的历史）核对，并就丢失的内容作出选择。"
    ),
    "A log that lost entries, as by a database set back to an older copy, is halted until an administrator has "
    "chosen; who chose and why is recorded. Exit code 1 if entries are missing, 2 if a repair leaves any.": (
        "日志丢失条目（如数据库恢复为旧副本）后即暂停，直至管理员作出选择；选择人及理由均予记录。"
        "有缺失时退出码为 1，修复后仍有缺失的为 2。"
    ),
    "Bring back what can be had again, as an administrator.": "以管理员身份恢复可恢复的内容。",
    "Go on from the record as it stands, as an administrator.": "以管理员身份按记录现状继续。",
    "Why: a text or @FILE; --repair and --go-on need it.": "理由：文本或 @文件；使用 --repair 或 --go-on 时必填。",
    "The signing key: make one, show the public part.": "签名密钥：新建，查看公钥。",
    "Make a key: the private file for its owner only, the public one beside it; none is ever overwritten.": (
        "新建密钥：私钥文件仅所有者可读，公钥文件置于其旁；从不覆盖已有文件。"
    ),
    "Workers started where the file is sign; keep it on one machine, and give the .vkey file to everyone.": (
        "在该文件所在处启动的工作进程负责签名；私钥只存于一台机器，.vkey 文件可分发各方。"
    ),
    "The private key's file; else SELECTION_SIGNING_KEY, else keys/signing.key of the data.": (
        "私钥文件；默认取 SELECTION_SIGNING_KEY，未设置时为数据目录下的 keys/signing.key。"
    ),
    "How the key is called in every checkpoint, best a domain of yours.": (
        "密钥在各检查点中的名称，宜用本单位域名。"
    ),
    "Show the public key of a private or public key file.": "显示私钥或公钥文件所对应的公钥。",
    "Read mails to you; see to letters that a mail server refused.": "查看发给您的邮件；处理被邮件服务器拒收的邮件。",
    "List the mails to you that the local sink took, the newest last.": "列出本地邮箱中发给您的邮件，最新的在最后。",
    "Show one mail to you.": "显示发给您的一封邮件。",
    "List the letters that a mail server refused and nobody has settled yet.": "列出被邮件服务器拒收、尚未处理的邮件。",
    "Settle refused letters: send them again, or close them. Who did it and why is recorded.": (
        "处理被拒收的邮件：重新发送，或办结不发。经办人和理由均予记录。"
    ),
    "Sent again, a letter keeps its Message-ID and goes to the address that is registered then: have it corrected "
    "first by `person add`. A reminder whose task is done is not sent any more.": (
        "重新发送时邮件编号不变，发往届时登记的邮箱；请先用 `person add` 更正邮箱。所提醒的事项已办结的，不再发送。"
    ),
    "The letters' ids in `mail undelivered`.": "邮件在 `mail undelivered` 中的编号。",
    "Send again, or close because the person was told otherwise.": "重新发送；或因已另行告知而办结。",
    "Show the letters; settle none.": "只显示邮件，不处理。",
    "The mail's number in `mail list`.": "该邮件在 `mail list` 中的编号。",
    "Run a whole synthetic round and show it stage by stage.": "用合成数据演练一整轮，逐阶段展示。",
    "Run a whole synthetic round on a fresh stack, from the sealed call to the issued list.": (
        "在新建的实例上用合成数据演练一整轮：从封存规则、开启征集到发布名单。"
    ),
    "36 applications, 16 recommenders and 60 experts, all synthetic, go through the second batch's stages on a "
    "rehearsal clock. Ends with code 1 and a sentence if anything happens that its story does not hold.": (
        "36 项申报、16 家推荐单位和 60 名评审专家（均为合成）按演练时钟走完第二批的各个阶段。"
        "如发生预定情节之外的情况，则说明原因并以退出码 1 结束。"
    ),
    "The same seed gives the same list.": "种子相同，名单相同。",
    "How long one rehearsed day lasts; else 0.25.": "演练中一天的秒数；默认 0.25。",
    "--pace is a number of seconds from 0.01 to 86400": "--pace 为 0.01 至 86400 之间的秒数",
    "Leave the stack up afterwards, until Ctrl-C.": "演练结束后保持运行，按 Ctrl-C 停止。",
    "Where the bundle and its public key go.": "证明包及公钥的存放目录。",
}
