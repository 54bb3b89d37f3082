"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "refer-conflict": ("Refer a conflict that data shows", "提请裁定数据发现的利益冲突"),
    "refer-conflict.guidance": (
        "Register and bids show what binds somebody to this application: the evidence goes to a supervisor as it is "
        "now. Dismissed, that very evidence is refused no more; confirmed, the person judges nothing here.",
        "登记与申报信息显示某人与该申报存在利益关系：系统将现有证据提交监督人员裁定。裁定不成立的，该项证据不再据以拒绝；"
        "认定成立的，该人员不再评判该申报。",
    ),
    "refer-conflict.text": ("Why they should act all the same", "为何仍应由其办理"),
    "refer-conflict.text.help": (
        "Only where nothing but a unit of the organiser's own house binds an officer, supervisor or approver: then a "
        "supervisor of that house may rule as well. Everybody will read by which unit they are bound.",
        "仅适用于经办、监督或审批人员只因组织单位本系统的单位而存在关联的情形：此时同系统的监督人员也可裁定。"
        "其所涉单位向各方公开。",
    ),
    "refer-conflict.expert": ("Whom it is about", "涉及人员"),
    "refer-conflict.expert.help": (
        "The id of the person whom an act was refused for, or who is to be named.",
        "操作因其被拒绝的人员或拟指派人员的编号。",
    ),
    "declare-project": ("Declare a shared project", "申明合作项目"),
    "declare-project.guidance": (
        "Name who shared a project with your units or your team, now or within the years of the rules, and might judge "
        "the application. A supervisor rules on it with what you write. Confirmed, the person judges nothing here; "
        "until then nobody stands aside. The person is not told. Later, report a conflict of interest instead.",
        "请填写现在或规则所定年限内与贵单位或团队有合作项目、可能参与评判本申报的人员，由监督人员根据所填说明裁定："
        "认定成立的，该人员不再评判本申报；裁定之前无人因此回避。该人员不会获知。评审开始后，请改用报告利益冲突。",
    ),
    "declare-project.expert": ("With whom", "合作人员"),
    "declare-project.expert.help": ("The person's id.", "人员编号。"),
    "declare-project.text": ("Which project, of whom, and when", "何项目、由谁参与、何时"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
