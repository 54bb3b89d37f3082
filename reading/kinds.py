"""What can be read, as the log of reads names it."""

from enum import StrEnum


class ReadKind(StrEnum):
    """The kinds of reads that may show something confidential."""

    ROUNDS = "rounds"
    ROUND = "round"
    PROGRESS = "progress"
    RANKING = "ranking"
    REHEARSAL = "rehearsal"
    APPLICATIONS = "applications"
    APPLICATION = "application"
    TIMELINE = "timeline"
    CONTENT = "content"
    RECEIPT = "receipt"
    TASKS = "tasks"
    LETTERS = "letters"
    PEOPLE = "people"
    ERASURE = "erasure"
    BUNDLE = "bundle"
    REDACTED_BUNDLE = "redacted-bundle"
