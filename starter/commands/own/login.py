"""`selection login`: a key for a few hours, vouched for by one's own: to read, and for what a session is enough for."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from selection.kernel.proof import Assurance
from selection.register.key_commands import EnrolKey
from selection.register.state import INSTALLATION
from selection.signing.possession import enrol
from selection.signing.software_key import SoftwareKey
from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, run_acting
from starter.commands.own.logout import end_session
from starter.commands.own.roles import any_role
from starter.keys.session_file import SessionFile, keep_session

app = single()


@app.command(epilog=example("selection login --key officer-1.key", "selection login --hours 4"))
def login(
    ctx: typer.Context,
    hours: Annotated[int, typer.Option(help="For how long, 12 at most.", min=1, max=12)] = 8,
) -> None:
    """Read and, where a session is enough, sign without being asked again: apply, answer invitations, object.

    Your own key vouches for the session's, which stays in a private file of yours on this machine until you log out or
    it runs out. A session that you had there ends.
    """

    async def work(session: Session) -> None:
        keys = session.keys
        if keys is None:
            raise CommandFailed("key-needed")
        # A session vouches for no other.
        session.use_keys(replace(keys, session=None))
        if keys.session is not None:
            await end_session(session, keys.session)
        founded = await session.ledger.keys.get_founding()
        expires = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)
        key = SoftwareKey(seed=secrets.token_bytes(32), level=Assurance.SESSION, expires=expires)
        enrolment = enrol(key, session.person, founded.installation)
        await session.act(INSTALLATION, EnrolKey(keys=(enrolment,)), await any_role(session))
        kept = SessionFile.of(founded.installation, session.person, key)
        path = keep_session(session.settings.state_folder, kept)
        session.out.fields("session", {"person": session.person, "until": expires, "file": path})

    run_acting(ctx, work)
