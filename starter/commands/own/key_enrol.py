"""`selection key request`, `vouch` and `enrol`: how a key comes to count for its person."""

from pathlib import Path
from typing import Annotated

import typer

from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.key_commands import EnrolKey
from selection.register.state import INSTALLATION
from selection.signing.key import Founded
from selection.signing.one_time_code import token_of
from selection.signing.possession import enrol
from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, run_acting, run_reading
from starter.commands.own.roles import any_role, find_vouching_role
from starter.keys.at_hand import KeysAtHand
from starter.keys.key_file import KeyFile
from starter.keys.request import KeyRequest

app = single()

KEY_FILE = typer.Argument(metavar="FILE", help="A key that `selection key new` made.")


@app.command(
    "request", epilog=example("selection key request mine.key request.json --code XXXXX-XXXXX-XXXXX")
)
def request_key(
    ctx: typer.Context,
    file: Annotated[Path, KEY_FILE],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; nothing is overwritten.")],
    code: Annotated[str, typer.Option(help="The one-time code from your letter.")],
) -> None:
    """Ask for your first key: write a file that an officer or administrator confirms with `selection key vouch`."""

    async def work(session: Session) -> None:
        found = KeyFile.read(file)
        founded = await session.ledger.keys.read_founding()
        _require_own_site(found, founded)
        enrolment = enrol(_keys(session, found, founded).own_key(), found.person, founded.installation)
        token = token_of(code, enrolment, founded.installation, found.person)
        KeyRequest(enrolment=enrolment, token=token).write(out)
        told = {"person": found.person, "key": found.key.key, "site": found.key.site, "file": out}
        session.out.fields("request", told)

    run_reading(ctx, work)


@app.command("vouch", epilog=example("selection --as officer-1 key vouch request.json"))
def vouch(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the person's `key request` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Confirm without being asked.")] = False,
) -> None:
    """Confirm another person's first key. Have them read its name to you before: from then on it signs for them."""

    async def work(session: Session) -> None:
        asked = KeyRequest.read(file)
        item = asked.enrolment
        fields = {"person": item.person, "key": item.key.key, "scheme": item.key.scheme}
        session.out.fields("request", {**fields, "site": item.key.site})
        question = "该密钥确属此人？" if session.options.lang == "zh" else "Is this really their key?"
        if not (yes or session.options.json or typer.confirm(question, default=False)):
            raise CommandFailed("not-agreed")
        command = EnrolKey(keys=(item,), token=asked.token)
        await session.act(INSTALLATION, command, await find_vouching_role(session))

    run_acting(ctx, work)


@app.command(
    "enrol",
    epilog=example(
        "selection key enrol second.key --key first.key",
        "selection key enrol first.key --code XXXXX-XXXXX-XXXXX",
        "A code is needed for the first key of a new installation only: `selection up` prints it.",
    ),
)
def enrol_key(
    ctx: typer.Context,
    file: Annotated[Path, KEY_FILE],
    code: Annotated[str, typer.Option(help="The one-time code that `selection up` printed.")] = "",
) -> None:
    """Enrol a key of your own: a further one, signed by one that you have, or the first of a new installation."""

    async def work(session: Session) -> None:
        found = KeyFile.read(file)
        if session.options.person not in ("", found.person):
            raise CommandFailed("key-of-another", person=found.person)
        founded = await session.ledger.keys.read_founding()
        _require_own_site(found, founded)
        keys = _keys(session, found, founded)
        enrolment = enrol(keys.own_key(), found.person, founded.installation)
        token = token_of(code, enrolment, founded.installation) if code else ""
        if session.keys is None and not (await session.ledger.keys.of([found.person]))[found.person]:
            # Nobody else can vouch for the very first key; of any other the record refuses it.
            session.use_keys(keys)
        session.name_person(found.person)
        known = await session.ledger.people.facts([found.person])
        role = await any_role(session) if known else Role.ADMIN
        await session.act(INSTALLATION, EnrolKey(keys=(enrolment,), token=token), role)

    run_acting(ctx, work)


def _keys(session: Session, file: KeyFile, founded: Founded) -> KeysAtHand:
    passphrase_file = session.settings.key_passphrase_file
    return KeysAtHand(file.person, session.options.lang, file, None, passphrase_file, founded.portals)


def _require_own_site(file: KeyFile, founded: Founded) -> None:
    """Raise Refused for a token's key of another site, before its person is asked to touch it."""
    if not file.key.is_of(founded):
        raise Refused("key-elsewhere", site=file.key.site, portals=", ".join(founded.portals))
