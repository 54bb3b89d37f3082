"""What an act may cite: what its actor stored, or may read on this stream by the visibility table."""

from collections.abc import Iterable

from selection.decision.facts import Facts, find_citable
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.kernel.references import Citation, citations_in
from selection.refusals.refused import Refused


def citations_of(actor: Actor, command: Frozen) -> tuple[Citation, ...]:
    """Return all that an act cites, the reason of its actor last."""
    reasons = (item.with_(place=f"actor.{item.place}") for item in citations_in(actor))
    return (*citations_in(command), *reasons)


def refuse_uncitable(citations: Iterable[Citation], facts: Facts) -> None:
    """Raise Refused `unknown-content` at the first citation that the facts do not bear out.

    What is not stored, what another person stored and what has another hash are refused alike, so that nobody learns
    which ids there are. `wrong-content` is what the actor may cite, of another kind than the field asks for.
    """
    for citation in citations:
        found = find_citable(citation.ref, facts)
        if found is None:
            raise Refused("unknown-content", place=citation.place)
        if citation.kind not in (None, found.kind):
            raise Refused("wrong-content", place=citation.place, content=str(citation.kind))
