"""What is claimed of the acts of people and their signatures, and what can be found instead."""

from audit.claims import Sentences

CLAIMS: Sentences = {
    "acts-signed": (
        "Every act in a person's name is signed with a key of theirs, and by two people where two must sign.",
        "以个人名义办理的每项操作均有其本人密钥的签名；须两人签名的，由两人签名。",
    ),
    "acts-readable": ("The signatures of acts can be read.", "操作的签名可读。"),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "act-parted": (
        "Entries of one act, up to entry {last}, name different times, actors or commands.",
        "同一操作的各条目（至第 {last} 条）所载时间、操作人或指令不一致。",
    ),
    "act-repeated": (
        "The record holds this act of this person already: it was copied.",
        "记录中已有此人的同一操作：此处为复制。",
    ),
    "act-unsigned": (
        "The act is not signed. Only a local installation takes acts without a signature, and this is not one.",
        "该操作没有签名。只有单机安装才接受未签名的操作，而本系统并非单机安装。",
    ),
    "acts-unsigned": (
        "Local installation: {unsigned} of {acts:act is|acts are} unsigned; anyone on that machine could have done "
        "them.",
        "单机安装：{acts} 项操作中有 {unsigned} 项未签名，使用该计算机的任何人均可能办理。",
    ),
    "authority-untrue": (
        "The entry says that the act came by {found}, which its signature does not bear out.",
        "条目称该操作以“{found}”方式办理，与其签名情况不符。",
    ),
    "code-unshown": (
        "The very first key was enrolled without the one-time code that the founding names.",
        "首个密钥的登记未出示系统创立时所定的登记码。",
    ),
    "command-differs": (
        "What the entry says was asked is not what was signed (hash {stated}…).",
        "条目所载的指令并非签名所针对的指令（哈希 {stated}…）。",
    ),
    "command-kept": (
        "The entry of a refused act holds what was asked, which belongs nowhere.",
        "被拒绝的操作不应保留其指令内容，而条目中却有。",
    ),
    "command-missing": (
        "The entry does not hold what was asked, so that the act can't be held against its signature.",
        "条目未载明指令内容，无法与签名核对。",
    ),
    "engine-misnamed": (
        "The entry is neither a person's nor the engine's.",
        "该条目既非个人所为，也非系统所为。",
    ),
    "enrolment-unproven": (
        "A key of {person} was enrolled or revoked by somebody who could not do that.",
        "{person} 的密钥由无权办理者登记或注销。",
    ),
    "erasure-unproven": (
        "Somebody was erased in the name of {by}, who did not ask for that in this act.",
        "以 {by} 的名义清除了人员信息，而其在此操作中并未要求清除。",
    ),
    "key-not-enrolled": (
        "The key that signed is not one that was enrolled for {person} and in force at this entry.",
        "签名所用密钥在该条目处并非 {person} 名下有效的已登记密钥。",
    ),
    "key-of-session": (
        "{person} signed with the key of a session, which is not enough for this act.",
        "{person} 使用会话密钥签名，不足以办理此操作。",
    ),
    "not-founded": (
        "The installation's log does not begin with its founding, so that nothing says whether acts must be signed.",
        "系统日志并非以系统创立为起始，无从得知操作是否须签名。",
    ),
    "proof-elsewhere": (
        "The signature was made for another installation or under other rules.",
        "签名针对的是其他系统或其他规则。",
    ),
    "proof-expired": (
        "The act is dated {at}; its signature counts from {issued} to {expires}.",
        "操作时间为 {at}，而签名的有效期为 {issued} 至 {expires}。",
    ),
    "proof-stray": (
        "The entry holds a signature where none belongs.",
        "该条目不应有签名，却载有签名。",
    ),
    "proof-unreadable": (
        "What the entry says of its act and signature can't be read.",
        "条目所载的操作与签名无法读取。",
    ),
    "proof-wrong": (
        "The signature of {person} does not fit the act.",
        "{person} 的签名与该操作不符。",
    ),
    "refusal-outlived": (
        "Something came of a refused act: {type}.",
        "已被拒绝的操作却产生了结果：{type}。",
    ),
    "register-ahead": (
        "The entry says that it saw {size:entry|entries} of its own log, which did not hold so many.",
        "条目称已见到本日志的 {size} 条，而当时并无这么多。",
    ),
    "act-unnamed": (
        "The sealed rules do not name the act {kind}, so nobody could do it.",
        "封存规则未列入操作 {kind}，任何人不得办理。",
    ),
    "second-missing": (
        "Two people must sign {kind}, and one did.",
        "{kind} 须两人签名，而只有一人签名。",
    ),
    "second-same": ("Both signatures are of the same person.", "两个签名出自同一人。"),
}
"""What can be found instead."""

LISTED: Sentences = {
    "first-key": (
        "The installation's first key, for which nobody but the founding's one-time code could vouch: {subject}. "
        "Compare it with the one in that person's hands.",
        "本系统的首个密钥（除创立时的登记码外无人可为其担保）：{subject}。请与该人手中的密钥核对。",
    ),
    "first-code-renewed": (
        "The one-time code of the first key was made anew {counted:time|times}, by the engine's word alone. So the "
        "founding does not tell whose the first key is: whoever held the servers could have made a code of their own. "
        "Compare the first key with the one in its person's hands.",
        "首个密钥的登记码曾重新生成 {counted} 次，仅以系统所述为据。因此创立条目不能说明首个密钥归谁所有："
        "掌握服务器的人可自行生成登记码。请将首个密钥与其本人手中的密钥核对。",
    ),
    "archived-on-request": (
        "{counted:entry names|entries name} who asked for histories to be kept, by the engine's word; "
        "nothing is decided by this, and nobody signs it.",
        "{counted} 条归档条目载明由谁要求保存历史，仅以系统所述为据；其不产生任何决定，也无须签名。",
    ),
}
"""What is said of entries without a claim."""
