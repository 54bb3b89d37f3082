"""By whose hand a bundle is tampered with, and what the verifier is given then."""

from dataclasses import dataclass
from random import Random

from audit.log.external_checkpoints import OutsideCheckpoint
from audit.log.verification import Outside
from selection.transparency.note import NoteSigner
from tests.tamper.acts import ACT_KINDS
from tests.tamper.histories import HISTORY_KINDS
from tests.tamper.kinds import GENUINE, RECORD_KINDS, UNSIGNABLE, Kind, sign_with
from tests.tamper.parts import Keys, Parts
from tests.tamper.within.accomplices import ACCOMPLICE_KINDS
from tests.tamper.within.enrolments import ENROLMENT_KINDS
from tests.tamper.within.insiders import INSIDER_KINDS

OURS = Keys("selection.example", bytes(range(32)))
THEIRS = Keys("selection.example", bytes(32))
KEY = NoteSigner(OURS.name, OURS.seed).verifier

NO_KEY = "without the key"
ANOTHER_KEY = "by another key"
TRUE_KEY = "by the true key"
BACKUP = "genuine"
INSIDER = "by every server key"
"""Signed by the true key, and the verifier holds no checkpoint: nothing but what people signed stands against it."""
ACCOMPLICE = "with a person's key"
"""Likewise, with a person who signs what they could not do."""
KEYS = {ANOTHER_KEY: THEIRS, TRUE_KEY: OURS, INSIDER: OURS, ACCOMPLICE: OURS}
WITHIN = (INSIDER, ACCOMPLICE)
WITHIN_KINDS = {**INSIDER_KINDS, **ENROLMENT_KINDS, **ACCOMPLICE_KINDS}


@dataclass(frozen=True)
class Case:
    """One kind of tampering by one hand; `histories` if on a bundle that holds them."""

    kind: str
    hand: str
    histories: bool

    @property
    def make(self) -> Kind:
        """What tampers."""
        kinds = {**RECORD_KINDS, **ACT_KINDS, **HISTORY_KINDS, **WITHIN_KINDS}
        keys = KEYS.get(self.hand)
        return sign_with(keys, kinds[self.kind]) if keys else kinds[self.kind]

    def tamper(self, whole: Parts, number: int) -> Parts | None:
        """Tamper with a bundle by a seed; None where it gives no room, or nothing came of it.

        Nothing comes of what the true key signs after the latest checkpoint outside: that stands, and this is new.
        """
        parts = self.make(whole, Random(f"{self.kind} {self.hand} {number}"))
        if parts is None or (parts.files == whole.files and not parts.packed):
            return None
        entries = whole.entries()
        return None if self.hand == TRUE_KEY and parts.entries()[: len(entries)] == entries else parts

    @property
    def id(self) -> str:
        """How a test and a table name it."""
        return f"{self.kind}{' in both places' if self.histories and self.kind in ACT_KINDS else ''}"

    def outside(self, whole: Parts, number: int) -> Outside:
        """What a verifier has from elsewhere: the key; and the latest checkpoint, where only that finds it.

        Of the true key's cases every second is judged with all earlier checkpoints too, as a witness keeps them.
        """
        if self.hand not in (TRUE_KEY, BACKUP):
            return Outside(key=KEY)
        held = [OutsideCheckpoint(kept["note"]) for kept in whole.checkpoints()]
        return Outside(key=KEY, checkpoints=held if number % 2 else held[-1:])


def _cases(kinds: dict[str, Kind], *, histories: bool) -> list[Case]:
    found = []
    for kind in kinds:
        hands = (NO_KEY,) if kind in UNSIGNABLE else (NO_KEY, ANOTHER_KEY, TRUE_KEY)
        found += [Case(kind, hand, histories) for hand in ((BACKUP,) if kind == GENUINE else hands)]
    return found


INSIDER_CASES = [
    *(Case(kind, INSIDER, histories=False) for kind in (*INSIDER_KINDS, *ENROLMENT_KINDS)),
    *(Case(kind, ACCOMPLICE, histories=False) for kind in ACCOMPLICE_KINDS),
]
RECORD_CASES = [*_cases({**RECORD_KINDS, **ACT_KINDS}, histories=False), *INSIDER_CASES]
HISTORY_CASES = _cases({**HISTORY_KINDS, **ACT_KINDS}, histories=True)
