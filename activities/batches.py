"""A round's decision as one command per application."""

from collections.abc import Awaitable, Callable

from temporalio.exceptions import ApplicationError

from ledger.record import Ledger
from selection.application import commands as c
from selection.canonical import sha256_hex
from selection.model import Frozen, Ref
from selection.panel import DrawInputs, Drawn, draw_key, lot
from selection.round.state import RoundState
from selection.streams import application_stream

CommandFor = Callable[[str], Awaitable[Frozen]]

# Batch -> the application stages that it touches.
STAGES: dict[str, tuple[str, ...]] = {
    "seat-panel": ("eligible", "review"),
    # One that a late conflict sent back to review refuses, and so stays left over until it is scored again.
    "place-on-shortlist": ("scored", "review"),
    "place-in-proposal": ("appraised", "proposed", "cleared", "reserve"),
    "open-notice": ("proposed",),
    "issue": ("cleared", "reserve"),
    "cancel-with-round": (
        *("submitted", "withdrawn", "recommended", "checking", "mending", "eligible", "review", "scored"),
        *("survey", "appraisal", "appraised", "proposed", "reserve", "notice", "held", "cleared"),
    ),
}

COMMAND_ID_LIMIT = 100


def batch_command_id(state: RoundState, stream: str) -> str:
    """Return the id of the round's present batch for one application: the same as often as it is retried.

    A repeat asks anew, so its ids are others. What would be longer than an id may be becomes a hash.
    """
    again = f"/again-{state.attempt}" if state.attempt else ""
    plain = f"{state.round}/{state.batch}/{stream.rsplit('/', 1)[-1]}{again}"
    return plain if len(plain) <= COMMAND_ID_LIMIT else f"batch/{sha256_hex(plain.encode())}"


async def targets_of(ledger: Ledger, state: RoundState) -> list[str]:
    """Return the streams that the round's present batch acts on, in order."""
    kind = state.batch.partition("/")[0]
    numbers = [
        str(row["number"])
        for stage in STAGES[kind]
        for row in await ledger.reading.applications(state.round, stage)
        if not (kind in ("place-in-proposal", "issue") and row["number"] in state.held_numbers)
        and not (kind == "place-in-proposal" and _stays_cleared(state, row))
    ]
    streams = {application_stream(state.round, number) for number in numbers}
    if kind == "seat-panel":
        streams &= set((await _drawn(ledger, state))[0].panels)
    return sorted(streams)


async def commands_for(ledger: Ledger, state: RoundState) -> CommandFor:
    """Return the function that gives each application its command."""
    kind = state.batch.partition("/")[0]
    if kind == "seat-panel":
        return await _seating(ledger, state)
    plain: dict[str, Callable[[str], Frozen]] = {
        "place-on-shortlist": lambda number: _on_shortlist(state, number),
        "place-in-proposal": lambda number: _in_proposal(state, number),
        "open-notice": lambda number: c.OpenNotice(proposal=state.proposal),
        "issue": lambda number: c.Issue(proposal=state.proposal, place=state.places.get(number, 0)),
        "cancel-with-round": lambda number: c.CancelWithRound(reason=state.reason),
    }
    make = plain[kind]

    async def command(stream: str) -> Frozen:
        return make(stream.rsplit("/", 1)[-1])

    return command


def _on_shortlist(state: RoundState, number: str) -> Frozen:
    return c.PlaceOnShortlist(
        rank=state.shortlist.get(number, 0),
        listed=number in state.shortlist,
        reason=state.shortlist_reasons.get(number),
    )


def _in_proposal(state: RoundState, number: str) -> Frozen:
    item = next((item for item in state.items if item.application == number), None)
    return c.PlaceInProposal(
        proposal=state.proposal,
        rank=item.rank if item else 0,
        again=number in state.returned,
        reason=item.reason if item else None,
    )


def _stays_cleared(state: RoundState, row: dict[str, object]) -> bool:
    """Tell whether an item whose notice passed stays as it is: proposed again and not sent back."""
    number = row["number"]
    proposed = any(item.application == number for item in state.items)
    return row["stage"] == "cleared" and proposed and number not in state.returned


async def _drawn(ledger: Ledger, state: RoundState) -> tuple[Drawn, DrawInputs, bytes]:
    draw = state.draws[state.batch.partition("/")[2]]
    if draw.result is None:
        raise ApplicationError("the draw has no result", type="unwarranted")
    drawn = Drawn.model_validate_json(await _content(ledger, draw.result))
    inputs = DrawInputs.model_validate_json(await _content(ledger, draw.inputs))
    return drawn, inputs, draw_key(bytes.fromhex(draw.secret), draw.randomness)


async def _seating(ledger: Ledger, state: RoundState) -> CommandFor:
    drawn, inputs, key = await _drawn(ledger, state)
    revisions = {item.stream: item.revision for item in inputs.applications}
    employers = {item.person: item.employer for item in inputs.experts}
    deadlines = {name: state.deadlines[name] for name in ("review", "review_last")}
    name = state.batch.partition("/")[2]

    async def command(stream: str) -> Frozen:
        panel = drawn.panels[stream]
        return c.SeatPanel(
            draw=name,
            revision=revisions[stream],
            experts=panel.seats,
            alternates=panel.alternates,
            employers={person: employers[person] for person in (*panel.seats, *panel.alternates)},
            lot=lot(key, stream),
            deadlines=deadlines,
        )

    return command


async def _content(ledger: Ledger, ref: Ref) -> bytes:
    _, body = await ledger.contents.get(ref.id)
    return body
