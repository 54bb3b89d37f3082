"""Who cites what by right: what they brought in themselves, or what the stream shows them at that place.

Whose a content is no entry tells. But nobody can be shown what no entry refers to yet; so the first of a log to cite a
content must have stored it, and everyone else must have been shown it where they cite it. What contents of other rounds
are is not in this log. The engine cites nothing of its own: it repeats what a decision cited that it carries out.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.bundle.reader import Bundle
from audit.claims import Difference, Sentences
from audit.rules.fold import Record, Step, fold
from audit.rules.rule_runner import Rule, require_register
from selection.decision.aggregate import Event
from selection.decision.stream_state import StreamState
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf
from selection.kernel.references import references_in
from selection.round.state import rules_of
from selection.visibility.reading import may_read_content
from selection.visibility.viewer import relation

CODE = "citations-by-right"


class CitationsByRight:
    """Notes who cites what first; where somebody else does later, the log is followed once more to that place."""

    code = CODE
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._first: dict[str, str] = {}
        self._later: dict[int, list[str]] = defaultdict(list)
        self._streams: set[str] = set()

    def see(self, step: Step) -> int:
        """Note what an act cites, and what of it another person cited before."""
        leaf = step.leaf
        if leaf.actor.person == SYSTEM.person:
            return 0
        cited = set(_list_citations(leaf))
        for content in sorted(cited):
            if self._first.setdefault(content, leaf.actor.person) != leaf.actor.person:
                self._later[step.seq].append(content)
                self._streams.add(leaf.stream)
        return len(cited)

    def close(self, record: Record) -> int:
        """Compare what was cited of others with what showed. Raises Difference, or NotInBundle without the register."""
        if not self._later:
            return 0
        places: dict[str, _Place] = defaultdict(_Place)
        for step in fold(self._bundle, record.register):
            if step.leaf.stream in self._streams:
                place = places[step.leaf.stream]
                place.reach(step)
                for content in self._later.get(step.seq, ()):
                    _require_shown(content, step, place)
                place.leaves.append(step.leaf)
        return 0


@dataclass
class _Place:
    """A stream where a decision found it: its first entries, and the state that they come to."""

    leaves: list[Leaf] = field(default_factory=list)
    state: StreamState | None = None
    count: int = 0
    _frame: tuple[object, int] | None = None

    def reach(self, step: Step) -> None:
        """Stay where the decision began while its entries go on: they were recorded as of one instant."""
        frame = (step.leaf.recorded, step.leaf.register_size)
        if frame != self._frame:
            self._frame, self.state, self.count = frame, step.before, len(self.leaves)


def _require_shown(content: str, step: Step, place: _Place) -> None:
    leaf = step.leaf
    register = require_register(step.record.register, leaf, step.point)
    fact = register.person(leaf.actor.person, leaf.register_size)
    for state, count in ((place.state, place.count), (step.before, len(place.leaves))):
        assert state is not None
        around = step.record.round
        viewer = relation(state, leaf.actor.person, fact, rules_of(around), around.delegations)
        if may_read_content(content, viewer, state, place.leaves[:count]):
            return
    raise Difference(step.point, "cited-without-right", content=content)


def _list_citations(leaf: Leaf) -> Iterator[str]:
    if leaf.actor.reason is not None:
        yield leaf.actor.reason.id
    yield from references_in(leaf.data)


def citation_rules(bundle: Bundle) -> tuple[Rule, ...]:
    """Return the rule about who cites what."""
    return (CitationsByRight(bundle),)


CLAIMS: Sentences = {
    CODE: (
        "Everyone cites what they brought in first, or what showed to them in that case.",
        "所引文件和文本均由引用人首次提交，或在该事项中已向其展示。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "cited-without-right": (
        "{content} is another person's and did not show to whoever cites it here.",
        "{content} 属于他人，且此处未向引用人展示。",
    ),
}
"""What can be found instead."""
