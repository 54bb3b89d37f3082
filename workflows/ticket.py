"""A message in the inbox and its answer."""

from dataclasses import dataclass

from selection.leaf import Receipt
from selection.refusals import Refused


@dataclass
class Ticket:
    """One message as bytes; `refuse_as` is a code if it is refused whatever it holds.

    `internal` marks what the workflow itself put in, such as the report of its own batch.
    """

    body: bytes
    internal: bool = False
    refuse_as: str = ""
    answered: bool = False
    receipt: Receipt | None = None
    refused: Refused | None = None
