"""What changed between versions of an application, and in the forms of a round."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("What changed", "版本变更"),
    "to": ("What changed between versions", "各版本之间的变更"),
    "versions": ("Version {new} compared with version {old}", "第 {new} 版与第 {old} 版对比"),
    "old": ("Earlier version", "较早版本"),
    "new": ("Later version", "较晚版本"),
    "field": ("Question", "填报项"),
    "row": ("No. {number}", "第 {number} 项"),
    "before": ("Before", "此前"),
    "after": ("After", "此后"),
    "same": ("Both versions have the same answers.", "两个版本的答案相同。"),
    "show": ("Compare", "对比"),
    "forms": ("How the forms changed", "表单变更"),
    "forms-lead": (
        "What changed in the forms of this round since its rules were sealed, field by field, and why.",
        "本轮次规则封存以来各表单的变更，逐字段列出，并附理由。",
    ),
    "forms-none": ("No form of this round changed.", "本轮次的表单没有变更。"),
    "form": ("{form}: version {old} to {new}", "{form}（版本 {old} → {new}）"),
    "unchanged": ("{count:question|questions} unchanged", "其余 {count} 项未变更"),
    "became": ("What became of it", "变更"),
}
