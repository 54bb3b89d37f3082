"""What can be read, as the log of reads names it."""

from enum import StrEnum


class ReadKind(StrEnum):
    """The kinds of reads that may show something confidential."""

    ROUNDS = "rounds"
    ROUND = "round"
    PROGRESS = "progress"
    RANKING = "ranking"
    PROPOSAL = "proposal"
    REHEARSAL = "rehearsal"
    APPLICATIONS = "applications"
    APPLICATION = "application"
    TIMELINE = "timeline"
    CONTENT = "content"
    RECEIPT = "receipt"
    TASKS = "tasks"
    WAITING = "waiting"
    LETTERS = "letters"
    PEOPLE = "people"
    ERASURE = "erasure"
    BUNDLE = "bundle"
    REDACTED_BUNDLE = "redacted-bundle"
    READS = "reads"


WORDS: dict[str, tuple[str, str]] = {
    ReadKind.ROUNDS: ("list of rounds", "轮次列表"),
    ReadKind.ROUND: ("status of a round", "轮次状态"),
    ReadKind.PROGRESS: ("progress of a round", "轮次进展"),
    ReadKind.RANKING: ("ranking", "排名"),
    ReadKind.PROPOSAL: ("a proposal with its reasons", "拟建名单及理由"),
    ReadKind.REHEARSAL: ("what a decision would bring", "决定的预演"),
    ReadKind.APPLICATIONS: ("list of applications", "申报列表"),
    ReadKind.APPLICATION: ("an application", "一项申报"),
    ReadKind.TIMELINE: ("timeline of an application", "申报办理过程"),
    ReadKind.CONTENT: ("a file or text", "文件或文本"),
    ReadKind.RECEIPT: ("receipt of somebody else", "他人的回执"),
    ReadKind.TASKS: ("tasks of others", "他人的待办"),
    ReadKind.WAITING: ("an act that waits for a second signature", "等待第二人签名的操作"),
    ReadKind.LETTERS: ("undeliverable letters", "无法投递的邮件"),
    ReadKind.PEOPLE: ("names of people", "人员姓名"),
    ReadKind.ERASURE: ("what an erasure would take", "清除的范围"),
    ReadKind.BUNDLE: ("bundle", "证明包"),
    ReadKind.REDACTED_BUNDLE: ("bundle without contents", "不含个人内容的证明包"),
    ReadKind.READS: ("log of reads", "查阅日志"),
}
"""In English and Chinese."""
