"""`selection timeline`: everything that happened to one application, as far as the person may see it."""

from typing import Annotated, Any

import typer

from ledger.errors import LedgerError
from selection.application.state import ApplicationState
from selection.streams import log_of, recommender_stream, round_stream
from starter.failures import CommandFailed
from starter.groups import example, single
from starter.session import Session, application, reading
from starter.viewing import ViewedStream, viewed

app = single()

COLUMNS = ("at", "who", "role", "event", "why")
# Where an event says why, in words of the process; the texts behind references come after them.
CODES = (
    "code",
    "why",
    "outcome",
    "grounds",
    "faults",
    "rulings",
    "upheld",
    "verdict",
    "unit",
    "level",
    "cleared",
)
RULINGS = {"upheld": {True: "upheld", False: "dismissed"}, "cleared": {True: "no-bar", False: "stopped"}}
SHOWN = 80
"""Characters of a text that a row shows; `text get` shows all."""


@app.command(
    epilog=example(
        "selection --as officer-1 timeline 2025-second/0007",
        "selection --as agent-01 --lang zh timeline 2025-second/0007",
    )
)
def timeline(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")],
) -> None:
    """Show when who did what and why, in the order of the record, as far as you may see it.

    What its round and the unit's list recorded about the application stands among it.
    """

    async def work(session: Session) -> None:
        view = await viewed(session, application(number))
        happened = await _happened(session, view)
        if not happened:
            raise CommandFailed("hidden")
        rows = [await _row(session, seq, event) for seq, event in happened]
        more = ("seq", "stream", "data")
        session.out.rows("timeline", COLUMNS, rows, title=view.state.stream, more=more)

    reading(ctx, work)


async def _happened(session: Session, view: ViewedStream) -> list[tuple[int, dict[str, Any]]]:
    """Return the visible entries about an application with their place in the log, in its order."""
    state: ApplicationState = view.state
    found = await view.events()
    around = [round_stream(log_of(state.stream))]
    if state.unit:
        around.append(recommender_stream(state.round, state.unit))
    for stream in around:
        beside = await viewed(session, stream)
        found += [
            (seq, event) for seq, event in await beside.events() if mentions(event["data"], state.number)
        ]
    return sorted(found, key=lambda item: item[0])


def mentions(value: Any, number: str) -> bool:
    """Tell whether an application's number stands anywhere in an event's data, as a value or a key."""
    if isinstance(value, dict):
        return number in value or any(mentions(item, number) for item in value.values())
    if isinstance(value, list):
        return any(mentions(item, number) for item in value)
    return bool(value == number)


async def _row(session: Session, seq: int, event: dict[str, Any]) -> dict[str, Any]:
    actor, data = event["actor"], event["data"]
    return {
        "seq": seq,
        "at": event["at"] if session.options.json else session.out.instant(event["at"]),
        "stream": event["stream"],
        "event": event["type"],
        "who": actor.get("person", ""),
        "role": actor.get("role", ""),
        "why": await _why(session, data),
        "data": data,
    }


async def _why(session: Session, data: dict[str, Any]) -> str:
    given = {key: data[key] for key in CODES if data.get(key) not in (None, "", [], ())}
    said = [
        session.out.cell("ruling", RULINGS[key][value])
        if isinstance(value, bool)
        else session.out.cell(key, value)
        for key, value in given.items()
    ]
    for key in ("reason", "text"):
        ref = data.get(key)
        if isinstance(ref, dict):
            said.append(await _opening(session, ref["id"]))
    return "; ".join(said)


async def _opening(session: Session, content: str) -> str:
    """Return the beginning of a text whose reference the person may see."""
    try:
        card, body = await session.ledger.contents.get(content)
    except LedgerError as error:
        return f"({error.code})"
    if card.kind != "text":
        return content
    text = " ".join(body.decode("utf-8", "replace").split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
