"""What is said of the draws of a round: what happened, why something is refused."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "draw.committed.v1": (
        (
            "Draw {draw} was committed to the numbers of {source} {issue}: {applications:application|applications}, "
            "{experts:expert|experts}.",
            "抽取 {draw} 已固定，以 {source} {issue} 的号码公开：{applications} 项申报，{experts} 名专家。",
        ),
        (
            "Draw {draw} was committed to the numbers of {source} {issue}.",
            "抽取 {draw} 已固定，以 {source} {issue} 的号码公开。",
        ),
        ("A draw was committed.", "抽取已固定。"),
    ),
    "draw.numbers-entered.v1": (
        (
            "The public numbers of draw {draw} were entered: {numbers}.",
            "录入抽取 {draw} 的公开号码：{numbers}。",
        ),
        ("The public numbers of a draw were entered.", "录入一次抽取的公开号码。"),
    ),
    "draw.voided.v1": (
        (
            "Draw {draw} was voided before it was opened, with a reason.",
            "抽取 {draw} 在公开前作废，并附理由。",
        ),
        ("A draw was voided before it was opened.", "一次抽取在公开前作废。"),
    ),
    "draw.opened.v1": (
        (
            "Draw {draw} was opened with the public numbers {randomness}.",
            "抽取 {draw} 公开，公开号码：{randomness}。",
        ),
        ("A draw was opened.", "抽取公开。"),
    ),
    "draw.drawn.v1": (
        (
            "Draw {draw} filled no seat: no panels exist for {clashing}. Another draw is needed.",
            "抽取 {draw} 未能补上任何席位：{clashing}无法组成专家组，须另行抽取。",
        ),
        (
            "The panels of draw {draw} were drawn (sum of costs: {total_cost}).",
            "抽取 {draw} 完成组建专家组（成本合计 {total_cost}）。",
        ),
        ("Draw {draw} was carried out.", "抽取 {draw} 已执行。"),
        ("A draw was carried out.", "一次抽取已执行。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

REFUSALS: Names = {
    "registrar-draws": (
        "You register people, as an administrator, so you neither commit to a draw nor open one: what is registered of"
        " an expert meanwhile decides which panels stand. Another officer has to do this.",
        "您以管理员身份登记人员，故不得固定或公开抽取：其间对评审专家的登记会影响各专家组能否成立。须由其他经办人员办理。",
    ),
    "draw-unfounded": (
        "No draw of this name is committed; look at the round's draws and name the one that waits.",
        "没有以此名称固定的抽取；请查看本轮次的各次抽取，写明待公开者。",
    ),
    "deposit-unfit": (
        "What was deposited is no secret of 16 to 64 bytes in hex, or not the one whose hash this is. Commit the draw "
        "on its page, or by the command for it: both make the secret and deposit it.",
        "交存的内容不是 16 至 64 字节的十六进制秘密数，或与所填哈希不符。请在抽取页面或以相应命令固定，"
        "秘密数由系统生成并交存。",
    ),
    "deposit-gone": (
        "The secret of draw {draw} was erased or lost, so that nobody can open it. Have two supervisors void the draw.",
        "抽取 {draw} 的秘密数已清除或遗失，无法公开。请由两名监督人员作废。",
    ),
    "draw-waiting": (
        "Draw {draw} is committed and waits; open it first, or have two supervisors void it with a reason: `selection "
        "round draw ROUND --void REASON`.",
        "抽取 {draw} 已固定，尚待公开；请先公开，或由两名监督人员说明理由后作废："
        "`selection round draw ROUND --void REASON`。",
    ),
    "paper-awaited": (
        "Units' lists are open for paper until {until}, and a unit may still disown what was entered for it; draw "
        "panels after that.",
        "推荐名单在 {until} 前等候纸质推荐，推荐单位此前仍可撤回代为录入的推荐；请在此之后抽取专家。",
    ),
    "draw-not-waiting": (
        "Draw {draw} does not wait to be opened; look at the round's draws and name the one that does.",
        "抽取 {draw} 并非待公开的抽取；请查看本轮次的各次抽取，写明待公开者。",
    ),
    "randomness-unknown": (
        "The rules have no such public numbers. Name one of their sources ({sources}) and an issue that it has, by day "
        "and time.",
        "规则中没有该公开号码。请写明规则所列来源（{sources}）及其确有的一期（日期和时刻）。",
    ),
    "randomness-too-early": (
        "These numbers are public too early for a draw that is committed now; name an issue that is public from "
        "{since} on.",
        "对现在固定的抽取而言，该号码公布过早；请选择{since}及以后公布的一期。",
    ),
    "randomness-too-late": (
        "These numbers are public too late; name an issue that is public before {until}.",
        "该号码公布过晚；请选择{until}之前公布的一期。",
    ),
    "randomness-not-later": (
        "Draw {draw} named numbers that are public at {since}; the next draw needs later ones.",
        "抽取 {draw} 所定号码于{since}公布；下一次抽取须以其后公布的号码公开。",
    ),
    "numbers-not-public": (
        "The numbers of draw {draw} are not public yet; come back from {since} on.",
        "抽取 {draw} 的号码尚未公布；请于{since}以后办理。",
    ),
    "numbers-unfit": (
        "This is no result of {source}. Type the numbers as they were published, those of each group in ascending "
        "order unless their order counts.",
        "这不是 {source} 的开奖结果。请按公布的号码填写；除顺序有意义者外，每组由小到大。",
    ),
    "numbers-signed": (
        "Draw {draw} is opened with the signature of a beacon, which is checked; nobody has to enter it beforehand.",
        "抽取 {draw} 以信标签名公开，系统将核验签名，无需事先录入。",
    ),
    "signature-unfit": (
        "This is not the signature of {source} for the round that the draw named. Copy the 96 characters of its "
        "signature as the beacon publishes them for that round.",
        "这不是 {source} 在抽取所指轮次的签名。请照录该信标公布的该轮次签名，共 96 个字符。",
    ),
    "numbers-entered-once": (
        "The numbers of draw {draw} must be entered by two people. Have somebody else enter them first: `selection "
        "round draw ROUND --enter NUMBERS`.",
        "抽取 {draw} 的号码须由两人分别录入。请先由另一人录入：`selection round draw ROUND --enter NUMBERS`。",
    ),
    "numbers-differ": (
        "Somebody else entered other numbers for draw {draw}. Compare with what was published; whoever erred "
        "enters them again.",
        "他人为抽取 {draw} 录入的号码与此不同。请与公布结果核对，录入有误者重新录入。",
    ),
    "draw-own": (
        "You committed draw {draw}; another officer or a supervisor opens it.",
        "抽取 {draw} 由您固定；须由另一名经办人员或监督人员公开。",
    ),
    "drew-before": (
        "Draw {draw} was voided, and you or somebody of your post had committed it; the next one is made by others: "
        "the {post} commit it, and somebody else opens it.",
        "抽取 {draw} 已作废，且系由您或您所在岗位的人员固定；下一次须由他人办理：由{post}固定，另由他人公开。",
    ),
    "draw-expired": (
        "Draw {draw} could be opened until {until}. Have two supervisors void it, and commit another.",
        "抽取 {draw} 须在{until}之前公开。请由两名监督人员作废，再固定另一次抽取。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
