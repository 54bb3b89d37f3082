"""`selection audit archive`: have Temporal's histories of a round kept now."""

from typing import Annotated

import typer

from reading.errors import Hidden
from selection.kernel.actor import Actor, Role
from selection.visibility.viewer import Standing
from starter.cli.command_table import example, single
from starter.cli.progress import progress_bars
from starter.cli.session import Session, acting, show_receipt
from starter.cli.visible import view_round

app = single()


@app.command("archive", epilog=example("selection --as auditor-1 audit archive 2025-second"))
def archive(
    ctx: typer.Context,
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id.")],
) -> None:
    """Archive the histories of a round's workflows, open ones up to now, and record their hashes.

    This also happens every day and when a round ends. Auditors and administrators of the round may request it.
    """

    async def work(session: Session) -> None:
        from starter.archive.archive import archive_round
        from workflows.archive import ArchiveStart

        standings = (await view_round(session, round_id)).viewer.standings
        if standings.isdisjoint({Standing.AUDITOR, Standing.ADMIN}):
            raise Hidden
        role = Role.AUDITOR if Standing.AUDITOR in standings else Role.ADMIN
        command_id = session.options.command_id
        act = ArchiveStart(
            actor=Actor(person=session.person, role=role), command_id=command_id, cause="request"
        )
        streams = len(await session.ledger.reading.streams(round_id))
        client = session.client
        with progress_bars(session.options) as tell:
            found = await archive_round(
                client.temporal,
                client.task_queue,
                round_id,
                act,
                lambda looked: tell("histories", looked, max(streams, looked)),
            )
        receipts = await session.ledger.reading.receipts(command_id)
        session.out.fields("archived", found.model_dump())
        show_receipt(session.out, receipts[-1])

    acting(ctx, work)
