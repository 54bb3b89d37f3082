"""Which stored contents go with a person who is erased, and which stay: docs/decisions/0007-erasure.md.

What a person said in their own name goes, whoever cites it, and what others said about them, personal answers of an
application among it. What they said in an office, and the documents of a host unit that they sent in, stay: they belong
to the office or the unit, and decisions rest on them. Who cites another's text does not make it theirs.
"""

from collections.abc import Iterable

from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import JsonObject
from selection.kernel.references import references_in

IN_OFFICE = frozenset(
    {
        Role.OFFICER,
        Role.SUPERVISOR,
        Role.APPROVER,
        Role.ADMIN,
        Role.AUDITOR,
        Role.RECOMMENDER,
        Role.CHAIR,
        Role.SURVEYOR,
        Role.EXAMINER,
        Role.SYSTEM,
    }
)
"""In these roles nobody speaks for themselves: a text belongs to the office, the unit or the panel."""


def personal_contents(leaves: Iterable[Leaf], person: str, stored: frozenset[str]) -> tuple[str, ...]:
    """Return the ids of the contents to erase with a person, in order.

    `leaves` is the whole record, each stream in its order; `stored` is what the person stored.
    """
    about, kept = set[str](), set[str]()
    reports: dict[tuple[str, str], str] = {}
    for leaf in leaves:
        if leaf.type == "conflict.reported.v1":
            reports[leaf.stream, leaf.data["report"]] = leaf.data["expert"]
        about.update(_about(leaf, person, reports))
        if leaf.actor.person == person:
            kept.update(_of_unit_or_office(leaf))
    return tuple(sorted(about | (stored - kept)))


def _about(leaf: Leaf, person: str, reports: dict[tuple[str, str], str]) -> Iterable[str]:
    """Return what a leaf says about a person: answers in a form, a report against them, its ruling, their dissent."""
    yield from references_in([item for item in _personal(leaf) if item["person"] == person])
    match leaf.type:
        case "conflict.reported.v1" if leaf.data["expert"] == person:
            yield from references_in(leaf.data["text"])
        case "conflict.ruled.v1" if reports.get((leaf.stream, leaf.data["report"])) == person:
            yield from references_in(leaf.data["text"])
        case "appraisal.recorded.v1":
            yield from references_in([item for item in leaf.data["dissents"] if item["expert"] == person])


def _of_unit_or_office(leaf: Leaf) -> Iterable[str]:
    # Answers about people who are not named by an id are what their sender brought in about them: they go with whom
    # they can be asked of.
    unnamed = {item["content"]["id"] for item in _personal(leaf) if not item["person"]}
    in_office = leaf.actor.role in IN_OFFICE
    kept = [leaf.data, leaf.actor.model_dump(mode="json")] if in_office else leaf.data.get("submission")
    return (found for found in references_in(kept) if found not in unnamed)


def _personal(leaf: Leaf) -> list[JsonObject]:
    """Return the personal answers of a version or of an act's form; none of another entry."""
    filled = leaf.data.get("submission", leaf.data.get("form"))
    found: list[JsonObject] = filled.get("personal", []) if isinstance(filled, dict) else []
    return found
