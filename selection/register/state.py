"""The installation's own stream: who is registered and erased, what reached no stream, what people chose or settled.

Who is registered is no part of the state: it may be ten thousand people. The database derives it from the entries,
and who may sign with what likewise.
"""

from typing import Annotated

from pydantic import Field

from selection.decision.stream_state import StreamState
from selection.kernel.model import Instant
from selection.signing.key import Founded

INSTALLATION = "installation"
"""The stream, its workflow and its log."""


class RegisterState(StreamState):
    """`administered` tells that an administrator was registered; until then anyone may register people.

    `admins` are the administrators in office: two of them are needed for what two must sign. `agents` are all who were
    ever registered to act for a recommending unit, also where they no longer do: their ids stay theirs.

    `founded` is what the installation is for good, `code` knows the one-time code of the first key, which counts
    until `until`, and `first` is that key's name once it is enrolled.
    """

    administered: bool = False
    admins: tuple[str, ...] = ()
    agents: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    founded: Founded | None = None
    code: str = ""
    until: Instant | None = None
    first: str = ""


def initial(stream: str) -> RegisterState:
    """Return the state before the first entry. Raises ValueError: there is one such stream, of this very name."""
    if stream != INSTALLATION:
        raise ValueError(stream)
    return RegisterState(stream=stream)
