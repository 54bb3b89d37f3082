"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

_TABLE = (
    "A table (XLSX or CSV), at most 100 rows at once. Once no row has a fault, names and addresses are stored, apart "
    "from the record; if nobody registers them within a week, they are deleted. The table itself is not kept.",
    "表格（XLSX 或 CSV），每次至多 100 行。各行均无误后，姓名和地址即与记录分开保存；"
    "一周内未予登记的即行删除。表格本身不保存。",
)
_UNITS = (
    "A table (XLSX or CSV), at most 100 rows at once. It is read and shown to you; the table itself is not kept.",
    "表格（XLSX 或 CSV），每次至多 100 行。系统读取后向您显示，表格本身不保存。",
)
_WHY = ("Reason, without names", "理由（不含姓名）")
_CORRECTION = (
    "What is put right with a reason, within the days of a round's rules, binds nobody in it. Leave it empty for what "
    "merely changed.",
    "在本轮规则所定天数内说明理由予以更正的登记内容，不作为该轮回避依据。只是情况变化的，不必填写。",
)

LABELS: Names = {
    "register-people": ("Register people", "登记人员"),
    "register-people.guidance": (
        "Register people, or register them anew: the latest registration counts. If one row is wrong, nobody is "
        "registered. Staff, and agents of recommending units, are registered by two administrators: one of them in a "
        "table has all of it refused, so they go in a table of their own.",
        "登记人员，或重新登记：以最近一次为准。任何一行有误，均不登记。工作人员及推荐单位的推荐人员须由两名管理员登记："
        "表中有其中一人，全表即不予登记，须另表登记。",
    ),
    "register-people.people": ("Table of people", "人员表"),
    "register-people.people.help": _TABLE,
    "register-people.because": _WHY,
    "register-people.because.help": _CORRECTION,
    "register-staff": ("Register staff", "登记工作人员"),
    "register-staff.guidance": (
        "Register people of whom some have, get or lose a role of the staff. A second administrator signs after you.",
        "登记涉及工作人员身份的人员。您签名后，须由第二名管理员签名。",
    ),
    "register-staff.people": ("Table of people", "人员表"),
    "register-staff.people.help": _TABLE,
    "register-staff.because": _WHY,
    "register-staff.because.help": _CORRECTION,
    "register-agents": ("Register agents of recommending units", "登记推荐单位的推荐人员"),
    "register-agents.guidance": (
        "Register people who act for a recommending unit, are to act, or no longer do. A second administrator signs "
        "after you. To end at once what somebody may do, register them as not active with “Register people”, with "
        "roles, units, employer and mail address as they are.",
        "登记现为、将为或不再为推荐单位推荐人员的人员。您签名后，须由第二名管理员签名。"
        "如需立即停止某人的权限，请在“登记人员”中将其登记为停用，身份、单位、所在单位和电子邮箱须与现登记一致。",
    ),
    "register-agents.people": ("Table of people", "人员表"),
    "register-agents.people.help": _TABLE,
    "register-agents.because": _WHY,
    "erase-person": ("Erase a person's data", "清除人员信息"),
    "erase-person.guidance": (
        "The person's name and address go, what they wrote on their own behalf, and what was written about them. It "
        "cannot be undone. A second administrator signs after you.",
        "将清除该人员的姓名、地址，其以本人名义撰写的内容以及关于该人员的内容，且无法恢复。您签名后，须由第二名管理员签名。",
    ),
    "erase-person.person": ("Person", "人员"),
    "erase-person.person.help": ("The person's id.", "人员编号。"),
    "erase-person.force": ("Even with open duties?", "有未办结职责时是否仍然清除？"),
    "erase-person.force.yes": ("Yes, erase all the same", "是，仍然清除"),
    "erase-person.force.no": ("No", "否"),
    "erase-person.because": _WHY,
    "settle-letters": ("Deal with undelivered letters", "处理无法投递的邮件"),
    "settle-letters.guidance": (
        "These letters could not be delivered. Send them again, for example once the address is mended, or give "
        "them up.",
        "下列邮件无法投递。可在更正地址后重新发送，或不再发送。",
    ),
    "settle-letters.letters": ("Letters", "邮件"),
    "settle-letters.how": ("What becomes of them", "处理方式"),
    "settle-letters.how.resend": ("Send again", "重新发送"),
    "settle-letters.how.drop": ("Give up", "不再发送"),
    "invite-signer": ("Send a code for a first key", "发送首个密钥的登记码"),
    "invite-signer.guidance": (
        "Each gets a letter with a one-time code for their first key. A new code ends the former one.",
        "每人将收到一封含一次性登记码的邮件，用于登记首个密钥。新码使旧码失效。",
    ),
    "invite-signer.people": ("People", "人员"),
    "invite-signer.people.help": ("Their ids, each on a line of its own.", "人员编号，每行一个。"),
    "name-portals": ("Change the portal's addresses", "变更系统的访问地址"),
    "name-portals.guidance": (
        "A passkey's signature counts on pages at these addresses alone. Put the one to use first; keep a former one "
        "beside it until everybody has a key at the new one. A second administrator signs after you.",
        "通行密钥的签名仅在下列地址的页面上有效。请将今后使用的地址列在首位；原地址应保留至所有人都在新地址登记密钥为止。"
        "您签名后，须由第二名管理员签名。",
    ),
    "name-portals.portals": ("Addresses", "访问地址"),
    "name-portals.portals.help": (
        "Each on a line of its own, with its port where it has one: https://selection.example.cn",
        "每行一个，有端口的须写明，例如 https://selection.example.cn",
    ),
    "enrol-key": ("Enrol a key", "登记密钥"),
    "revoke-key": ("Revoke a key of mine", "注销本人密钥"),
    "revoke-key.guidance": (
        "Nothing counts that is signed with the key from then on, and sessions that it opened end.",
        "自此以该密钥签名的内容一律无效，由其开启的会话随即结束。",
    ),
    "revoke-key.key": ("Your key", "您的密钥"),
    "revoke-lost-key": ("Revoke somebody's lost key", "注销他人遗失的密钥"),
    "revoke-lost-key.guidance": (
        "Revoke the key of somebody who lost it or had it stolen. A second person signs after you.",
        "注销他人遗失或被盗的密钥。您签名后，须由第二人签名。",
    ),
    "revoke-lost-key.person": ("Whose key", "密钥所属人员"),
    "revoke-lost-key.key": ("Name of the key", "密钥名称"),
    "register-units": ("Register units", "登记单位"),
    "register-units.guidance": (
        "Register units, or change what is registered of them. What stands as the table has it is passed over.",
        "登记单位，或变更已登记的内容。与表格一致的不再登记。",
    ),
    "register-units.units": ("Table of units", "单位表"),
    "register-units.units.help": _UNITS,
    "register-units.because": _WHY,
    "register-units.because.help": _CORRECTION,
    "declare-tie": ("Declare a tie of your own", "申明本人利益关系"),
    "declare-tie.guidance": (
        "Declare close relatives, your doctoral adviser or students, and projects shared with others. You stand aside "
        "from what they apply for from now on; once you say that it no longer holds, for the years that each round's "
        "rules name. Whom you name is not bound by your word: an administrator registers it of both of you, or you "
        "report the conflict where they judge what you apply for. Administrators see what you declare; what they "
        "entered of you stays beside it.",
        "请申明近亲属、博士导师或学生以及与他人共同承担的项目。自即时起，您须回避对方的申报；申明终止后，"
        "在各轮规则规定的年限内仍须回避。对方不因您的申明而回避：请由管理员登记双方关系；如其评判您的申报，也可在该申报中报告利益冲突。"
        "管理员可查看您的申明；管理员登记的关系另行保留。",
    ),
    "declare-tie.tie": ("What binds you", "关系类别"),
    "declare-tie.tie.relative": ("A close relative", "近亲属"),
    "declare-tie.tie.adviser": ("Doctoral adviser or student", "博士导师或学生"),
    "declare-tie.tie.project": ("A shared project", "共同承担的项目"),
    "declare-tie.unit": (
        "Unit (code); fill in this or the person",
        "对方单位（代码），与下一项填其一",
    ),
    "declare-tie.unit.help": (
        "The unit that employs the relative or adviser, or shares the project; or else a person below.",
        "对方所在单位，或共同承担项目的单位；也可改填下列人员。",
    ),
    "declare-tie.other": (
        "Person (account); fill in this or the unit",
        "对方人员（账号），与上一项填其一",
    ),
    "declare-tie.holds": ("Does this tie exist now?", "该关系目前是否存在？"),
    "declare-tie.holds.yes": ("Yes, from now on", "是，自即时起"),
    "declare-tie.holds.no": ("No longer; I declared it before", "不再存在（此前由本人申明）"),
    "record-papers": ("Record the papers that leave", "登记发出的文件"),
    "record-restoration": ("Decide on a log that lost entries", "裁定缺失记录的处理"),
    "report-unreached": ("Report an act that reached nothing", "报告未送达的操作"),
    "end-session": ("End a session", "结束会话"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
