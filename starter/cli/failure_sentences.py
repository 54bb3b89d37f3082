"""The sentences of the command's own failures, in English and Chinese."""

from starter.keys.sentences import KEY_FAILURES

FAILURES: dict[str, tuple[str, str]] = {
    **KEY_FAILURES,
    "assumption-unfit": (
        "These rules could not be sealed, so they are not simulated: {text}.",
        "这样的规则不能封存，因而不予模拟：{text}。",
    ),
    "bad-usage": ("{text}", "命令用法有误：{text}"),
    "contents-differ": (
        "The reviews were scored on other contents than these rules name; the record has {text}.",
        "评审意见的评分内容与该规则不同；记录中为 {text}。",
    ),
    "cosignature-wrong": (
        "The cosignature was not kept: {text}. Give the witness the exported checkpoint unchanged.",
        "未保存见证签名：{text}。请将导出的检查点原样交给见证人。",
    ),
    "command-missing": (
        "Name one of the commands above; add --help to it for more.",
        "请从以上命令中指定一个；在其后加 --help 可查看用法。",
    ),
    "file-missing": ("The file cannot be read: {text}.", "无法读取文件：{text}。"),
    "checkpoint-unreadable": ("This is not a checkpoint: {text}.", "不是检查点：{text}。"),
    "file-outside": (
        "{text} is outside of the folder of the file that names it, or hidden in it, so it was not stored. Put it"
        " beside that file or below, or store it with `selection file put` and write {{ref: ID}}.",
        "{text} 不在写明它的文件所在文件夹内，或为其中的隐藏文件，因而未存入。请放入该文件夹或其下级文件夹，"
        "或先以 `selection file put` 存入再写 {{ref: 编号}}。",
    ),
    "file-unwritable": ("The file cannot be written: {text}.", "无法写入文件：{text}。"),
    "hidden": (
        "You may not see this, or it does not exist; ask the officer if you should be able to see it.",
        "您无权查看，或其不存在；如有疑问请联系经办人员。",
    ),
    "history-gone": (
        "The record lists a history of {workflow} that is not stored; run `selection audit archive {round}`, and "
        "find out who wrote to the database directly.",
        "记录所列 {workflow} 的历史已不在；请运行 `selection audit archive {round}`，并排查绕过记录的写入。",
    ),
    "interrupted": (
        "You stopped the command; acts that already had a receipt are recorded.",
        "已由您中止；已有回执的操作均已记录。",
    ),
    "key-unreadable": ("This is not a public key: {text}.", "不是公钥：{text}。"),
    "form-too-wide": (
        "The round's form has more than {limit:column|columns}, so that no table holds it: hand in each application by "
        "`selection apply submit`.",
        "本轮申报表超过 {limit} 列，无法以表格填写：请用 `selection apply submit` 逐项提交。",
    ),
    "table-faulty": (
        "{count:fault|faults} in the table, so nothing was done: mend them and import it again; --marked FILE writes a "
        "copy with each one marked.",
        "表中有 {count} 处错误，因而未作任何处理：请更正后重新导入；加 --marked FILE 可得到标出各处错误的副本。",
    ),
    "table-unreadable": ("{text}", "{text}"),
    "leaf-needed": (
        "Name the entry: --leaf-hash with the 64 digits shown when acting, or --entry with its file.",
        "请指明条目：--leaf-hash 后接操作时告知的 64 位哈希，或用 --entry 给出条目文件。",
    ),
    "no-draft": (
        "There is no draft of this review here: `selection review draft save` keeps one, for whom --as names.",
        "此处没有该评审的草稿；请用 `selection review draft save` 保存，并注意 --as 所指人员。",
    ),
    "nobody-named": ("Say who you are: --as PERSON.", "请用 --as 人员编号 表明身份。"),
    "bundle-overpacked": (
        "{text} is packed in a way that no bundle is: unpacked it would be out of all proportion. Nothing was "
        "unpacked; find out who made it.",
        "{text} 的压缩方式异常，解压后的大小或文件数远超合理范围；未作解压，请核实其来源。",
    ),
    "not-a-bundle": (
        "{text} is not a bundle that this version can read; ask for the file again.",
        "{text} 不是本版本可读的证明包，请重新索取。",
    ),
    "letterhead-wrong": (
        "The letterhead cannot be used: {text}. Mend the file that SELECTION_LETTERHEAD names.",
        "版头设置无法使用：{text}。请更正 SELECTION_LETTERHEAD 所指文件。",
    ),
    "paper-code-unreadable": (
        "This is not the code of a paper: give all that the code says, from `selection:` or `https:` on.",
        "不是文件上的码：请给出码的完整内容，以 `selection:` 或 `https:` 开头。",
    ),
    "paper-code-wrong": (
        "The record holds another entry there than the paper says: the paper was changed, or is of another record.",
        "记录中该处的条目与文件所载不符：文件被改动，或出自另一份记录。",
    ),
    "paper-unrecorded": (
        "No paper that left in this round and that you may know of has these very bytes: the file was changed, or "
        "nobody recorded that it left. Ask the office that sent it.",
        "该轮次发出的、您有权知悉的文件中，没有与此逐字节相同者：文件被改动，或其发出未经记录。请向发出单位查询。",
    ),
    "paper-fonts-missing": (
        "The folder that SELECTION_PAPER_FONTS names holds no font (.otf, .ttf, .ttc); put one there, or unset it.",
        "SELECTION_PAPER_FONTS 所指文件夹中没有字体（.otf、.ttf、.ttc）；请放入字体，或取消该设置。",
    ),
    "paper-not-yet": (
        "The record holds nothing yet that this paper could show; print it once that has happened.",
        "记录中尚无该文件所载事项；请待其发生后再打印。",
    ),
    "no-checkpoint": (
        "No checkpoint of log {log} covers this yet; the worker with the signing key makes one within a minute. "
        "See `selection checkpoint list {log}`, and `selection doctor` for who signs.",
        "日志 {log} 尚无涵盖此内容的检查点；持有签名密钥的工作进程会在一分钟内生成，"
        "可用 `selection checkpoint list {log}` 查看，用 `selection doctor` 检查签名情况。",
    ),
    "not-agreed": ("Nothing was done because you did not confirm.", "您未确认，未作任何操作。"),
    "not-yet-signed": (
        "Recorded, but not yet covered by a checkpoint; that takes {seconds} s at most. Then ask again.",
        "已记录，但尚未纳入检查点，最多需 {seconds} 秒，请稍后再取。",
    ),
    "not-archived": (
        "No histories of the round are archived yet; run `selection audit archive {round}` first.",
        "该轮次的历史尚未归档；请先运行 `selection audit archive {round}`。",
    ),
    "not-reproduced": (
        "Nothing is simulated: recomputing the record gives another result at {point}. {text} Find out why with "
        "`selection audit verify`.",
        "不予模拟：记录在 {point} 处无法重算。{text} 请用 `selection audit verify` 查明。",
    ),
    "nothing-to-simulate": (
        "{text} contains no shortlist yet, so there are no ranks to simulate; use a bundle made after the shortlist.",
        "{text} 中尚无入围名单，没有可供模拟的名次；请使用其后导出的证明包。",
    ),
    "nothing-found": ("Nothing of this kind is recorded.", "没有相应记录。"),
    "broken": ("{text}", "有组成部分未应答或出错：{text}"),
    "checks-failed": (
        "{count:part needs|parts need} attention; see the table.",
        "有 {count} 项需要处理，见上表。",
    ),
    "not-reconciled": (
        "{count:entry|entries} could not be brought back; what is halted stays so until you choose --go-on.",
        "有 {count} 条未能恢复；在以 --go-on 处理之前，相应日志仍暂停。",
    ),
    "out-of-step": (
        "{count:answered entry is|answered entries are} not in the record, or a log is halted; see above.",
        "有 {count} 条已答复的内容不在记录中，或有日志已暂停，见上。",
    ),
    "partly-refused": (
        "Not taken: {refused} of {count}, for the reasons listed; the others are recorded.",
        "{count} 项操作中有 {refused} 项未受理，原因已列出；其余均已记录。",
    ),
    "pending": (
        "Accepted, receipt pending: selection receipt {command_id} --on {stream}",
        "已受理，回执待定：selection receipt {command_id} --on {stream}",
    ),
    "not-taken": (
        "Not accepted: the act is stored nowhere. Send it again with the same id: --command-id {command_id}",
        "未受理：系统尚未保存该操作。请用同一编号重新提交：--command-id {command_id}",
    ),
    "nobody-polls": (
        "No worker polls the task queue {queue}: start one, or correct SELECTION_TASK_QUEUE. Nothing was changed.",
        "没有工作进程轮询任务队列 {queue}；请启动工作进程，或修正 SELECTION_TASK_QUEUE。未作任何改动。",
    ),
    "not-recorded": (
        "No act of yours is recorded under {command_id}. If you were told that it was accepted, it is still waiting: "
        "ask again with --on STREAM. Otherwise send it again with the same id.",
        "没有您以 {command_id} 提交的操作记录。如此前提示已受理，则仍在等待，请加 --on 查询；"
        "否则请用同一编号重新提交。",
    ),
    "record-unavailable": (
        "The database does not respond ({cause}). Check that PostgreSQL is running and has disk space (`selection "
        "doctor`), then repeat the command; if you know the id of the act, add --command-id.",
        "数据库无应答（{cause}）。请确认 PostgreSQL 正在运行、磁盘未满（`selection doctor`），"
        "然后重复该命令；已知编号的操作请加 --command-id。",
    ),
    "break-unknown": (
        "{text} is not a place in the code. Give FILE:LINE or a function, such as selection.decision.machine.decide.",
        "代码中没有该位置：{text}。请给出 文件:行号 或函数名，例如 selection.decision.machine.decide。",
    ),
    "fold-broken": (
        "The record can be read only up to {point}: {text} What comes before can be replayed; `selection audit "
        "verify` checks the whole.",
        "记录只能读到 {point} 为止：{text}其前内容可以回放；整体结论请用 `selection audit verify`。",
    ),
    "history-missing": (
        "The bundle contains no history of {workflow}; its entries can still be replayed without --debug.",
        "证明包内没有 {workflow} 的历史；不加 --debug 仍可按条目回放。",
    ),
    "list-not-in-bundle": (
        "The bundle does not contain a list of this unit. It has the lists of: {units}.",
        "证明包内没有该单位的推荐名单。现有：{units}。",
    ),
    "not-in-bundle": (
        "The bundle does not contain this application; it has {count:application|applications}: {first} to {last}.",
        "证明包内没有该申报；共有 {count} 项：{first} 至 {last}。",
    ),
    "nobody-registered": (
        "Nobody with this id is registered in the bundle.",
        "证明包内没有登记过该编号的人员。",
    ),
    "point-early": (
        "Nothing of this was recorded by then; its first entry is #{seq}, at {at}.",
        "届时尚无相关记录；首条为 #{seq}，时间 {at}。",
    ),
    "point-outside": (
        "This is outside the bundle: what you replay has versions 1 to {count}, the log has entries #0 to #{last}.",
        "证明包未包含该处：所回放的记录有第 1 至 {count} 条，日志有 #0 至 #{last}。",
    ),
    "point-unreadable": (
        "This is not a point in time: give a version (12), a position in the log (#345), or a time (2024-08-29 "
        "00:00:00, Beijing time, or with a time zone).",
        "无法识别该时点：请给出版本（12）、日志序号（#345）或时间（2024-08-29 00:00:00，北京时间，或带时区）。",
    ),
    "points-reversed": (
        "--from is later than --at; swap them.",
        "--from 晚于 --at，请对调。",
    ),
    "register-missing": (
        "The bundle does not contain the register of people, so nobody's roles are known.",
        "证明包不含人员登记，无法得知任何人的身份。",
    ),
    "replay-failed": (
        "At {point}: {text} Either the history was changed, or it was made by another version of the code.",
        "{point}：{text}或者历史被改动，或者它由另一版本的代码产生。",
    ),
    "replay-options": (
        "These options cannot be combined: --debug takes --at or --break, --break needs --debug, and --seen-by takes "
        "--at but not --from. Of a round or a list there is neither --debug nor --seen-by.",
        "选项不能同时使用：--debug 只与 --at 或 --break 同用，--break 须与 --debug 同用；--seen-by 可与 --at 同用，"
        "不可与 --from 同用。回放轮次或推荐名单时，不能使用 --debug 和 --seen-by。",
    ),
    "projections-differ": (
        "The projections do not match the log; nothing was changed. `selection db rebuild` puts them right. No "
        "program of ours wrote what differs: find out who wrote to the database directly.",
        "投影与日志不一致，未作改动；可用 `selection db rebuild` 重建。不一致之处并非本系统程序所写，"
        "请排查绕过记录的写入。",
    ),
    "projections-mended": (
        "The projections did not match the log and were rebuilt. No program of ours wrote what differed: find out who "
        "wrote to the database directly.",
        "投影与日志不一致，已重建。不一致之处并非本系统程序所写，请排查绕过记录的写入。",
    ),
    "projections-foreign": (
        "{count:stream is|streams are} shown as another version of the program projected them: run `selection db "
        "migrate`. Nothing else differs.",
        "有 {count} 个流的投影由其他版本的程序生成，请运行 `selection db migrate`；其余均一致。",
    ),
    "receipt-refuted": (
        "The receipt does not prove this: {text}. Ask for it again, and check the key and the leaf hash.",
        "该回执不能证明：{text}。请重新索取，并核对公钥与叶哈希。",
    ),
    "record-changed": (
        "The entries of the record do not match its checkpoint: run `selection doctor` and inform the auditor.",
        "记录中的条目与其检查点不符：请运行 `selection doctor` 并告知审计人员。",
    ),
    "rules-faulty": (
        "The rules file has {count:fault|faults}, listed above.",
        "规则文件有 {count} 处问题，已列出。",
    ),
    "too-many-places": (
        "Not possible: {places:place|places} for {count:ranked application|ranked applications}.",
        "名额 {places} 个，多于参加排名的 {count} 项申报。",
    ),
    "unknown-reviewer": (
        "No review by {person} counted for the ranking; give the reviewer's id as it is in the record.",
        "名次中没有 {person} 的有效评审；请使用记录中的评审编号。",
    ),
    "unexpected": (
        "An unexpected error occurred ({text}); repeat with the same --command-id, and report it if it happens again.",
        "发生意外错误（{text}）；请用相同的 --command-id 重试，如仍出现请报告。",
    ),
}
"""Failures of the command itself; refusals have their sentences in the core."""

CHINESE: dict[str, str] = {
    "account-missing": "PostgreSQL 不能以 root 身份运行，其专用账户 selection-postgres 不存在，也未能建立；"
    "请以普通用户运行，或先建立该账户：useradd --system --user-group --no-create-home --home-dir /nonexistent "
    "--shell /usr/sbin/nologin selection-postgres",
    "checkpoint-refused": "该规模已有另一检查点，或日志条目不足。",
    "command-reused": "该操作编号或内容编号已用于其他内容，请换用新编号。",
    "content-erased": "该内容已被清除，仅余哈希。",
    "content-too-large": "内容过大，每份最多 20 MB。",
    "too-much-stored": "该人员近期存入而未被引用的内容过多，请先提交引用这些内容的操作。",
    "disk-full": "磁盘空间不足，请清理或用 --data 另选目录。",
    "eraser-away": "未作记录：执行清除需要专用的数据库登录，此处没有或未获准入；请设置 SELECTION_ERASER_DATABASE_URL。",
    "folder-in-use": "该数据目录上已有实例在运行；请使用它、停止它，或用 --data 另选目录。",
    "folder-open": "任何人都可写入该数据目录，从而替换其中的文件；请用 chmod 700 关闭，或用 --data 另选目录。",
    "folder-not-writable": "数据目录不可写；请修改权限，或用 --data 另选目录。",
    "ledger-error": "数据库拒绝了该操作。",
    "login-missing": "本进程没有所需的数据库登录；请设置相应的 SELECTION_*_DATABASE_URL，或以启动实例的用户运行。",
    "login-refused": "该数据库用户不适合作此登录：每个登录须各有用户，且无其他权限。",
    "entry-unreadable": "记录中有本版本程序不认识的条目；请使用更新的版本，或继续使用写入该条目的版本。",
    "migration-waits": "有一项结构更新未进行：所需的表被另一会话占用；请用 `selection doctor` 查明，再重新运行。",
    "not-founded": "本系统尚未创立：记录未载明操作是否须签名；请运行一次 `selection db found`。",
    "not-local": "本系统创立时并非单机安装，操作须签名，且不能更改；请去掉 --local，或用 --data 另建单机安装。",
    "not-migrated": "数据库结构不是当前版本；请运行 `selection db migrate`。",
    "part-failed": "有组成部分未能启动或已退出，详情见其日志。",
    "part-missing": "缺少组成部分，请重新安装。",
    "person-erased": "该人员编号已清除；如需登记，请换用新编号。",
    "plaintext-refused": "与自有服务器的连接未加密或未验证身份；请启用 TLS，或在 SELECTION_ALLOW_PLAINTEXT 中写明。",
    "portal-elsewhere": "记录写明的访问地址与此不同，通行密钥在此无效；请在记录写明的地址启动。",
    "port-taken": "端口被占用，请换用其他端口。",
    "reads-moved": "所依据的内容已变更，未作记录；请重试。",
    "record-diverged": "数据库中该版本已是另外的内容，未作记录。",
    "record-protected": "该数据库身份无此权限，或记录只可追加。",
    "server-unreachable": "没有运行中的实例；请用 `selection up` 启动，或用环境变量指定服务器。",
    "settings-wrong": "环境变量设置有误。",
    "unstorable-value": "内容含有数据库无法保存的字符（如 NUL）。",
    "version-differs": "数据目录由其他版本建立，请使用相应版本。",
}
"""Chinese sentences for failures that say their own English one."""
