"""The register: units, people, everyone's keys."""

WORDS: dict[str, tuple[str, str]] = {
    "units": ("Units", "单位"),
    "units-lead": (
        "The register of units: hosts, co-builders and employers.",
        "用以识别依托单位、共建单位和所在单位的单位登记。",
    ),
    "unit-none": ("No unit fits this search.", "没有符合条件的单位。"),
    "name": ("Name", "名称"),
    "code": ("Code", "代码"),
    "kind": ("Kind", "类型"),
    "state": ("State", "状态"),
    "ended": ("ended", "已终止"),
    "active": ("in the register", "在册"),
    "inactive": ("taken out", "已停用"),
    "erased": ("erased", "已清除"),
    "parents": ("Belongs to", "隶属"),
    "below": ("Belonging to it", "下属单位"),
    "before": ("What was registered of it", "历次登记"),
    "people": ("People", "人员"),
    "people-lead": (
        "Who is registered, by name and account, without addresses. That you look is noted.",
        "在册人员的姓名与账号，不含联系地址。您的此次查看将载入查阅日志。",
    ),
    "people-none": ("Nobody fits this search.", "没有符合条件的人员。"),
    "person": ("Person", "人员"),
    "account": ("Account", "账号"),
    "roles": ("Roles", "身份"),
    "employer": ("Employer", "所在单位"),
    "language": ("Language of letters", "邮件语言"),
    "language-zh": ("Chinese", "中文"),
    "language-en": ("English", "英文"),
    "ties": ("Your ties", "本人利益关系"),
    "ties-lead": (
        "Relatives, advisers and shared projects by which you stand aside. What you declared you end by saying so; "
        "what an administrator entered is changed by one. Whom you name yourself is not bound by it: an administrator "
        "registers it of both of you, or you report the conflict where they judge what you apply for.",
        "据以回避的亲属、师生和共同项目关系。本人申明的，由本人申明终止；管理员登记的，由管理员变更。"
        "对方不因您本人的申明而回避：请由管理员登记双方关系；如其评判您的申报，也可在该申报中报告利益冲突。",
    ),
    "ties-none": ("Nothing is declared of you.", "尚无申明。"),
    "ties-declare": ("Declare one, or that one no longer holds", "申明新的关系，或申明其已终止"),
    "tie": ("Tie", "关系"),
    "tied-to": ("To whom", "对方"),
    "told-by": ("Told by", "来源"),
    "told-by-you": ("you", "本人申明"),
    "told-by-register": ("your registration", "登记"),
    "keys": ("Everyone's keys", "全部密钥"),
    "keys-lead": (
        "Who signs with what, revoked keys with them. That you look is noted. To revoke somebody else's lost key, "
        "two people sign.",
        "各人签名所用的密钥，含已注销的。您的此次查看将载入查阅日志。注销他人遗失的密钥须由两人签署。",
    ),
    "keys-none": ("No key fits this search.", "没有符合条件的密钥。"),
    "keys-none-yet": ("No key is registered yet.", "尚未登记任何密钥。"),
    "key": ("Key", "密钥"),
    "since": ("Since", "登记时间"),
    "by": ("enrolled by {person}", "由 {person} 登记"),
    "in-force": ("in force", "有效"),
    "until": ("until", "有效至"),
    "ended-key": ("revoked", "已注销"),
    "readings": ("Look at the register", "查看登记册"),
}
