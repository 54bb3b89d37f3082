"""How each test vector is spoilt: one thing that is not so, and who must have done it.

What is done without the installation's key shows in hashes and signatures. What whoever holds all its keys does fits
all hashes and is signed anew: it shows by what people signed and by the rules alone.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from audit.bundle.layout import MANIFEST
from tests.tamper.acts import ACT_KINDS
from tests.tamper.hands import OURS, THEIRS
from tests.tamper.kinds import RECORD_KINDS, sign_with
from tests.tamper.parts import Parts
from tests.tamper.within.insiders import INSIDER_KINDS

Spoil = Callable[[Parts], Parts | None]
Edit = Callable[[dict[str, Any]], Any]


class Vector(NamedTuple):
    """One vector: what is not so, of which good bundle, and how it came about."""

    says: str
    of: str
    spoil: Spoil


def _by_anybody(kind: str) -> Spoil:
    """Return a kind of tampering that needs no key."""
    return lambda parts: RECORD_KINDS[kind](parts, Random(kind))


def _by_insider(kind: str) -> Spoil:
    """Return a kind of tampering with what people signed, by whoever holds every key of the installation."""
    kinds = {**ACT_KINDS, **INSIDER_KINDS}
    return lambda parts: sign_with(OURS, kinds[kind])(parts, Random(kind))


def _say(type_: str, edit: Edit, nth: int = 0) -> Spoil:
    """Return what changes an entry that the engine recorded, which nobody but the installation signs."""

    def spoil(parts: Parts) -> Parts:
        leaves = [json.loads(body) for body in parts.entries()]
        places = [at for at, leaf in enumerate(leaves) if leaf["type"] == type_]
        return parts.change_entry(places[nth], edit).rehash().sign(OURS).fit()

    return spoil


def _set(name: str, change: Callable[[Any], Any]) -> Edit:
    return lambda leaf: leaf["data"].update({name: change(leaf["data"][name])})


def _move(days: int) -> Edit:
    def edit(leaf: dict[str, Any]) -> None:
        at = datetime.fromisoformat(leaf["at"]) + timedelta(days=days)
        leaf["at"] = at.isoformat().replace("+00:00", "Z")

    return edit


def _turn(seats: dict[str, int]) -> dict[str, int]:
    """Return the seats of a panel with the first two people in each other's place."""
    one, other, *_ = sorted(seats, key=lambda person: seats[person])
    return {**seats, one: seats[other], other: seats[one]}


def _without_manifest(parts: Parts) -> Parts:
    return Parts(parts.round, {name: body for name, body in parts.files.items() if name != MANIFEST})


VECTORS: dict[str, Vector] = {
    "byte-flipped": Vector("one bit of one file is another", "whole", _by_anybody("byte flipped")),
    "no-manifest": Vector("the manifest is missing", "whole", _without_manifest),
    "entry-deleted": Vector("an entry was taken out", "whole", _by_anybody("entry deleted")),
    "entry-inserted": Vector("an entry was put in", "whole", _by_anybody("entry inserted")),
    "entries-swapped": Vector("two entries changed places", "whole", _by_anybody("entries swapped")),
    "tail-cut": Vector("the last entries were cut off", "whole", _by_anybody("tail cut")),
    "draw-input-changed": Vector(
        "the inputs of a draw are others than the entry names", "whole", _by_anybody("draw input changed")
    ),
    "another-key": Vector(
        "all checkpoints are signed, by another key", "whole", lambda parts: parts.sign(THEIRS).fit()
    ),
    "act-of-another": Vector(
        "an act stands in another person's name than who signed it",
        "two-items",
        _by_insider("act of another person"),
    ),
    "act-moved": Vector(
        "an act stands in another stream than it was signed for",
        "two-items",
        _by_insider("act moved to another stream"),
    ),
    "act-repeated": Vector("an act stands twice", "two-items", _by_insider("act repeated")),
    "act-otherwise": Vector(
        "an entry says something else than the act that was signed",
        "two-items",
        _by_insider("act's command changed"),
    ),
    "second-signature-dropped": Vector(
        "what two must sign is signed by one", "two-items", _by_insider("second signature dropped")
    ),
    "score-changed": Vector(
        "a reviewer's score is another than they signed", "two-items", _by_insider("score changed")
    ),
    "assurance-lowered": Vector(
        "the sealed rules ask for less than was sealed",
        "whole",
        _by_insider("assurance lowered in the rules"),
    ),
    "scored-otherwise": Vector(
        "a panel's score does not follow from its reviews",
        "two-items",
        _say("application.scored.v1", _set("mean", lambda mean: mean.replace("/", "1/"))),
    ),
    "seated-otherwise": Vector(
        "two of a panel sit in each other's seat",
        "two-items",
        _say("panel.seated.v1", _set("seats", _turn)),
    ),
    "drawn-otherwise": Vector(
        "a draw cost something else than its result comes to",
        "two-items",
        _say("draw.drawn.v1", _set("total_cost", lambda cost: cost + 1)),
    ),
    "ranked-otherwise": Vector(
        "a rank does not follow from the scores",
        "two-items",
        _say("application.shortlisted.v1", _set("rank", lambda rank: 3 - rank)),
    ),
    "check-too-early": Vector(
        "a check was opened before the recommendation deadline",
        "two-items",
        _say("application.check-opened.v1", _move(-20)),
    ),
    "notice-too-short": Vector(
        "a notice passed before its days were over", "two-items", _say("notice.passed.v1", _move(-5))
    ),
    "listed-otherwise": Vector(
        "an application stands at another place than on the issued list",
        "two-items",
        _say("application.listed.v1", _set("place", lambda place: 3 - place)),
    ),
    "another-round": Vector(
        "an application names another round's rules",
        "two-items",
        _say("round.opened.v1", _set("rules_hash", lambda digest: digest[::-1])),
    ),
}
