"""`selection timeline`: everything that happened to one application, as far as the person may see it."""

from typing import Annotated, Any

import typer

from ledger.errors import ContentErased, LedgerError
from selection.application.state import ApplicationState
from selection.streams import log_of, recommender_stream, round_stream
from selection.timeline.events import mentions, moment_of
from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, application, reading
from starter.cli.visible import ViewedStream, view_stream

app = single()

COLUMNS = ("at", "who", "role", "event", "why")
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
    """Show who did what, when and why, in the order of the record, as far as you may see it.

    It includes what the round and the unit's list recorded about the application.
    """

    async def work(session: Session) -> None:
        view = await view_stream(session, application(number))
        happened = await _list_visible(session, view)
        if not happened:
            raise CommandFailed("hidden")
        rows = [await _row(session, seq, event) for seq, event in happened]
        more = ("seq", "stream", "sentence", "rules", "data")
        session.out.rows("timeline", COLUMNS, rows, title=view.state.stream, more=more)

    reading(ctx, work)


async def _list_visible(session: Session, view: ViewedStream) -> list[tuple[int, dict[str, Any]]]:
    """Return the visible entries about an application with their place in the log, in its order."""
    state: ApplicationState = view.state
    found = await view.events()
    # A unit that took its recommendation back is no longer in the state, but in what happened.
    units = {event["data"]["unit"]: None for _, event in found if event["data"].get("unit")}
    lists = [recommender_stream(state.round, unit) for unit in units]
    for stream in (round_stream(log_of(state.stream)), *lists):
        beside = await view_stream(session, stream)
        found += [
            (seq, event) for seq, event in await beside.events() if mentions(event["data"], state.number)
        ]
    return sorted(found, key=lambda item: item[0])


async def _row(session: Session, seq: int, event: dict[str, Any]) -> dict[str, Any]:
    """Return a row: in words for people, and for programs also with the codes the words stand for."""
    moment = moment_of(event, session.options.lang)
    openings = [await _read_opening(session, ref["id"]) for ref in _texts(event)]
    codes = {
        "seq": seq,
        "stream": event["stream"],
        "sentence": moment.what,
        "rules": moment.rules,
        "data": event["data"],
    }
    if session.options.json:
        codes |= {"at": event["at"], "event": event["type"], "role": event["actor"].get("role", "")}
    return {
        "at": moment.at,
        "who": moment.who,
        "role": moment.role,
        "event": moment.what,
        "why": "; ".join(part for part in (moment.why, *openings) if part),
        **codes,
    }


def _texts(event: dict[str, Any]) -> list[dict[str, str]]:
    """Return the references to the texts that say why."""
    given = (event["actor"].get("reason"), event["data"].get("reason"), event["data"].get("text"))
    return [ref for ref in given if isinstance(ref, dict)]


async def _read_opening(session: Session, content: str) -> str:
    """Return the beginning of a text whose reference the person may see; nothing of a file."""
    try:
        card, body = await session.ledger.contents.get(content)
    except ContentErased:
        return ("(erased)", "（已清除）")[session.options.lang == "zh"]
    except LedgerError as error:
        return f"({error.code})"
    if card.kind != "text":
        return ""
    text = " ".join(body.decode("utf-8", "replace").split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
