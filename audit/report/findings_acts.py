"""What can be found in place of what is claimed of acts, times, scores and quotas, in English and Chinese."""

OF_ACTS: dict[str, tuple[str, str]] = {
    "recorded-before-act": (
        "The act is dated {at}, and was recorded before that, at {recorded}.",
        "操作记于 {at}，而记录时间却更早：{recorded}。",
    ),
    "register-backward": (
        "The entry saw {size:entry|entries} of the register's log, and misses what an entry before it saw.",
        "该条目只见到登记日志的前 {size} 条，少于其前条目所见。",
    ),
    "register-behind": (
        "The entry saw {size:entry|entries} of the register's log; the bundle holds {held} of them, up to its latest "
        "checkpoint. Export again once the log is signed further.",
        "该条目见到登记日志的 {size} 条，而证明包只含其最新检查点之前的 {held} 条。待日志签署后请重新导出。",
    ),
    "act-late": (
        "The act came at {at}, after the deadline {deadline} at {until}.",
        "操作时间 {at} 已过期限 {deadline}（{until}）。",
    ),
    "deadline-differs": (
        "The entry names the deadline {stated}; {found} was in force.",
        "条目载明期限为 {stated}，而有效期限为 {found}。",
    ),
    "deadline-not-later": (
        "The deadline {deadline} was moved to {until}, which is not later.",
        "期限 {deadline} 改为 {until}，并未延后。",
    ),
    "deadline-passes-next": (
        "The deadline {deadline} was moved to {until}, past the one that follows it.",
        "期限 {deadline} 延至 {until}，超过其后一期限。",
    ),
    "entry-unreadable": ("The entry can't be read.", "条目无法读取。"),
    "event-unfit": (
        "{type} is not what could happen next in this matter.",
        "{type} 不是该事项此时可能发生的事件。",
    ),
    "fold-broken": ("The entries could not be followed beyond this one.", "自该条目起无法继续核算。"),
    "foreign-stream": ("{stream} is not part of this round.", "{stream} 不属于本轮。"),
    "listed-twice": ("{unit} lists application {application} twice.", "{unit} 重复推荐申报 {application}。"),
    "no-end-of-a-day": (
        "The deadline {deadline} was moved to {until}, which is not the end of a day.",
        "期限 {deadline} 延至 {until}，并非一日之末。",
    ),
    "no-sealed-rules": ("No rules were sealed before this entry.", "该条目之前规则尚未封存。"),
    "not-accepted": (
        "The expert in seat {seat} had not accepted the invitation.",
        "席位 {seat} 的专家尚未接受邀请。",
    ),
    "not-dated-at-deadline": (
        "The event is dated {at}, its deadline is {until}.",
        "事件记于 {at}，而期限为 {until}。",
    ),
    "not-entitled-to-act": (
        "{person} acted as {role} without being it.",
        "{person} 以 {role} 身份办理，但不具有该角色。",
    ),
    "not-in-person": (
        "Someone else acted for the expert in seat {seat}.",
        "席位 {seat} 的专家并非本人办理。",
    ),
    "not-in-the-seat": (
        "Someone counts as a reviewer who holds no seat (seat {seat}).",
        "未在席者被计为评审专家（席位 {seat}）。",
    ),
    "not-in-this-stage": (
        "{type} can't happen at {stage} by a {role}.",
        "{stage} 阶段不得由 {role} 产生 {type}。",
    ),
    "not-invited": ("Nobody in seat {seat} was waiting for an answer.", "席位 {seat} 并无待答复的邀请。"),
    "not-on-the-list": (
        "Application {application} counts as recommended by {unit}, whose list does not hold it.",
        "申报 {application} 被计为由 {unit} 推荐，但其推荐名单中没有该项。",
    ),
    "nothing-to-void": ("There is no valid review in seat {seat}.", "席位 {seat} 没有有效评审可作废。"),
    "other-deadlines-moved": (
        "The outage moved these deadlines: {stated}. By the rules it moves: {found}.",
        "该次中断顺延的期限为：{stated}；按规则应为：{found}。",
    ),
    "other-region": (
        "{unit} may not recommend application {application}: it is of another region.",
        "{unit} 不得推荐其他地区的申报 {application}。",
    ),
    "other-rules-named": (
        "The entry names other rules than the sealed ones.",
        "条目所依据的规则并非封存的规则。",
    ),
    "other-staff": ("The application names other staff than the rules.", "申报所载工作人员与规则不符。"),
    "other-version": (
        "{unit} recommended another version of application {application}.",
        "{unit} 推荐的并非申报 {application} 的当前版本。",
    ),
    "outage-moves-nothing": (
        "An outage was recorded that moves no deadline, or only to {until}, which had passed.",
        "所记录的中断未顺延任何期限，或仅顺延至已过的 {until}。",
    ),
    "outage-unclear": (
        "The outage from {began} to {ended} does not lie before its entry.",
        "所记录的中断（{began} 至 {ended}）并不早于该条目。",
    ),
    "quota-differs": (
        "The entry states a quota of {stated} for {unit}; the sealed rules give {quota}.",
        "条目载明 {unit} 名额为 {stated}，而封存规则为 {quota}。",
    ),
    "quota-exceeded": (
        "{unit} has {count:standing recommendation|standing recommendations}; its quota is {quota}.",
        "{unit} 有效推荐 {count} 项，名额为 {quota}。",
    ),
    "ranking-differs": (
        "The ranking of {unit} is not one of what it lists.",
        "{unit} 的排序与其推荐名单不符。",
    ),
    "refused-in-time": (
        "An act was refused as late before {until}.",
        "在 {until} 之前，操作被以逾期为由拒绝。",
    ),
    "register-missing": (
        "The bundle does not hold the installation's log, in which people are registered.",
        "证明包中没有登记人员的系统日志。",
    ),
    "rehearsal-unmarked": (
        "The mark of a rehearsal is not that of the rules' clock.",
        "演练标记与规则的时钟不符。",
    ),
    "report-open": (
        "A score was fixed, or the list carried out, while a reported conflict waited for its ruling.",
        "利益冲突报告尚未裁定即确定得分或执行名单。",
    ),
    "review-changed": (
        "The review in seat {seat} was submitted before; it is locked.",
        "席位 {seat} 的评审已提交并锁定，不得更改。",
    ),
    "review-outlives-seat": (
        "Seat {seat} fell free, but its review still counts.",
        "席位 {seat} 已空缺，其评审却仍计入。",
    ),
    "round-id-unfit": ("The rules do not allow a round of this name.", "规则不允许以此命名本轮。"),
    "rules-file-other": (
        "The rules in the bundle are not the sealed ones.",
        "证明包内的规则并非封存的规则。",
    ),
    "rules-hash-differs": (
        "The sealed hash {stated} is not that of the rules in the entry.",
        "封存的哈希 {stated} 与条目中的规则不符。",
    ),
    "rules-sealed-twice": ("Rules were sealed before.", "规则此前已封存。"),
    "score-differs": (
        "The entry states {what} = {stated}; the reviews give {found}.",
        "条目载明 {what} = {stated}，由评审计算为 {found}。",
    ),
    "score-unfit": ("A score of seat {seat} is off the scale.", "席位 {seat} 的评分超出分值范围。"),
    "sealed-deadline-differs": (
        "The deadline {deadline} is not that of the sealed calendar.",
        "期限 {deadline} 与封存的日程不符。",
    ),
    "seat-not-lost": ("The seat was not waited for in this way.", "该席位并非处于此种等待状态。"),
    "seat-open": ("The score was fixed while a reviewer was still awaited.", "仍有评审未完成即确定得分。"),
    "settled-deadline-moved": (
        "The outage moved what had been settled: {deadline}.",
        "该次中断顺延了已办结的期限：{deadline}。",
    ),
    "state-unfit": ("What the record holds here can't be recomputed.", "此处记录的内容无法重新计算。"),
    "too-few-present": ("Only {count} of the panel could vote.", "有表决权的出席专家仅 {count} 人。"),
    "too-few-reviews": (
        "The score was fixed on {count:valid review|valid reviews}, fewer than the rules ask for.",
        "仅有 {count} 份有效评审即确定得分，少于规则要求。",
    ),
    "total-differs": (
        "The total of seat {seat} is not the sum of its scores.",
        "席位 {seat} 的总分与各项之和不符。",
    ),
    "two-routes": (
        "Application {application} was recommended by another unit before {unit}.",
        "申报 {application} 在 {unit} 之前已由其他单位推荐。",
    ),
    "version-gap": (
        "The event's number is {version} after {before}.",
        "事件编号为 {version}，前一编号为 {before}。",
    ),
    "voided-without-ruling": (
        "The review in seat {seat} was voided without a ruling.",
        "席位 {seat} 的评审未经裁定即被作废。",
    ),
    "votes-differ": (
        "{votes:vote was|votes were} counted of {voters} who could vote.",
        "有表决权者 {voters} 人，计得 {votes} 票。",
    ),
    "window-differs": (
        "The entry states {stated}; the rules give {found}.",
        "条目载明 {stated}，而按规则为 {found}。",
    ),
}
