"""What rules that are about to be sealed change against those of the last round, where they are signed."""

from collections.abc import Mapping
from typing import NamedTuple

from portal.people import call_people
from portal.visit import Visit
from selection.decision.envelope import Envelope
from selection.round.commands import OpenRound
from selection.rules.loading import RoundRules
from selection.rules.sections import Batch
from selection.streams import log_of, round_stream
from selection.wording.rules_compared import RuleValue, compare_rules


class ShownChange(NamedTuple):
    """A field that changes, its value before and after, in the visitor's language."""

    field: str
    before: str
    after: str


class Comparison(NamedTuple):
    """What changes against the last round, whose title stands here; None where there is none to compare with."""

    title: Batch | None
    changes: tuple[ShownChange, ...] = ()


async def compare_with_last(visit: Visit, act: Envelope) -> Comparison | None:
    """Return what the rules in an act change against those of the last round; None for another act.

    People are called by name, as far as the visitor may know them.
    """
    if act.kind != OpenRound.ACT.kind:
        return None
    last = await visit.reads.rounds.find_last_rules(visit.subject, log_of(act.stream))
    if last is None:
        return Comparison(None)
    found = compare_rules(last.rules, RoundRules.model_validate(act.command["rules"]))
    people = {person for item in found for value in (item.before, item.after) for person in value.people}
    called = await call_people(visit, round_stream(last.round), people)
    language = int(visit.language == "zh")
    changes = (
        ShownChange(
            item.field[language], _write(item.before, language, called), _write(item.after, language, called)
        )
        for item in found
    )
    return Comparison(last.rules.title, tuple(changes))


def _write(value: RuleValue, language: int, called: Mapping[str, str]) -> str:
    if not value.people:
        return value.words[language]
    return ("、" if language else ", ").join(called[person] for person in value.people)
