"""Which stage of an application is told to whom: what is decided but not yet public reads as the stage before."""

from selection.kernel.actor import Role
from selection.kernel.stages import Stage

# What is decided but not yet public reads as the stage before; so does a score, which a conflict may undo, and
# an objection that outlasts the notice, which is between those whom the events show it to.
STAGES_AS_SHOWN = {"scored": "review", "proposed": "appraised", "reserve": "appraised", "held": "notice"}
SEEING_STAGES = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.CHAIR, Role.SYSTEM})


def visible_stage(stage: Stage, role: Role) -> str:
    """Return the stage of an application that someone who acts on it in this role may be told."""
    return stage.value if role in SEEING_STAGES else STAGES_AS_SHOWN.get(stage.value, stage.value)
