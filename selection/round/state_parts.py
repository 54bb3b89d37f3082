"""What the state of a round is made of: proposed items, draws, agreements, reports of lobbying, changes of posts."""

from typing import Annotated

from pydantic import Field

from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen, Ref
from selection.rules.holders import Post


def empty(value: object) -> bool:
    """Tell whether a field of a state holds nothing, and is left out of what is kept."""
    return not value


class ProposalItem(Frozen):
    """One proposed centre: the application's number, its place in the proposal, and the reason."""

    application: Annotated[str, Field(max_length=100)]
    rank: Counted
    reason: Ref


class Draw(Frozen):
    """One draw: committed `by` somebody of a `post`, then opened or voided, then drawn.

    It is opened from `public` on, when its numbers are known, and before `until`. `entries` are the numbers that each
    person entered last, in their one spelling. One that was committed `after_end` is for fresh panels alone.
    """

    commitment: str
    deposit: Ref | None
    inputs: Ref
    by: str
    post: Role
    source: str
    issue: str
    public: Instant
    until: Instant
    entries: dict[str, str] = Field(default_factory=dict)
    secret: str = ""
    randomness: str = ""
    result: Ref | None = None
    clashing: tuple[str, ...] = ()
    voided: Annotated[bool, Field(exclude_if=empty)] = False
    after_end: Annotated[bool, Field(exclude_if=empty)] = False

    @property
    def opened(self) -> bool:
        """Tell whether secret and randomness are recorded."""
        return self.secret != ""

    @property
    def waiting(self) -> bool:
        """Tell whether it is committed, and neither opened nor voided."""
        return not (self.opened or self.voided)


class Agreement(Frozen):
    """What a person agreed to at a level: the items that stood then, as they were proposed."""

    level: str
    person: str
    proposal: int
    items: tuple[ProposalItem, ...] = ()


class Lobbying(Frozen):
    """A report of lobbying, by who stood for `behalf` if that is not empty; `upheld` is None until it is ruled on."""

    reporter: str
    named: tuple[str, ...]
    at: Instant
    upheld: bool | None = None
    behalf: Annotated[str, Field(exclude_if=lambda holder: not holder)] = ""

    @property
    def parties(self) -> frozenset[str]:
        """Those who may not rule on it: who made it, whom they stood in for, and whom it names."""
        own = {self.reporter, self.behalf} if self.behalf else {self.reporter}
        return frozenset({*own, *self.named})


class PostEntry(Frozen):
    """A change of a post as one person entered it in their role.

    It counts from `start` on and before `until`, once somebody of another post enters the same.
    """

    number: Counted
    person: str
    role: Role
    post: Post
    level: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    start: Instant
    until: Instant
