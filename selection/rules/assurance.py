"""How each act of a round must be signed: what a rules file may leave out, and what may not be sealed.

`least` is what the acts ask for by themselves. It is given: the rules know no act.
"""

from collections.abc import Iterator, Mapping

from selection.kernel.proof import Assurance
from selection.rules.faults import RulesFault

SECTION = "assurance"
_ORDER = tuple(Assurance)


def fill_levels(levels: object, least: Mapping[str, Assurance]) -> object:
    """Return what a file says of the acts with the rest as the acts ask for it; what is no mapping as it is."""
    return {**least, **levels} if isinstance(levels, dict) else levels


def level_faults(
    table: Mapping[str, Assurance], least: Mapping[str, Assurance]
) -> Iterator[tuple[str, RulesFault]]:
    """Yield the acts, with their faults, that a table lacks, that are none, or of which it asks for too little."""
    for kind in sorted(least.keys() | table.keys()):
        path = f"{SECTION}.{kind}"
        if kind not in least:
            yield kind, RulesFault(path, "unknown_act")
        elif kind not in table:
            yield kind, RulesFault(path, "missing")
        elif _ORDER.index(table[kind]) < _ORDER.index(least[kind]):
            yield kind, RulesFault(path, "below_least", {"least": least[kind].value})
