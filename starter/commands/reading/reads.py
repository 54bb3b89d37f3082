"""`selection reads`: who read what is confidential."""

from typing import Annotated, Any

import typer

from reading.notes import NotedRead
from selection.kernel.zone import BEIJING
from starter.cli.command_table import example, single
from starter.cli.files_in import instant
from starter.cli.session import Session, application, run_reading

app = single()

COLUMNS = ("at", "person", "read", "stream", "content", "means", "session")
LIMIT = 1000


@app.command(
    epilog=example(
        "selection --as auditor-1 reads 2025-second --stream 2025-second/0007",
        "selection --as auditor-1 reads 2025-second --person officer-1 --since 2025-03-01",
        "selection --as admin-1 --json reads",
    )
)
def reads(
    ctx: typer.Context,
    round_id: Annotated[
        str | None,
        typer.Argument(
            metavar="ROUND", help="A round; default: what was read of the register and across rounds."
        ),
    ] = None,
    person: Annotated[str | None, typer.Option(help="Only what this person read.")] = None,
    stream: Annotated[
        str | None, typer.Option(help="Only what was read of this application (ROUND/NUMBER).")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only what was read since then: time of the round's zone, ISO 8601.")
    ] = None,
    limit: Annotated[int, typer.Option(help="At most so many, the latest.", min=1, max=100_000)] = LIMIT,
) -> None:
    """Show who read what is confidential, when and in which session, newest first; looking is itself noted.

    For auditors of the round; administrators see what those read whom the rules name as staff or approvers. Reads
    are kept for six months. What is public and what is the reader's own is not noted.
    """

    async def work(session: Session) -> None:
        who, noted = await session.subject(), session.reads.noted
        zone = BEIJING if round_id is None else (await session.show_as(round_id)).zone
        begin = instant(since, "--since", zone) if since is not None else None
        if round_id is None:
            found = await noted.list_of_installation(who, person=person, since=begin, limit=limit)
        else:
            target = application(stream) if stream is not None else None
            of_round = await noted.list_of_round(
                who, round_id, person=person, stream=target, since=begin, limit=limit
            )
            found = of_round.reads
        session.out.rows("reads", COLUMNS, [_row_of(item) for item in found])
        if not found:
            session.out.say("Nothing was read.", "没有查阅记录。")

    run_reading(ctx, work)


def _row_of(item: NotedRead) -> dict[str, Any]:
    return {
        "at": item.at,
        "person": item.person,
        "read": item.what,
        "stream": item.target,
        "content": item.item,
        "means": item.means,
        "session": item.session,
    }
