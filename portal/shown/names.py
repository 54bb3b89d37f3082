"""The names of codes, by the kind that templates call them."""

from selection.wording.code_names import DEADLINES, OUTCOMES, ROLES, ROUND_STAGES, STAGES, TASKS, Names

SEATS: Names = {
    "invited": ("invited", "已邀请"),
    "pledged": ("accepted", "已接受"),
    "reviewed": ("reviewed", "已评审"),
}
NAMES: dict[str, Names] = {
    "deadline": DEADLINES,
    "outcome": OUTCOMES,
    "role": ROLES,
    "round-stage": ROUND_STAGES,
    "seat": SEATS,
    "stage": STAGES,
    "task": TASKS,
}
