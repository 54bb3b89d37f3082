"""Decides a round that was told in memory again, as the verification of a bundle does with its histories."""

from collections.abc import Sequence
from pathlib import Path

from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.decisions.verification import DecidingAgain
from audit.histories.evidence import Evidence
from audit.histories.messages import Exchange, Message
from audit.rules.fold import Folding
from audit.rules.panel.draw_contents import Draws
from selection.kernel.leaf import Leaf
from tests.bundling import write_bundle
from tests.whole_round import WholeRound


def decide_again(
    folder: Path,
    made: WholeRound,
    log: list[Leaf] | None = None,
    asked: Sequence[tuple[str, Exchange]] | None = None,
    sent: Sequence[tuple[str, Message]] = (),
) -> DecidingAgain:
    """What comes of a round, of another log or other questions in place of its own if they are given."""
    with Bundle(write_bundle(folder / "round.zip", made, log)) as bundle, Evidence() as evidence:
        for stream, item in made.asked if asked is None else asked:
            evidence.add(stream, [item], [], [])
        for stream, message in sent:
            evidence.add(stream, [], [message], [])
        again = DecidingAgain(bundle, Folding(bundle.round, read_register(bundle)), evidence, Draws(bundle))
        again.run()
        return again


def findings(again: DecidingAgain) -> list[tuple[str, str]]:
    """What does not follow, and what could not be decided again, with its place."""
    return [(why.finding, why.point) for _, why in again.found]
