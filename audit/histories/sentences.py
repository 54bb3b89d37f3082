"""What is claimed of Temporal's histories, and of deciding again what they hold; and what can be found instead."""

from audit.claims import Sentences

CLAIMS: Sentences = {
    "histories-kept": (
        "Every workflow history that the record lists is in the bundle, unchanged.",
        "记录所列的每份工作流历史均在证明包内，未被改动。",
    ),
    "histories-chained": (
        "Each workflow's runs follow one another from the first to the last.",
        "每个工作流的各次运行首尾相接，无缺漏。",
    ),
    "histories-replay": (
        "Every history replays: the program, given these events, takes these steps.",
        "每份历史均可重放：程序依所载事件走出所载步骤。",
    ),
    "histories-agree": (
        "In the replay every input, timer and answer equals the one in the history.",
        "重放所得的每项输入、定时和答复均与历史所载相同。",
    ),
    "entries-matched": (
        "Histories and record tell the same story: each entry was made by one event, and each event made its entry.",
        "历史与记录一一对应：每一条目均由一个事件产生，每一事件均留下条目。",
    ),
    "decisions-follow": (
        "Each entry is what the program decides again for the same request, instant and facts.",
        "每一条目均与程序依同一请求、时刻和事实重新作出的决定一致。",
    ),
    "histories-readable": ("The histories can be read.", "工作流历史可读。"),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "act-not-held": (
        "No history of {stream} holds what was asked here, so it could not be decided again.",
        "{stream} 的历史中没有此处的请求，故无法重新决定。",
    ),
    "address-untold": (
        "{named} was registered with another mail address, and the entry does not say so.",
        "{named} 的电子邮箱已变更，但该条目未予载明。",
    ),
    "code-by-changer": (
        "{person} changed the mail address of {named} and sent a code for a first key there, though others could.",
        "{person} 变更了 {named} 的电子邮箱，又自行向新邮箱发送首个密钥的登记码，而当时另有他人可以办理。",
    ),
    "code-too-soon": (
        "{person} sent {named} a code for a first key too soon after their mail address was changed.",
        "{named} 的电子邮箱变更后等待期未满，{person} 即发送首个密钥的登记码。",
    ),
    "key-by-one-hand": (
        "{person} confirmed the first key of {named} after entering their mail address alone, changing it or sending "
        "the code, though others could.",
        "{person} 单独录入或变更了 {named} 的电子邮箱，或发送了登记码，又自行确认其首个密钥，而当时另有他人可以办理。",
    ),
    "administrators-gone": (
        "Fewer than {least:administrator|administrators} who could sign were left by this registration.",
        "该登记后，可签名的管理员不足 {least} 名。",
    ),
    "answer-differs": (
        "The workflow was told another {field} than entry {entry} gives.",
        "工作流所得的 {field} 与条目 {entry} 不符。",
    ),
    "decision-cut-short": (
        "Decided again, there is another entry: {found}.",
        "重新决定时，其后还有 {found}。",
    ),
    "decision-differs": (
        "Decided again, this is not {type} as recorded; what comes of it instead: {found}. First difference, recorded →"
        " decided again: {difference}.",
        "重新决定的结果并非所记的 {type}，而是：{found}。首处不同（所记 → 重新决定）：{difference}。",
    ),
    "decision-unfit": (
        "The program can't decide on what was asked here.",
        "程序无法就此处的请求作出决定。",
    ),
    "garbage-recorded": (
        "What was asked here is nobody's act, yet entry {entry} was recorded.",
        "此处的请求不是任何人的操作，却记录了条目 {entry}。",
    ),
    "not-folded": (
        "The log can't be followed, so nothing was decided again.",
        "日志无法逐条核算，故未重新决定。",
    ),
    "receipt-of-another": (
        "The receipt of entry {entry} was given to another act.",
        "条目 {entry} 的回执被给予了另一操作。",
    ),
    "administrator-by-staff": (
        "{person}, who served in this round, registered {named}, an administrator, and two others who could sign did "
        "not serve in it.",
        "{person} 在本轮次任职期间登记、变更或停用管理员 {named}，而当时另有两名未在本轮次任职的管理员可以办理。",
    ),
    "registered-by-colleague": (
        "{person} registered {named} anew, and both served in this round then.",
        "{person} 将 {named} 重新登记，而二人当时均在本轮次任职。",
    ),
    "activity-differs": (
        "The replay does not call {activity} here.",
        "重放在此处并不调用 {activity}。",
    ),
    "attributes-differ": ("The replay sets other search attributes.", "重放所得的检索属性不同。"),
    "beyond-archive": (
        "The run was still open when it was kept up to this event; from entry {entry} on nothing shows how the "
        "entries came about. Have the histories archived again.",
        "保存至该事件时运行尚未结束；自条目 {entry} 起无历史可证明其由来。请重新归档。",
    ),
    "chain-broken": (
        "The runs do not follow one another, so they were not matched.",
        "各次运行不相衔接，故未予比对。",
    ),
    "end-differs": ("The replay ends differently.", "重放的结局不同。"),
    "entry-differs": (
        "The history recorded number {version} differently from entry {entry}.",
        "历史所记的第 {version} 号与条目 {entry} 不符。",
    ),
    "entry-told-twice": (
        "Another event recorded number {version} already.",
        "第 {version} 号此前已由另一事件记录。",
    ),
    "entry-without-history": (
        "No history of {stream} holds what was answered with this entry, and what was asked can't be told from the "
        "record. So it is where a worker died just after the record had decided, or where Temporal lost something.",
        "{stream} 的历史中没有以该条目作出的答复，依记录也无从得知当时的请求。工作进程在记录作出决定后随即中断、或 "
        "Temporal 丢失数据时，便会如此。",
    ),
    "entry-without-event": (
        "No event of {stream} made this entry.",
        "{stream} 中没有产生该条目的事件。",
    ),
    "event-after-end": ("The history goes on after its end.", "历史在结束之后仍有事件。"),
    "event-skipped": (
        "Event {expected} is missing or out of place.",
        "缺少事件 {expected}，或其位置有误。",
    ),
    "event-without-entry": (
        "This event recorded number {version}, which the record does not hold there.",
        "该事件记录了第 {version} 号，而记录中没有。",
    ),
    "given-up": (
        "The record lost what was answered here; a person chose to go on without it, and the record says so.",
        "记录丢失了此处所答复的内容；有人选择不再找回而继续，并已载入记录。",
    ),
    "history-differs": (
        "The history is not the one that entry {entry} lists.",
        "历史与条目 {entry} 所列的不符。",
    ),
    "history-length-differs": (
        "The record lists {stated:event|events}, or another end; the history holds {found}.",
        "记录载明 {stated} 个事件或不同的结局，而历史有 {found} 个。",
    ),
    "history-not-kept": (
        "Not every run of this workflow could be read.",
        "该工作流的运行未能全部读取。",
    ),
    "history-not-listed": ("This history is not listed in the record.", "记录未列出该历史。"),
    "history-of-another-run": ("The history is of another run.", "该历史属于另一次运行。"),
    "history-too-large": (
        "The history is larger than any that Temporal keeps, so nothing was made of it.",
        "该历史超出 Temporal 所能保存的规模，故未予解析。",
    ),
    "history-unreadable": ("The history can't be read.", "历史无法读取。"),
    "input-differs": (
        "In the replay {activity} gets a different input.",
        "重放时交给 {activity} 的内容不同。",
    ),
    "not-replayed": ("The history does not replay, so nothing was compared.", "历史不能重放，故未予比对。"),
    "nothing-archived": (
        "The record lists no histories. Have them archived, then export again.",
        "记录中没有列出任何历史。请先归档，再重新导出。",
    ),
    "outcome-differs": (
        "In the replay, the act {update} got a different answer.",
        "操作 {update} 在重放中的答复不同。",
    ),
    "payload-unreadable": ("The event's content can't be read.", "该事件的内容无法读取。"),
    "receipt-differs": (
        "The receipt for number {version} is not that of any entry.",
        "第 {version} 号的回执与记录不符。",
    ),
    "replay-differs": (
        "The program does not take the steps that the history holds from here on.",
        "自此处起，程序的步骤与历史所载不符。",
    ),
    "replay-stuck": (
        "The replay did not finish.",
        "重放未能结束。",
    ),
    "replay-tells-more": (
        "The replay does more than the closed history holds.",
        "重放的内容多于已结束的历史所载。",
    ),
    "result-differs": (
        "The history was given another place than that of entry {entry}.",
        "历史所得的回执与条目 {entry} 的位置或哈希不符。",
    ),
    "run-after-missing": (
        "The run {run} that goes on from here was not kept.",
        "其后的运行 {run} 未被保存。",
    ),
    "run-before-missing": ("The run {run} before this one is missing.", "缺少其前的运行 {run}。"),
    "timer-differs": ("The replay waits for another time.", "重放的等待时间不同。"),
    "update-not-accepted": ("The replay does not accept this act.", "重放不受理该操作。"),
}
"""What can be found instead."""
