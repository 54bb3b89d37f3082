"""What can be asked about who holds the posts of a running round."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, round_row
from selection.kernel.model import Counted
from selection.kernel.named import PersonId
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import RoundStage, round_between
from selection.process.transitions import STAYS, Step, round_whole
from selection.rules.holders import Post

_WHILE_IT_LASTS = (*round_between(RoundStage.CALL, RoundStage.APPROVAL), RoundStage.ISSUED)

People = Annotated[tuple[PersonId, ...], Field(max_length=20)]


class ChangePost(Command):
    """Give a post of the round to people, take it from others, or replace these by those; two sign, for a reason.

    `level` names the level of approval where the post is an approver's.
    """

    kind: Literal["change-post"] = "change-post"
    # A round that was cancelled may still wait for a ruling that none of those in the post may make.
    ROW = round_row(
        (*_WHILE_IT_LASTS, RoundStage.CANCELLED), "officer supervisor", assurance=Assurance.SIGNED_BY_TWO
    )
    post: Post
    level: Annotated[str, Field(max_length=100)] = ""
    add: People = ()
    remove: People = ()
    reason: TextRef


class AgreeOnPost(Command):
    """Enter a change of a post beside somebody of another post: where no two are left of the one that changes it.

    It is made by whoever is the second to enter the same, three days after the first or later. An auditor enters who is
    to come as an officer or a supervisor, where one person at most is left of these and of the approvers.
    """

    kind: Literal["agree-on-post"] = "agree-on-post"
    ROW = round_row((*_WHILE_IT_LASTS, RoundStage.CANCELLED), "officer supervisor approver auditor")
    post: Post
    level: Annotated[str, Field(max_length=100)] = ""
    add: People = ()
    remove: People = ()
    reason: TextRef


class DeclinePostChange(Command):
    """Decline a change of a post that one person entered: as an officer or supervisor, or who entered it themselves.

    So may an auditor where auditors may enter one.
    """

    kind: Literal["decline-post-change"] = "decline-post-change"
    ROW = round_row((*_WHILE_IT_LASTS, RoundStage.CANCELLED), "officer supervisor approver auditor")
    number: Counted
    reason: TextRef


class Delegate(Command):
    """Have somebody act in one's own post from the first day to the last, both inclusive; they pass it on to nobody."""

    kind: Literal["delegate"] = "delegate"
    ROW = round_row(_WHILE_IT_LASTS, "officer supervisor approver")
    substitute: PersonId
    first: date
    last: date
    reason: TextRef


class EndDelegation(Command):
    """End a delegation before its last day: whoever gave it, or who changes the post that it is for."""

    kind: Literal["end-delegation"] = "end-delegation"
    ROW = round_row(_WHILE_IT_LASTS, "officer supervisor approver")
    number: Counted
    reason: TextRef


COMMANDS: tuple[type[Command], ...] = (
    ChangePost,
    AgreeOnPost,
    DeclinePostChange,
    Delegate,
    EndDelegation,
)

WAYS: tuple[Step, ...] = (
    round_whole(ChangePost, STAYS),
    round_whole(AgreeOnPost, STAYS),
    round_whole(DeclinePostChange, STAYS),
    round_whole(Delegate, STAYS),
    round_whole(EndDelegation, STAYS),
)
"""Where each act leads."""
