"""A unit's recommendation list in one round: quota and ranking meet here."""

from typing import Annotated

from pydantic import Field

from selection.decision.stream_state import StreamState
from selection.kernel.model import Frozen, Instant


class Listed(Frozen):
    """One application on the list: the version that was recommended, who did so by which act, and its entry.

    `entered_by` is the officer who entered what came on paper.
    """

    application: str
    revision: int
    agent: str
    decided: int
    command_id: str
    command_hash: str
    entered_by: Annotated[str, Field(exclude_if=lambda person: not person)] = ""


class ListState(StreamState):
    """The list in ranking order. `quota` is what the unit had when it recommended last.

    `withdrawn` says of each application when the unit took it off last, of its own will.
    """

    round: str = ""
    unit: str = ""
    quota: int = 0
    listed: tuple[Listed, ...] = ()
    closed: bool = False
    withdrawn: Annotated[dict[str, Instant], Field(exclude_if=lambda found: not found)] = {}

    @property
    def ended(self) -> bool:
        """Tell whether the list takes no more recommendations."""
        return self.closed

    def entry(self, application: str) -> Listed | None:
        """Return the application's place on the list, if it has one."""
        return next((item for item in self.listed if item.application == application), None)


def initial(stream: str) -> ListState:
    """Return the empty list of `recommender/<round>/<unit>`."""
    _, round_id, unit = stream.split("/")
    return ListState(stream=stream, round=round_id, unit=unit)
