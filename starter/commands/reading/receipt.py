"""`selection receipt`: where an act stands in the record, and the file that proves it to anyone."""

from pathlib import Path
from typing import Annotated

import typer

from ledger.log.checkpoints import Checkpoints
from selection.decision.aggregate import ActRefused
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.merkle import inclusion_proof, root_of
from selection.refusals.refused import Refused
from selection.register.events import MessageRefused
from selection.register.state import INSTALLATION
from selection.streams import KINDS
from selection.transparency.proof import LogProof, proof_of
from selection.transparency.schedule import LONGEST_UNSIGNED
from selection.wording.refusals import SENTENCES
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, NOT_TAKEN, PENDING, CommandFailed
from starter.cli.files_out import write_text
from starter.cli.session import Session, acting, application, reading, show_receipt
from starter.cli.visible import viewer_of

STAFF = (Role.OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN)
"""Whom the installation's log, which belongs to no round, is open to."""

REFUSED_BEFORE = MessageRefused.TYPE
"""An act that was refused before it was sent."""

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
        await session.fact()
        answered = await _answer(session, command_id)
        if answered is None:
            raise await _explain_missing(session, command_id[:100], on)
        found, leaf = answered
        if output is not None:
            write_text(output, (await _prove(session.ledger.checkpoints, found)).encoded)
        if leaf.type in (ActRefused.TYPE, REFUSED_BEFORE):
            session.traced = True
            raise _as_then(leaf.data["code"], leaf.data["params"])
        show_receipt(session.out, found)

    (reading if on is None else acting)(ctx, work)


async def _answer(session: Session, command_id: str) -> tuple[Receipt, Leaf] | None:
    """Return the entry that answers the person's command of this id; of staff's that of somebody else, if there is one.

    Ids belong to persons: what others called so is another act. A refused act may bring events too, such as the end
    of an application that was late. An act that was refused before it was sent, and then sent under the same id, is
    answered by what came of it.
    """
    caused = await session.ledger.reading.read_caused(command_id)
    found = [entry for entry in caused if entry[1].actor.person == session.person]
    if not found:
        found = [entry for entry in caused if await _may_see(session, *entry)]
    rank = {ActRefused.TYPE: 0, REFUSED_BEFORE: 2}
    return min(found, key=lambda entry: rank.get(entry[1].type, 1), default=None)


async def _explain_missing(session: Session, command_id: str, on: str | None) -> CommandFailed:
    """Return what is true of an act that is not in the record: whether it waits in Temporal, if it was told where."""
    if on is None:
        return CommandFailed("not-recorded", exits=NOT_TAKEN, command_id=command_id)
    from starter.client.waiting import waits

    stream = on if on.split("/")[0] in KINDS else application(on)
    if await waits(session.client.temporal, stream, session.person, command_id):
        return CommandFailed("pending", exits=PENDING, command_id=command_id, stream=stream)
    return CommandFailed("not-taken", exits=NOT_TAKEN, command_id=command_id)


async def _may_see(session: Session, found: Receipt, leaf: Leaf) -> bool:
    """Tell whether somebody else's act is one of a round that the person is staff of, or of no round and they staff.

    The engine's ids can be guessed, and that one of them is there tells how far an application has come.
    """
    if found.log == INSTALLATION:
        fact = await session.fact()
        return any(fact.holds(role) for role in STAFF)
    return (await viewer_of(session, leaf.stream)).is_staff


def _as_then(code: str, params: dict[str, str]) -> Refused | CommandFailed:
    """Return a recorded refusal; one of the command's own has no code of the core."""
    return Refused(code, **params) if code in SENTENCES else CommandFailed(code)


async def _prove(checkpoints: Checkpoints, found: Receipt) -> LogProof:
    """Return the proof under the first checkpoint that covers the entry."""
    covering = await checkpoints.find_covering(found.log, found.seq)
    if covering is None:
        seconds = f"{LONGEST_UNSIGNED.total_seconds():.0f}"
        raise CommandFailed("not-yet-signed", exits=PENDING, seconds=seconds)
    leaves = await checkpoints.leaf_hashes(found.log, covering.size)
    if len(leaves) != covering.size or root_of(leaves) != covering.root:
        raise CommandFailed("record-changed", exits=BROKEN)
    return proof_of(inclusion_proof(leaves, found.seq), found.seq, covering.cosigned.encoded)
