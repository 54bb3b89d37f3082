"""`selection receipt`: where an act stands in the record, and the file that proves it to anyone."""

from pathlib import Path
from typing import Annotated

import typer

from reading.errors import Hidden
from reading.receipts import RecordedRefusal
from selection.refusals.refused import Refused
from selection.streams import KINDS
from selection.wording.refusals import SENTENCES
from starter.cli.command_table import example, single
from starter.cli.failures import MISSING, PENDING, CommandFailed
from starter.cli.files_out import write_text
from starter.cli.session import Session, application, run_acting, run_reading, show_receipt

app = single()


@app.command(
    epilog=example(
        "selection --as expert-07 receipt 3f0c8e1a-5d0b-4a43-9d0e-7b8f5a6c1d2e",
        "selection --as expert-07 receipt 3f0c8e1a-5d0b-4a43-9d0e-7b8f5a6c1d2e -o review.tlog-proof",
        "Anyone who has the public key can check the file offline with `selection audit receipt`.",
    )
)
def receipt(
    ctx: typer.Context,
    command_id: Annotated[str, typer.Argument(metavar="ID", help="The command id of the act.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also write the proof (.tlog-proof) to this file.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="STREAM", help="Stream of the act: also ask Temporal whether it is waiting there."
        ),
    ] = None,
) -> None:
    """Show the receipt of an act, or why it was refused; exit code 3 while pending, 4 if it is stored nowhere.

    With -o, the exit code is also 3 until a checkpoint covers the act, which takes a minute at most.
    """

    async def work(session: Session) -> None:
        who, reads = await session.subject(), session.reads.receipts
        try:
            found = await reads.get(who, command_id)
        except Hidden:
            raise await _explain_missing(session, command_id[:100], on) from None
        if output is not None:
            write_text(output, (await reads.prove(who, command_id)).encoded)
        if found.refused is not None:
            session.traced = True
            raise _as_then(found.refused)
        show_receipt(session.out, found.receipt)

    (run_reading if on is None else run_acting)(ctx, work)


async def _explain_missing(session: Session, command_id: str, on: str | None) -> CommandFailed:
    """Return what is true of an act that is not in the record: whether it waits in Temporal, if it was told where."""
    if on is None:
        return CommandFailed("not-recorded", exits=MISSING, command_id=command_id)
    from starter.client.waiting import waits

    stream = on if on.split("/")[0] in KINDS else application(on)
    if await waits(session.client.temporal, stream, session.person, command_id):
        return CommandFailed("pending", exits=PENDING, command_id=command_id, stream=stream)
    return CommandFailed("not-taken", exits=MISSING, command_id=command_id)


def _as_then(refused: RecordedRefusal) -> Refused | CommandFailed:
    """Return a recorded refusal; one of the command's own has no code of the core."""
    if refused.code in SENTENCES:
        return Refused(refused.code, **refused.params)
    return CommandFailed(refused.code)
