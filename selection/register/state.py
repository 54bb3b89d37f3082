"""The installation's own stream: who is registered and erased, what reached no stream, what people chose or settled.

Who is registered is no part of the state: it may be ten thousand people. The database derives it from the entries.
"""

from selection.decision.stream_state import StreamState

INSTALLATION = "installation"
"""The stream, its workflow and its log."""


class RegisterState(StreamState):
    """`administered` tells that an administrator was registered; until then anyone may register people."""

    administered: bool = False


def initial(stream: str) -> RegisterState:
    """Return the state before the first entry. Raises ValueError: there is one such stream, of this very name."""
    if stream != INSTALLATION:
        raise ValueError(stream)
    return RegisterState(stream=stream)
