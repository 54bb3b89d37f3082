"""The frame of every stream's state."""

from selection.kernel.model import Frozen


class StreamState(Frozen):
    """The frame of every aggregate's state: identity, version, count of refusals, hash of the rules."""

    stream: str
    version: int = 0
    refusals: int = 0
    rules: str = ""

    @property
    def ended(self) -> bool:
        """Tell whether the stream takes no more acts; one that can end says when."""
        return False

    @property
    def over(self) -> bool:
        """Tell whether nothing more is awaited of the stream, so that no workflow has to own it."""
        return self.ended

    @property
    def takes_decisions(self) -> bool:
        """Tell whether what another stream decided may be carried out here."""
        return not self.ended
