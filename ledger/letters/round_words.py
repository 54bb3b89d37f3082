"""What the sealed rules of a letter's round call things."""

from ledger.log.reading import Reading
from selection.register.state import INSTALLATION
from selection.streams import ROUND, round_stream
from selection.wording.round_words import USUAL, RoundWords, words_of


class LetterWords:
    """Gives the words of a log's round; keeps the last ones as long as the round stands as it did."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._last = ("", "", USUAL)

    async def get(self, log: str) -> RoundWords:
        """Return the words of a log; of the installation's, which has no rules, the usual ones."""
        if log == INSTALLATION:
            return USUAL
        found = await self._reading.snapshot(round_stream(log))
        if found is None:
            return USUAL
        # By its state and not by its name: what was sealed may have been lost, and sealed otherwise since.
        if self._last[:2] != (log, found.state):
            self._last = (log, found.state, words_of(ROUND.load(found.state).sealed))
        return self._last[2]
