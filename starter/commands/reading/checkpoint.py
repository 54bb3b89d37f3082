"""`selection checkpoint`: what was signed of each log, for witnesses and for everyone."""

from pathlib import Path
from typing import Annotated

import typer

from activities.key_files import KeyFileFault, read_verifier
from reading.errors import Hidden
from reading.public import StoredCheckpoint
from selection.transparency.checkpoint import Checkpoint
from selection.transparency.note import COSIGNATURE, Note, NoteInvalid, Verifier
from starter.cli.command_table import example, group
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_text
from starter.cli.files_out import write_bytes, write_text
from starter.cli.session import Session, run_reading

app = group("Signed checkpoints: list, export, add a witness's cosignature.")

LIMIT = 1000
COLUMNS = ("log", "size", "at", "cosigned", "stamped", "root")


@app.command("list", epilog=example("selection checkpoint list", "selection checkpoint list 2025-second"))
def list_checkpoints(
    ctx: typer.Context,
    log: Annotated[str | None, typer.Argument(help="A round, or `installation`; default: all.")] = None,
) -> None:
    """List the checkpoints of one log or of all, with the number of cosignatures and time stamps of each."""

    async def work(session: Session) -> None:
        found = await session.reads.public.list_checkpoints(log, limit=LIMIT)
        rows = [
            {
                "log": item.log,
                "size": item.size,
                "at": item.at,
                "cosigned": len(item.cosignatures),
                "stamped": len(item.services),
                "root": item.root.hex(),
            }
            for item in found
        ]
        session.out.rows("checkpoints", COLUMNS, rows)

    run_reading(ctx, work)


@app.command("export", epilog=example("selection checkpoint export 2025-second -o 2025-second.checkpoint"))
def export_checkpoint(
    ctx: typer.Context,
    log: Annotated[str, typer.Argument(help="A round, or `installation`.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    size: Annotated[
        int | None, typer.Option(help="Checkpoint of this size; default: the latest.", min=1)
    ] = None,
    stamp: Annotated[
        Path | None, typer.Option(help="Also write its RFC 3161 time stamp (.tsr) to this file.")
    ] = None,
) -> None:
    """Write a checkpoint with its cosignatures as a signed note, for witnesses to cosign and auditors to keep."""

    async def work(session: Session) -> None:
        found = await _find(session, log, size)
        stamps = await session.reads.public.list_stamps(log, found.size) if stamp else ()
        if stamp and not stamps:
            raise CommandFailed("nothing-found")
        write_text(output, found.cosigned_note.encoded)
        if stamp:
            write_bytes(stamp, stamps[0].token)
        session.out.fields("checkpoint", {"log": log, "size": found.size, "file": output, "stamp": stamp})

    run_reading(ctx, work)


@app.command(
    "cosign",
    epilog=example(
        "selection checkpoint cosign 2025-second cosigned.checkpoint --witness witness.vkey",
        "The file is the exported checkpoint as the witness returned it, with the witness's line added.",
    ),
)
def cosign_checkpoint(
    ctx: typer.Context,
    log: Annotated[str, typer.Argument(help="A round, or `installation`.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The cosigned checkpoint.")],
    witness: Annotated[Path, typer.Option(help="The witness's public key file, from the witness.")],
) -> None:
    """Check a witness's cosignature against the witness's key, and store it."""

    async def work(session: Session) -> None:
        try:
            verifier = read_verifier(witness)
            note = Note.parse(read_text(file))
            found = await _find(session, log, Checkpoint.parse(note.text).size)
            line = witness_line(note, Note.parse(found.note), verifier)
        except NoteInvalid as fault:
            raise CommandFailed("cosignature-wrong", text=str(fault)) from None
        except KeyFileFault as fault:
            raise CommandFailed(fault.code, text=str(fault)) from None
        added = await session.ledger.checkpoints.cosign(log, found.size, line)
        session.out.fields(
            "cosignature", {"log": log, "size": found.size, "witness": verifier.name, "new_line": added}
        )

    run_reading(ctx, work)


def witness_line(cosigned: Note, kept: Note, witness: Verifier) -> str:
    """Return the witness's line under a checkpoint that is kept here. Raises NoteInvalid."""
    if cosigned.text != kept.text:
        raise NoteInvalid("it is not a checkpoint of this record")
    if witness.kind != COSIGNATURE:
        raise NoteInvalid(f"the key of {witness.name} is no witness's (type 0x04)")
    if witness not in cosigned.find_signers([witness]):
        raise NoteInvalid(f"{witness.name} did not sign it")
    by_witness = (
        line
        for line, signature in zip(cosigned.lines, cosigned.signatures, strict=True)
        if (signature.name, signature.key_id) == (witness.name, witness.key_id)
    )
    return next(by_witness)


async def _find(session: Session, log: str, size: int | None) -> StoredCheckpoint:
    try:
        return await session.reads.public.get_checkpoint(log, size)
    except Hidden:
        raise CommandFailed("nothing-found") from None
