"""`selection audit receipt`: check a receipt's file, offline, with a key from outside."""

from pathlib import Path
from typing import Annotated

import typer

from activities.key_files import KeyFileFault, read_verifier
from audit.log.receipt import ReceiptRefuted, prove_receipt
from selection.kernel.leaf import leaf_hash
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.files_in import read_bytes, read_text
from starter.cli.options import options_of
from starter.cli.output import Output

app = single()
HASH_BYTES = 32


@app.command(
    "receipt",
    epilog=example(
        "selection audit receipt act.tlog-proof --key installation.vkey --leaf-hash "
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "The leaf hash is the one shown to you when you acted.",
    ),
)
def check_receipt(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The receipt (.tlog-proof).")],
    key: Annotated[
        Path,
        typer.Option(
            metavar="FILE.vkey", help="The installation's public key, obtained independently of the bundle."
        ),
    ],
    hash_hex: Annotated[
        str | None, typer.Option("--leaf-hash", metavar="HEX", help="The leaf hash shown when acting.")
    ] = None,
    entry: Annotated[
        Path | None,
        typer.Option(help="Instead of the hash: a file with the entry itself, one line of a bundle's log."),
    ] = None,
) -> None:
    """Prove that an act is in the log signed by the installation; exit code 1 if the file does not prove it.

    Needs neither network nor database.
    """
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    leaf = _leaf(hash_hex, entry)
    try:
        proven = prove_receipt(read_text(file), leaf, read_verifier(key))
    except KeyFileFault as fault:
        raise CommandFailed("key-unreadable", text=str(fault)) from None
    except ReceiptRefuted as fault:
        raise CommandFailed("receipt-refuted", exits=BROKEN, text=str(fault)) from None
    fields = {
        "log": proven.log,
        "seq": proven.index,
        "leaf_hash": proven.leaf_hash.hex(),
        "entries": proven.size,
        "root": proven.root.hex(),
    }
    out.fields("proven", fields)
    out.say("Proven: the act stands in the signed log.", "已证明：该操作在已签名的日志中。")
    out.finish()


def _leaf(text: str | None, entry: Path | None) -> bytes:
    if (text is None) == (entry is None):
        raise CommandFailed("leaf-needed")
    if entry is not None:
        return leaf_hash(read_bytes(entry).removesuffix(b"\n"))
    try:
        leaf = bytes.fromhex(str(text))
    except ValueError:
        leaf = b""
    if len(leaf) != HASH_BYTES:
        raise CommandFailed("leaf-needed")
    return leaf
