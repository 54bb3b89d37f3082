"""The help of up, doctor, db, resume, reconcile, keys, mail and demo: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Run the whole system on this machine, until Ctrl-C.": "在本机运行整套系统，按 Ctrl-C 停止。",
    "Start PostgreSQL, Temporal, a mail sink and a worker in one data folder; migrate the database.": (
        "在一个数据目录下启动 PostgreSQL、Temporal、本地邮箱和工作进程，并更新数据库结构。"
    ),
    "All data stays in the folder for the next start. Ctrl-C stops everything in order.": (
        "数据均保存在该目录，下次启动时仍在。按 Ctrl-C 依次停止。"
    ),
    "Set SELECTION_DATABASE_URL and TEMPORAL_ADDRESS to use your own servers instead of the embedded ones.": (
        "设置 SELECTION_DATABASE_URL 和 TEMPORAL_ADDRESS 后，改用自有服务器，不启动内置服务器。"
    ),
    "Number of worker processes to start.": "启动的工作进程数。",
    "Port of PostgreSQL; if it is taken, nothing starts.": "PostgreSQL 的端口；被占用时不启动。",
    "Open Temporal to every user of this machine, on this port; if it is taken, nothing starts.": (
        "在此端口上向本机所有用户开放 Temporal；被占用时不启动。"
    ),
    "Port of Temporal's UI; if it is taken, nothing starts.": "Temporal 界面的端口；被占用时不启动。",
    "Serve Temporal's UI, to every user and browser of this machine.": (
        "提供 Temporal 界面；本机的所有用户和浏览器均可访问。"
    ),
    "Port of the mail sink; if it is taken, nothing starts.": "本地邮箱的端口；被占用时不启动。",
    "Port of the portal; if it is taken, nothing starts.": "门户的端口；被占用时不启动。",
    "Serve the pages.": "提供网页门户。",
    "The pages: print a link to sign in.": "网页门户：显示登录链接。",
    "Print a link by which somebody signs in as anyone, once, within an hour; only on a local installation.": (
        "显示一个登录链接，一小时内可凭其以任何人的身份登录一次；仅限单机安装。"
    ),
    "`selection up --local` prints the first one. It needs the worker's login.": (
        "`selection up --local` 启动时会显示第一个链接。本命令需要工作进程的数据库登录。"
    ),
    "Check every part of the system and say what to fix.": "检查系统各组成部分，并说明如何修复。",
    "Check that each part responds and is set up correctly; if one is not, say what to do and exit with code 1.": (
        "检查各组成部分能否应答、是否正常；如有异常，给出处理办法，退出码为 1。"
    ),
    "Migrate the database; rebuild the projections from the log; remove old reads.": (
        "更新数据库结构；由日志重建投影；清理过期的查阅记录。"
    ),
    "Remove from the log of reads what has been kept for six months; nothing younger can be removed.": (
        "从查阅日志中清理已保存满六个月的记录；未满期限的不能清理。"
    ),
    "Have it run once a day, by cron or a systemd timer.": "请用 cron 或 systemd 定时器每天运行一次。",
    "Bring the database to the schema of this version, and make its logins; running it again changes nothing.": (
        "将数据库结构更新到本版本，并建立各登录；重复运行不再改动。"
    ),
    "What another version projected (lists, tasks, deadlines) is projected again while acts go on; with `--phase pre`, "
    "except what a version before 0.3 did.": (
        "由其他版本生成的投影（列表、任务、期限）会重新生成，其间操作照常进行；"
        "带 `--phase pre` 时，0.3 以前版本生成的投影不予更新。"
    ),
    "With your own servers, run `pre` before new workers start and `post` after the last old one has stopped.": (
        "使用自有服务器时：新工作进程启动前运行 `pre`，旧工作进程全部停止后运行 `post`。"
    ),
    "pre, post or all.": "pre、post 或 all。",
    "It records with the worker's login, SELECTION_WORKER_DATABASE_URL.": (
        "以工作进程的数据库登录写入记录，即 SELECTION_WORKER_DATABASE_URL。"
    ),
    "--phase must be pre, post or all": "--phase 只能是 pre、post 或 all",
    "Rebuild every projection from the log and compare digests; acts wait or time out meanwhile.": (
        "由日志重建全部投影并比对摘要；其间的操作会等待或超时。"
    ),
    "Only compare; change nothing.": "只比对，不改动。",
    "Resume every open stream of the record in Temporal.": "在 Temporal 中恢复记录中所有未办结事项的运行。",
    "Resume every open stream of the record in Temporal, whatever Temporal still holds of it.": (
        "无论 Temporal 尚存多少，恢复记录中所有未办结事项的运行。"
    ),
    "For use when Temporal was lost, restored from an older copy or reset by hand: missing workflows are "
    "started, others that wrongly run under a stream's id are replaced, and all the rest read the record "
    "again. It can be run repeatedly without harm; it decides nothing and records nothing.": (
        "用于 Temporal 丢失、由旧副本恢复或被人工重置之后：缺失的流程予以启动，"
        "以同一编号运行而并非该事项流程的予以替换，其余的重新查询记录。可重复运行。不作决定，也不写记录。"
    ),
    "Only this round; default: all rounds.": "只处理该轮次；默认全部。",
    "Find what the record lost in a restore, and decide how to go on.": (
        "查明记录在恢复中丢失的内容，并决定如何处理。"
    ),
    "Compare the record with the answers kept in Temporal's histories, and decide about what was lost.": (
        "将记录与其曾作的答复（据 Temporal 的历史）核对，并就丢失的内容作出选择。"
    ),
    "A log that lost entries, for example because the database was restored from an older copy, is halted "
    "until an administrator decides; who decided and why is recorded. Exit code 1 if entries are missing, 2 if "
    "some are still missing after a repair.": (
        "日志丢失条目（如数据库恢复为旧副本）后即暂停，直至管理员作出决定；"
        "决定人及理由均予记录。有缺失时退出码为 1，修复后仍有缺失的为 2。"
    ),
    "As an administrator: bring back what can be recovered.": "以管理员身份恢复可恢复的内容。",
    "As an administrator: continue with the record as it is.": "以管理员身份按记录现状继续。",
    "The reason: a text or @FILE; required with --repair and --go-on.": (
        "理由：文本或 @文件；使用 --repair 或 --go-on 时必填。"
    ),
    "Create the installation's keys; show the public part of the signing key.": "新建本系统的密钥；查看签名公钥。",
    "Create a key that encrypts what Temporal stores; the first key of a file encrypts, all of them decrypt.": (
        "新建密钥，用于加密 Temporal 保存的内容；文件中第一个密钥用于加密，全部密钥均可解密。"
    ),
    "Where the keys are, for their owner only.": "密钥文件，仅所有者可读。",
    "Put a new key behind those that the file holds.": "在文件已有密钥之后添加一个新密钥。",
    "Give every client and worker the same file: SELECTION_PAYLOAD_KEYS=@/etc/selection/payload.keys": (
        "客户端与工作进程均须使用同一文件：SELECTION_PAYLOAD_KEYS=@/etc/selection/payload.keys"
    ),
    "Create a signing key: a private file for its owner only, and the public file beside it; none is "
    "overwritten.": ("新建密钥：私钥文件仅所有者可读，公钥文件置于其旁；从不覆盖已有文件。"),
    "Workers that find the private file at their start sign the log: keep it on one machine, and give the "
    ".vkey file to everyone.": (
        "启动时能读到私钥文件的工作进程负责签名；私钥只存于一台机器，.vkey 文件可分发各方。"
    ),
    "Private key file; default: SELECTION_SIGNING_KEY, or keys/signing.key in the data folder.": (
        "私钥文件；默认取 SELECTION_SIGNING_KEY，未设置时为数据目录下的 keys/signing.key。"
    ),
    "Name of the key in every checkpoint; best a domain of yours.": (
        "密钥在各检查点中的名称，宜用本单位域名。"
    ),
    "Show the public key of a private or public key file.": "显示私钥或公钥文件所对应的公钥。",
    "Read your mail; handle undeliverable mail.": "查看发给您的邮件；处理无法投递的邮件。",
    "List the mails to you in the local mail sink, newest last.": (
        "列出本地邮箱中发给您的邮件，最新的在最后。"
    ),
    "Show one of your mails.": "显示发给您的一封邮件。",
    "List undeliverable letters that nobody has dealt with yet.": "列出无法投递、尚未处理的邮件。",
    "Deal with undeliverable letters: send them again, or close them. Who did so and why is recorded.": (
        "处理无法投递的邮件：重新发送，或办结不发。经办人和理由均予记录。"
    ),
    "A letter that is sent again keeps its Message-ID and goes to the address registered at that time, so have "
    "the address corrected first with `person add`. A reminder whose task is already done is not sent again.": (
        "重新发送时邮件编号不变，发往当时登记的邮箱；"
        "请先用 `person add` 更正邮箱。所提醒的事项已办结的，不再发送。"
    ),
    "Ids of letters, as shown by `mail undelivered`.": "邮件在 `mail undelivered` 中的编号。",
    "Send again, or close because the person was informed in another way.": (
        "重新发送；或因已另行告知而办结。"
    ),
    "Show the letters; change nothing.": "只显示邮件，不处理。",
    "Number of the mail in `mail list`.": "该邮件在 `mail list` 中的编号。",
    "Run a complete round with synthetic data, stage by stage.": "用合成数据演练一整轮，逐阶段展示。",
    "Run a complete round with synthetic data on a fresh stack, from the sealed call to the issued list.": (
        "在新建的系统上用合成数据演练一整轮：从封存规则、开启申报到发布名单。"
    ),
    "36 applications, 16 recommending units and 60 experts, all synthetic, go through the stages of the second "
    "batch on a rehearsal clock; the grant has 12 applications, 20 reviewers and fewer stages. If anything happens "
    "that the script does not provide for, the demo says so and ends with exit code 1.": (
        "36 项申报、16 家推荐单位和 60 名评审专家（均为合成）按演练时钟走完第二批的各个阶段；"
        "资助项目为 12 项申报、20 名评审人，阶段较少。"
        "如发生预定情节之外的情况，则说明原因并以退出码 1 结束。"
    ),
    "Whose rules and people: the ministry's second batch, or a young researchers' grant.": (
        "所用规则与人员：部委第二批遴选（second-batch），或青年科研人员资助项目（grant）。"
    ),
    "The same seed gives the same list.": "种子相同，名单相同。",
    "Length of one rehearsed day; default 0.25.": "演练中一天的秒数；默认 0.25。",
    "--pace must be a number of seconds from 0.01 to 86400": "--pace 须为 0.01 至 86400 之间的秒数",
    "Keep the stack running afterwards, until Ctrl-C.": "演练结束后保持运行，按 Ctrl-C 停止。",
    "Folder for the bundle, its public key and the papers.": "证明包、公钥及各类文件的存放目录。",
    "For this machine alone: acts by --as count without a key. This cannot be changed later.": (
        "仅供本机使用：以 --as 进行的操作无须密钥即可生效。此后不能更改。"
    ),
    "The first start prints a one-time code, by which the first administrator enrols a key; with --local none is "
    "needed.": ("首次启动时显示一次性登记码，首位管理员凭此登记密钥；使用 --local 则无须登记码。"),
    "Found the installation on servers of your own, once; prints the code that enrols the first administrator's key.": (
        "在自有服务器上创立系统，仅一次；显示首位管理员登记密钥所需的登记码。"
    ),
    "Passkeys then count on pages at SELECTION_PORTAL_URL alone. `selection up` does this at its first start. While "
    "nobody has a key, both print another code if the first one ran out or the portal has another address.": (
        "此后通行密钥仅在 SELECTION_PORTAL_URL 所指地址的页面上有效。`selection up` 首次启动时自动完成。"
        "尚无任何密钥时，首个登记码已过期或访问地址已变更的，两者均另发登记码。"
    ),
}
