"""What can be asked after an application's end: a review of the procedure, by people who had no part in it."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, row
from selection.kernel.model import Ref
from selection.kernel.named import Code
from selection.kernel.references import TextRef
from selection.process.transitions import STAYS, Step, whole


class RequestReview(Command):
    """Request a review of the procedure on one ground of the rules; whether the decision was right is none."""

    kind: Literal["request-review"] = "request-review"
    ROW = row("ended", "applicant")
    ground: Code
    text: TextRef
    evidence: Annotated[tuple[Ref, ...], Field(max_length=50)] = ()


class AppointDeciders(Command):
    """Appoint who decides on a request for review: people without any part in the application or the round."""

    kind: Literal["appoint-deciders"] = "appoint-deciders"
    ROW = row("ended", "officer")
    ground: Code
    deciders: Annotated[tuple[Name, ...], Field(min_length=1, max_length=10)]


class RuleOnRequest(Command):
    """Enter what one finds as one of those who decide; where most find the same, it is decided.

    `remedy` is one of the rules' where it is upheld, and empty otherwise.
    """

    kind: Literal["rule-on-request"] = "rule-on-request"
    ROW = row("ended", "examiner")
    ground: Code
    upheld: bool
    remedy: Annotated[str, Field(max_length=100)] = ""
    text: TextRef


class RecordRemedy(Command):
    """Record how the remedy of a request that was upheld was carried out."""

    kind: Literal["record-remedy"] = "record-remedy"
    ROW = row("ended", "officer")
    ground: Code
    text: TextRef


COMMANDS: tuple[type[Command], ...] = (RequestReview, AppointDeciders, RuleOnRequest, RecordRemedy)

WAYS: tuple[Step, ...] = tuple(whole(command, STAYS) for command in COMMANDS)
"""Where each act leads: the outcome stays what it is."""
