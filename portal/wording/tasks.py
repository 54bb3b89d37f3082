"""What waits for the visitor."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("My tasks", "我的待办"),
    "none": ("Nothing waits for you.", "没有待办事项。"),
    "none-found": ("Nothing of what waits for you fits this search.", "没有符合条件的待办事项。"),
    "what": ("Task", "事项"),
    "on": ("About", "对象"),
    "since": ("Since", "起始"),
    "until": ("Until", "截止"),
    "no-until": ("no deadline", "无期限"),
    "overdue": ("overdue", "已逾期"),
    "draft": ("draft begun", "已有草稿"),
    "round": ("Round", "轮次"),
    "urgent": ("urgency", "紧急程度"),
    "sort-since": ("oldest first", "最早优先"),
    "sort-centre": ("name", "名称"),
}
