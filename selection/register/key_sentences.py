"""What is said of the founding and of keys, and why an act about them is refused."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "installation.founded.v1": (
        ("The installation {installation} was founded.", "系统 {installation} 已创立。"),
        ("The installation was founded.", "系统已创立。"),
    ),
    "portals.named.v1": (
        ("People reach the installation at {portals}.", "系统的访问地址为 {portals}。"),
        ("Where people reach the installation was changed.", "系统的访问地址已变更。"),
    ),
    "code.renewed.v1": (("A new code for the first key was made.", "已另发首个密钥的登记码。"),),
    "signer.invited.v1": (
        ("{person} was sent a code for a first key.", "已向 {person} 发送首个密钥的登记码。"),
        ("A person was sent a code for a first key.", "已向一名人员发送首个密钥的登记码。"),
    ),
    "code.missed.v1": (
        ("A wrong code was shown for {person}.", "为 {person} 出示的登记码有误。"),
        ("A wrong code was shown.", "出示的登记码有误。"),
    ),
    "key.enrolled.v1": (
        ("{by} enrolled a key for {person}.", "{by} 为 {person} 登记了密钥。"),
        ("A key was enrolled.", "已登记一个密钥。"),
    ),
    "key.ended.v1": (
        ("{person} logged out.", "{person} 已退出登录。"),
        ("A person logged out.", "一名人员已退出登录。"),
    ),
    "key.revoked.v1": (
        ("A key of {person} was revoked.", "已注销 {person} 的一个密钥。"),
        ("A key was revoked.", "已注销一个密钥。"),
    ),
}
"""What happened, from the most that can be said to the least."""

REFUSALS: Names = {
    "already-founded": (
        "This installation was founded before, and stays what it is; start another one in a new data folder.",
        "本系统已创立，不能更改；如需另建，请使用新的数据目录。",
    ),
    "not-founded": (
        "This installation was never founded: its record does not say whether acts must be signed, so nothing is "
        "decided in it. Run `selection db found`, once, and repeat the act.",
        "本系统尚未创立：记录未载明操作是否须签名，故不作任何决定。请运行一次 `selection db found`，然后重新办理。",
    ),
    "unknown-signer": (
        "Nobody is registered as {person}; register them with `selection person add` first.",
        "未登记人员 {person}；请先用 `selection person add` 登记。",
    ),
    "signer-has-key": (
        "{person} has a key, and enrols further ones with it; a lost one is revoked with `selection key revoke`.",
        "{person} 已有密钥，可自行用其登记新密钥；密钥遗失的，请用 `selection key revoke` 注销。",
    ),
    "signer-self": (
        "Revoke a key of your own without --person: the two who sign here are others.",
        "注销本人密钥请勿使用 --person；此处签名的两人须为他人。",
    ),
    "key-unproven": (
        "The key did not sign its own enrolment for this person and installation; hand it in anew with "
        "`selection key request`.",
        "密钥未就此人和本系统签署登记声明；请用 `selection key request` 重新提交。",
    ),
    "key-elsewhere": (
        "This key was made for another site ({site}); make one at {portals}, or take a key in a file.",
        "该密钥是为其他网站（{site}）创建的；请在 {portals} 重新创建，或改用文件密钥。",
    ),
    "portals-same": (
        "These are the addresses already, or one stands there twice; name the addresses as they are to be.",
        "地址未变，或有重复；请写明变更后的全部地址。",
    ),
    "portals-too-early": (
        "With {portals} alone, fewer than two administrators could sign: their passkeys belong to other addresses. "
        "Keep the present address beside the new one until two of them have a key there.",
        "仅保留 {portals} 时，能够签名的管理员不足两名：其通行密钥属于其他地址。"
        "请先同时保留现有地址，待两名管理员在新地址登记密钥后再变更。",
    ),
    "portals-without-this-page": (
        "One of you signs on a page of {portal}, which these addresses leave out: if one of them is wrong, nobody "
        "could put it right. Keep that address beside the others, and leave it out later, when both sign on a page of "
        "another.",
        "签名人之一在 {portal} 的页面上签名，而所列地址不含该地址：如所列地址有误，将无人能够更正。"
        "请先保留该地址，日后两人均在其他地址的页面上签名时再移除。",
    ),
    "portal-unusual": (
        "Browsers write {portal} as {usual}, and no passkey's signature would fit; name it so.",
        "浏览器将 {portal} 写作 {usual}，照前者填写会使所有通行密钥的签名无法核对；请填写后者。",
    ),
    "key-known": (
        "This key was enrolled before; make a new one with `selection key new`.",
        "该密钥曾经登记；请用 `selection key new` 新建。",
    ),
    "key-unknown": (
        "No such key is in force for this person; see `selection key list`.",
        "此人名下没有该有效密钥；请用 `selection key list` 查看。",
    ),
    "session-of-another": (
        "A session's key is enrolled by its own person alone.",
        "会话密钥只能由本人登记。",
    ),
    "session-too-long": (
        "A session's key must end within {hours:hour|hours}, and no other key ends; log in anew.",
        "会话密钥须在 {hours} 小时内失效，其他密钥不设期限；请重新登录。",
    ),
    "code-wrong": (
        "This is not the code that {person} was sent ({left:try|tries} left); let them read it again from their "
        "letter.",
        "登记码与寄给 {person} 的不符（还可尝试 {left} 次）；请其核对邮件。",
    ),
    "code-expired": (
        "The code of {person} has run out; send them another with `selection key invite {person}`.",
        "{person} 的登记码已过期；请用 `selection key invite {person}` 重新发送。",
    ),
    "first-code-expired": (
        "This code has run out; have the operator run `selection db found`, which prints another.",
        "该登记码已过期；请运维人员运行 `selection db found` 取得新的登记码。",
    ),
    "code-holds": (
        "Another code is made only once the former one has run out, and while nobody has a key.",
        "仅在原登记码已过期且尚无任何密钥时，方可另发登记码。",
    ),
    "address-waits": (
        "The mail address of {person} was changed, and they were told at both addresses; send the code from {until} "
        "on, unless they say that the change was not theirs.",
        "{person} 的电子邮箱已变更，系统已向新旧邮箱发信告知；如其未表示异议，请于{until}后发送登记码。",
    ),
    "address-by-another": (
        "You entered the mail address of {person}; have another administrator or an officer do this, after asking "
        "{person} themselves.",
        "{person} 的电子邮箱由您录入；请由另一名管理员或经办人员向其本人核实后办理。",
    ),
    "code-by-another": (
        "You sent {person} the code; have another administrator or an officer confirm the key, after asking {person} "
        "for its name.",
        "{person} 的登记码由您发送；请由另一名管理员或经办人员向其本人核对密钥名称后确认。",
    ),
    "code-spent": (
        "{person} has no code that counts; send one with `selection key invite {person}`.",
        "{person} 没有有效的登记码；请用 `selection key invite {person}` 发送。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
