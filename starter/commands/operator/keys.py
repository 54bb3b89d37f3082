"""`selection keys`: the installation's keys, in files."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from activities.key_files import PUBLIC_SUFFIX, KeyFileFault, public_file, read_key, read_verifier, write_key
from runtime.temporal.codec import new_key_ring, parse_keys
from selection.transparency.note import NoteInvalid
from selection.transparency.private_key import NAME_LIMIT, PrivateKey, usual_name
from starter.cli.command_table import example, group
from starter.cli.failures import CommandFailed
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.cli.session import settings_of
from starter.keys.private_files import read_private, write_new, write_over

app = group("Create the installation's keys; show the public part of the signing key.")

KEY_FILE = typer.Argument(
    metavar="FILE",
    help="Private key file; default: SELECTION_SIGNING_KEY, or keys/signing.key in the data folder.",
)


@app.command(
    "new",
    epilog=example(
        "selection keys new",
        "selection keys new /etc/selection/signing.key --name selection.example.cn",
        "Workers that find the private file at their start sign the log: keep it on one machine, and give the "
        ".vkey file to everyone.",
    ),
)
def new_key(
    ctx: typer.Context,
    file: Annotated[Path | None, KEY_FILE] = None,
    name: Annotated[
        str, typer.Option(help="Name of the key in every checkpoint; best a domain of yours.")
    ] = "",
) -> None:
    """Create a signing key: a private file for its owner only, and the public file beside it; none is overwritten."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    path = file or settings_of(options).signing_key_file
    seed = secrets.token_bytes(32)
    try:
        if len(name) > NAME_LIMIT:
            raise NoteInvalid("too long")
        key = PrivateKey(name=name or usual_name(seed), seed=seed)
        _show(out, key.verifier.vkey, key.name, write_key(path, key), path)
    except NoteInvalid:
        raise CommandFailed("key-name", limit=str(NAME_LIMIT)) from None
    except KeyFileFault as fault:
        raise CommandFailed(fault.code, text=str(fault)) from None


@app.command(
    "payload",
    epilog=example(
        "selection keys payload /etc/selection/payload.keys",
        "selection keys payload /etc/selection/payload.keys --add",
        "Give every client and worker the same file: SELECTION_PAYLOAD_KEYS=@/etc/selection/payload.keys",
    ),
)
def new_payload_key(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the keys are, for their owner only.")],
    add: Annotated[
        bool, typer.Option("--add", help="Put a new key behind those that the file holds.")
    ] = False,
) -> None:
    """Create a key that encrypts what Temporal stores; the first key of a file encrypts, all of them decrypt."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    ring = new_key_ring()
    if add:
        known = read_private(file).strip()
        parse_keys(known)
        write_over(file, f"{known},{ring}\n")
    else:
        write_new(file, f"{ring}\n")
    out.fields("key", {"key_name": ring.partition(":")[0], "private_file": file})
    out.finish()


@app.command("show", epilog=example("selection keys show", "selection keys show signing.vkey"))
def show_key(ctx: typer.Context, file: Annotated[Path | None, KEY_FILE] = None) -> None:
    """Show the public key of a private or public key file."""
    options = options_of(ctx)
    path = file or settings_of(options).signing_key_file
    try:
        public = path.suffix == PUBLIC_SUFFIX
        verifier = read_verifier(path) if public else read_key(path).verifier
    except KeyFileFault as fault:
        raise CommandFailed(fault.code, text=str(fault)) from None
    shown = path if public else public_file(path)
    _show(Output(options.lang, as_json=options.json), verifier.vkey, verifier.name, shown, None)


def _show(out: Output, vkey: str, name: str, public: Path, private: Path | None) -> None:
    out.fields("key", {"key_name": name, "public_file": public, "private_file": private, "vkey": vkey})
    out.finish()
