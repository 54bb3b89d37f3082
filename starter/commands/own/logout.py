"""`selection logout`: end a session, on the record and on this machine."""

import typer

from ledger.errors import LedgerError
from runtime.errors import StackError
from selection.refusals.refused import Refused
from selection.register.key_commands import EndSession
from selection.register.state import INSTALLATION
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, CommandFailed, failure_of
from starter.cli.options import options_of
from starter.cli.session import Session, run_acting, settings_of
from starter.client.errors import ClientError
from starter.commands.own.roles import any_role
from starter.keys.session_file import SessionFile, forget_session

app = single()
ENDED = frozenset({"signature-key", "key-unknown"})
"""What is said of a session that ended before."""


@app.command(epilog=example("selection logout"))
def logout(ctx: typer.Context) -> None:
    """End your session: its key and every copy of it become invalid, and its file is removed.

    Without the record it cannot be ended, and stays as it is until you repeat this or it runs out.
    """

    async def work(session: Session) -> None:
        kept = session.keys.session if session.keys else None
        if kept is None:
            raise CommandFailed("nothing-found")
        await end_session(session, kept)
        forget_session(session.settings.state_folder, kept.installation)
        session.out.say("Logged out.", "已退出登录。")

    try:
        run_acting(ctx, work)
    except (StackError, LedgerError, ClientError) as fault:
        options = options_of(ctx)
        params = {
            "text": failure_of(fault, options.lang).sentence,
            "folder": settings_of(options).state_folder,
        }
        raise CommandFailed(
            "session-goes-on", exits=BROKEN, **{name: str(value) for name, value in params.items()}
        ) from None


async def end_session(session: Session, kept: SessionFile) -> None:
    """Have the record say that a session has ended, unless it does already. Raises what an act raises."""
    try:
        await session.act(
            INSTALLATION, EndSession(key=kept.key.key.key), await any_role(session), step="session"
        )
    except Refused as refused:
        if refused.code not in ENDED:
            raise
