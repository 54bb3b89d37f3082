"""`selection key`: the keys with which people sign what they do."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from reading.register import KeyRow
from selection.kernel.proof import Assurance
from selection.register.key_commands import InviteSigner, RevokeKey, RevokeLostKey
from selection.register.state import INSTALLATION
from selection.signing.key import host_of
from selection.signing.software_key import SoftwareKey
from starter.cli.command_table import example, group
from starter.cli.failures import CommandFailed
from starter.cli.options import Options, options_of
from starter.cli.output import Output
from starter.cli.session import Session, run_acting, run_reading, settings_of
from starter.commands.own import key_enrol
from starter.commands.own.roles import any_role, find_vouching_role
from starter.keys.key_file import KeyFile
from starter.keys.passphrase import choose_passphrase
from starter.keys.token import find_token, make_credential, open_token

app = group("Your keys: make one, enrol or revoke it, list who signs with what.")
app.add_typer(key_enrol.app)
COLUMNS = ("person", "key", "scheme", "site", "assurance", "since", "by", "until", "revoked")


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
        str,
        typer.Option(help="Host name of the installation's portal; default: that of SELECTION_PORTAL_URL."),
    ] = "",
) -> None:
    """Make a key of your own. It stays in the file, behind a passphrase, or on a token, and is sent nowhere.

    The passphrase is asked for, or read from the file that SELECTION_KEY_PASSPHRASE_FILE names.
    """
    options = options_of(ctx)
    if not options.person:
        raise CommandFailed("nobody-named")
    if file.exists():
        raise CommandFailed("key-exists", text=f"{file}: stands there already; nothing is overwritten")
    made = (
        _on_token(options, site or host_of(settings_of(options).portal_origin))
        if token
        else _in_file(options)
    )
    made.write(file)
    out = Output(options.lang, as_json=options.json)
    told = {"key": made.key.key, "scheme": made.key.scheme, "site": made.key.site, "person": made.person}
    out.fields("key", {**told, "private_file": file})
    out.finish()


@app.command("invite", epilog=example("selection --as officer-1 key invite expert-07 expert-08"))
def invite(
    ctx: typer.Context,
    people: Annotated[list[str], typer.Argument(metavar="PERSON...", help="The people's ids.")],
) -> None:
    """Send people a letter each, with a one-time code for their first key; a new code ends the former one."""

    async def work(session: Session) -> None:
        command = InviteSigner(people=tuple(people))
        await session.act(INSTALLATION, command, await find_vouching_role(session))

    run_acting(ctx, work)


@app.command(
    "revoke",
    # A key's name may begin with a dash.
    context_settings={"ignore_unknown_options": True},
    epilog=example(
        "selection key revoke 8Jf0xUbzFZD8FAKc61EXSR",
        "selection key revoke 8Jf0xUbzFZD8FAKc61EXSR --person expert-07 --for-second lost.json",
        "A lost key of somebody else's is revoked by two people.",
    ),
)
def revoke(
    ctx: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="The key's name, as `selection key list` shows it.")
    ],
    person: Annotated[str, typer.Option(help="Whose key it is; default: yours.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Revoke your only key without being asked.")] = False,
) -> None:
    """Revoke a key: nothing that is signed with it from then on counts. Before your only one you are asked."""

    async def work(session: Session) -> None:
        if person in ("", session.person):
            if not (yes or session.options.json) and await _is_only(session, key):
                _warn(session)
            await session.act(INSTALLATION, RevokeKey(key=key), await any_role(session))
            return
        command = RevokeLostKey(person=person, key=key)
        await session.act(INSTALLATION, command, await find_vouching_role(session))

    run_acting(ctx, work)


async def _is_only(session: Session, key: str) -> bool:
    """Tell whether a key is the only one of the person's that asks them each time and is in force."""
    now, keys = datetime.now(UTC), await session.ledger.keys.of([session.person])
    own = [item for item in keys[session.person] if item.level is Assurance.SIGNED and item.holds_at(now)]
    return [item.key for item in own] == [key]


def _warn(session: Session) -> None:
    """Ask whether the only key is to be revoked. Raises CommandFailed `not-agreed`."""
    question = (
        "这是您唯一的密钥：注销后您将无法登录和签名，重新登记首个密钥须另行取得登记码，并经工作人员确认。仍要注销？"
        if session.options.lang == "zh"
        else "This is your only key. Once it is revoked you can neither sign in nor sign; a new first key takes a "
        "letter with a code, and somebody of the staff who confirms it. Revoke it all the same?"
    )
    if not typer.confirm(question, default=False):
        raise CommandFailed("not-agreed")


@app.command("list", epilog=example("selection --as officer-1 key list", "selection key list --all --json"))
def list_keys(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Whose keys; default: yours.")] = "",
    everyone: Annotated[bool, typer.Option("--all", help="Everyone's.")] = False,
) -> None:
    """List keys: scheme, level, since when, by whom, until when, and whether they were revoked."""

    async def work(session: Session) -> None:
        who = None if everyone else person or session.person
        found = await session.reads.register.list_keys(await session.subject(), who)
        session.out.rows("keys", COLUMNS, [_row(item) for item in found], more=("revoked_by",))

    run_reading(ctx, work)


def _row(item: KeyRow) -> dict[str, Any]:
    return {
        "person": item.person,
        "key": item.key.key,
        "scheme": item.key.scheme,
        "site": item.key.site,
        "assurance": item.key.level,
        "since": item.since,
        "by": item.by,
        "until": item.key.expires,
        "revoked": item.revoked,
        "revoked_by": item.revoked_by,
    }


def _in_file(options: Options) -> KeyFile:
    passphrase = choose_passphrase(settings_of(options).key_passphrase_file, options.lang)
    return KeyFile.of(options.person, SoftwareKey(seed=secrets.token_bytes(32)), passphrase)


def _on_token(options: Options, site: str) -> KeyFile:
    client = open_token(find_token(), site, (), options.lang)
    made = make_credential(client, options.person, site)
    return KeyFile(person=options.person, key=made.key, credential=made.credential)
