"""`selection audit archive`: have Temporal's histories of a round kept now."""

import typer

from selection.kernel.actor import Actor
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.progress import progress_bars
from starter.cli.session import Session, run_acting, show_receipt

app = single()


@app.command("archive", epilog=example("selection --as auditor-1 audit archive 2025-second"))
def archive(
    ctx: typer.Context,
    round_id: RoundId,
) -> None:
    """Archive the histories of a round's workflows, open ones up to now, and record their hashes.

    This also happens every day and when a round ends. Auditors and administrators of the round may request it.
    """

    async def work(session: Session) -> None:
        from starter.archive.archive import keep_histories

        who = await session.subject()
        archiving = await session.reads.exports.prepare_archiving(who, round_id)
        command_id = session.options.command_id
        actor = Actor(person=session.person, role=archiving.role)
        with progress_bars(session.options) as tell:
            found = await keep_histories(
                session.client,
                round_id,
                actor,
                command_id,
                lambda looked: tell("histories", looked, max(archiving.streams, looked)),
            )
        receipts = await session.reads.receipts.list_own(who, command_id)
        session.out.fields("archived", found.model_dump())
        show_receipt(session.out, receipts[-1])

    run_acting(ctx, work)
