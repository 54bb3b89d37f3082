"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "amend-form": ("Change a form", "变更表单"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
