"""Where the ladder leads: nowhere, as nothing but people's knowledge changes by it."""

from selection.kernel.stages import Stage
from selection.process.transitions import STAYS, Step, step

# Where an application waits for the round or for a window, side tasks may wait in it all the same.
STAGES = tuple(stage for stage in Stage if stage not in (Stage.NEW, Stage.ENDED))

WAYS: tuple[Step, ...] = (step("deadline reminder", STAGES, STAYS),)
"""Where each deadline leads."""
