"""`selection paper code` and `check`: from a paper back to the record."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from reading.errors import Hidden
from selection.register.state import INSTALLATION
from selection.streams import log_of
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import CONTENT_LIMIT
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.files_in import read_bytes
from starter.cli.session import Session, run_reading

app = single()


@app.command(epilog=example("selection --as officer-1 paper code selection:round/2025-second@931"))
def code(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="CODE", help="What the code on the paper says.")],
) -> None:
    """Show the entry that the code on a paper leads to, and whether its hash is the record's."""

    async def work(session: Session) -> None:
        from papers.code import read_code
        from selection.timeline.events import moment_of

        place = read_code(text)
        if place is None:
            raise CommandFailed("paper-code-unreadable")
        stream, seq, leaf = place
        found = await session.reads.receipts.check_place(await session.subject(), stream, seq, leaf)
        words = await session.show_as(log_of(stream))
        moment = moment_of(found.entry.view, session.options.lang, words)
        if leaf and not found.holds:
            raise CommandFailed("paper-code-wrong", exits=BROKEN)
        shown = {"stream": stream, "seq": seq, "at": moment.at, "event": moment.what, "leaf_hash": leaf}
        session.out.fields("entry", shown)

    run_reading(ctx, work)


@app.command(epilog=example("selection --as agent-01 paper check 2025-second letter-0007.pdf"))
def check(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The paper as it was received.")],
) -> None:
    """Tell whether a file is, byte for byte, a paper of the round that an officer recorded as sent out.

    Of a letter only its applicant and staff are told.
    """

    async def work(session: Session) -> None:
        digest = sha256(read_bytes(file, CONTENT_LIMIT)).hexdigest()
        try:
            found = await session.reads.papers.find(await session.subject(), round_id, digest)
        except Hidden:
            raise CommandFailed("paper-unrecorded") from None
        shown = found.paper.model_dump() | {"stream": INSTALLATION, "seq": found.seq, "at": found.at}
        session.out.fields("paper", shown)

    run_reading(ctx, work)
