"""`selection receipt`: where an act stands in the record."""

from typing import Annotated

import typer

from selection.aggregate import ActRefused
from selection.refusals import Refused
from starter.failures import PENDING, CommandFailed
from starter.groups import example, single
from starter.session import Session, reading, show_receipt

app = single()


@app.command(epilog=example("selection --as expert-07 receipt 3f0c8e1a-5d0b-4a43-9d0e-7b8f5a6c1d2e"))
def receipt(
    ctx: typer.Context,
    command_id: Annotated[
        str, typer.Argument(metavar="ID", help="The command id that the act was done under.")
    ],
) -> None:
    """Show the receipt of an act, or why it was refused; exit code 3 while it is pending."""

    async def work(session: Session) -> None:
        await session.fact()
        found = await session.ledger.reading.receipt(command_id)
        if found is None:
            raise CommandFailed("pending", exits=PENDING, command_id=command_id[:100])
        leaf = (await session.ledger.reading.stream_entries(found.stream, found.version - 1))[0].leaf
        if leaf.type == ActRefused.TYPE:
            session.traced = True
            raise Refused(leaf.data["code"], **leaf.data["params"])
        # A receipt holds no content, and its id is known to who acted only: whoever has it may see it.
        show_receipt(session.out, found)

    reading(ctx, work)
