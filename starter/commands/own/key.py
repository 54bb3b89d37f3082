"""`selection key`: the keys with which people sign what they do."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from selection.signing.software_key import SoftwareKey
from starter.cli.command_table import example, group
from starter.cli.failures import CommandFailed
from starter.cli.options import Options, options_of
from starter.cli.output import Output
from starter.cli.session import settings_of
from starter.keys.key_file import KeyFile
from starter.keys.passphrase import choose_passphrase
from starter.keys.token import SITE, find_token, make_credential, open_token

app = group("Your keys: make one, enrol or revoke it, list who signs with what.")


@app.command(
    "new",
    epilog=example(
        "selection --as officer-1 key new officer-1.key",
        "selection --as officer-1 key new officer-1.key --token",
        "Enrol it with `selection key enrol`; it signs with --key FILE, or SELECTION_KEY.",
    ),
)
def new_key(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; nothing is overwritten.")],
    token: Annotated[bool, typer.Option("--token", help="Make the key on a FIDO2 token.")] = False,
    site: Annotated[
        str, typer.Option(help="Host name of the site where the token is to sign as well.")
    ] = SITE,
) -> None:
    """Make a key of your own. It stays in the file, behind a passphrase, or on a token, and is sent nowhere.

    The passphrase is asked for, or read from the file that SELECTION_KEY_PASSPHRASE_FILE names.
    """
    options = options_of(ctx)
    if not options.person:
        raise CommandFailed("nobody-named")
    if file.exists():
        raise CommandFailed("key-exists", text=f"{file}: stands there already; nothing is overwritten")
    made = _on_token(options, site) if token else _in_file(options)
    made.write(file)
    out = Output(options.lang, as_json=options.json)
    facts = {"key": made.key.key, "scheme": made.key.scheme, "person": made.person, "private_file": file}
    out.fields("key", facts)
    out.finish()


def _in_file(options: Options) -> KeyFile:
    passphrase = choose_passphrase(settings_of(options).key_passphrase_file, options.lang)
    return KeyFile.of(options.person, SoftwareKey(seed=secrets.token_bytes(32)), passphrase)


def _on_token(options: Options, site: str) -> KeyFile:
    client = open_token(find_token(), site, options.lang)
    made = make_credential(client, options.person, site)
    return KeyFile(person=options.person, key=made.key, credential=made.credential)
