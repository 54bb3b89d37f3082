"""What can be read, as the log of reads names it."""

from enum import StrEnum


class ReadKind(StrEnum):
    """The kinds of reads that may show something confidential."""

    ROUNDS = "rounds"
    ROUND = "round"
    PROGRESS = "progress"
    APPLICATIONS = "applications"
    APPLICATION = "application"
    TIMELINE = "timeline"
    TASKS = "tasks"
