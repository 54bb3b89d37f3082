"""Where the ladder leads: nowhere, as nothing but people's knowledge changes by it."""

from selection.process.transitions import Step, step_of_ladder

WAYS: tuple[Step, ...] = (step_of_ladder(),)
"""Where each deadline leads."""
