"""What a history shows of a decision: what was asked and answered, and what was sent; read without Temporal."""

from typing import NamedTuple


class Exchange(NamedTuple):
    """One answer of the record by the place of its event, with the request as JSON.

    The request is empty for a long activity, which makes its report itself.
    """

    place: str
    run_id: str
    request: bytes
    answer: bytes


class Message(NamedTuple):
    """A message as somebody sent it, by the name of its update or signal."""

    name: str
    body: bytes
