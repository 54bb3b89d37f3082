"""What the sealed rules of a letter's round call things."""

from ledger.decision.rounds import read_round
from ledger.log.reading import Reading
from selection.register.state import INSTALLATION
from selection.wording.round_words import USUAL, RoundWords, words_of


class LetterWords:
    """Gives the words of a log's round; keeps them, as rules never change once they are sealed."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kept: dict[str, RoundWords] = {}

    async def get(self, log: str) -> RoundWords:
        """Return the words of a log; of the installation's, which has no rules, the usual ones."""
        if log == INSTALLATION:
            return USUAL
        if log not in self._kept:
            state = await read_round(self._reading, log)
            if state is None or state.sealed is None:
                return USUAL
            self._kept[log] = words_of(state.sealed)
        return self._kept[log]
