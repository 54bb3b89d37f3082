"""Which applications a round's decision is to be carried out on."""

from ledger.decision.facts import FactsReader
from ledger.log.reading import Reading
from selection.carry.to_application import BATCHES
from selection.kernel.stages import Stage
from selection.round.state import RoundState
from selection.streams import application_stream


async def targets_of(reading: Reading, facts: FactsReader, state: RoundState) -> list[str]:
    """Return the streams that the round's present batch acts on, in order."""
    kind = state.batch.partition("/")[0]
    numbers = [
        str(row["number"])
        for stage in BATCHES[kind]
        for row in await reading.applications(state.round, stage)
        if not (kind in ("place-in-proposal", "issue") and row["number"] in state.numbers_on_hold)
        and not (kind == "place-in-proposal" and _stays_cleared(state, row))
        and (stage != Stage.ENDED or row.get("fresh_panel", False))
    ]
    streams = {application_stream(state.round, number) for number in numbers}
    if kind == "seat-panel":
        streams &= await facts.list_drawn_streams(state)
    return sorted(streams)


def _stays_cleared(state: RoundState, row: dict[str, object]) -> bool:
    """Tell whether an item whose notice passed stays as it is: proposed again and not sent back."""
    number = row["number"]
    proposed = any(item.application == number for item in state.items)
    return Stage(str(row["stage"])) is Stage.CLEARED and proposed and number not in state.returned
