"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "commit-draw": ("Commit a draw of panels", "固定抽取专家"),
    "enter-draw-numbers": ("Enter the numbers of a draw", "录入抽取的公开号码"),
    "enter-draw-numbers.guidance": (
        "The draw's public numbers, as they were published, entered by one person here; whoever opens the draw enters "
        "them again. If you erred, enter them once more.",
        "按公布结果录入本次抽取的公开号码；公开抽取者将再次录入。录入有误时可重新录入。",
    ),
    "enter-draw-numbers.published": ("Numbers as published", "公布的号码"),
    "open-draw": ("Open the draw of panels", "公开抽取专家"),
    "open-draw.guidance": (
        "The secret that was deposited is taken out, together with the public numbers that the draw named before "
        "anybody knew them. The panels follow from both; anybody can compute them again. You are another officer "
        "or supervisor than who committed the draw, and somebody else has entered the numbers.",
        "取出先前交存的秘密数，并录入抽取所指、事先无人知晓的公开号码。专家组由两者共同得出，任何人均可复算。"
        "公开者须不是固定者本人，且号码已由另一人录入。",
    ),
    "open-draw.published": ("Numbers as published, or the beacon's signature", "公布的号码，或信标的签名"),
    "void-draw": ("Void a committed draw", "作废已固定的抽取"),
    "void-draw.guidance": (
        "The committed draw is never opened: its numbers were not drawn, or its time is over. It "
        "stays in the record with your reason. The next draw needs later numbers, and nobody of the post that "
        "committed this one commits it. Two supervisors sign.",
        "已固定的抽取不再公开：号码未开出或期限已过。该次抽取及理由永久保留，下一次须以更晚的号码公开，"
        "且原固定岗位的人员不得再行固定。"
        "须由两名监督人员签名。",
    ),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
