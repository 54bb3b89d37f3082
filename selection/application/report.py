"""A conflict of interest that was reported, or found from data, as an application's state keeps it."""

from typing import Annotated

from pydantic import Field

from selection.decision.relations import Conflict
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, Ref


class Report(Frozen):
    """A reported conflict of interest. upheld is None until the supervisor rules.

    `bound_by` is what data showed of one that was found from data. If the person was `seated` then, as somebody who
    judges the application, it waits for a ruling only as long as they are. The reporter stood in for `behalf`, if that
    is not empty; `cosigner` signed it as the second. By a `tie` the application named the person itself.
    """

    expert: str
    reporter: str
    text: Ref | None = None
    at: Instant
    upheld: bool | None = None
    bound_by: Annotated[tuple[Conflict, ...], Field(exclude_if=lambda found: not found)] = ()
    seated: Annotated[bool, Field(exclude_if=lambda seated: not seated)] = False
    behalf: Annotated[str, Field(exclude_if=lambda holder: not holder)] = ""
    cosigner: Annotated[str, Field(exclude_if=lambda second: not second)] = ""
    tie: Annotated[str, Field(exclude_if=lambda tie: not tie)] = ""

    @property
    def reporters(self) -> tuple[str, ...]:
        """Who reported it, whom they stood in for, and who signed it as the second."""
        return tuple(filter(None, (self.reporter, self.behalf, self.cosigner)))

    @property
    def bound(self) -> tuple[str, ...]:
        """Those of whom data showed it, and to whom it binds them; nobody where people reported it."""
        return (
            (self.expert, *(person for found in self.bound_by for person in found.to))
            if self.bound_by
            else ()
        )
