"""`selection logout`: forget the key of a session."""

import typer

from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, reading
from starter.keys.session_file import forget_session

app = single()


@app.command(epilog=example("selection logout"))
def logout(ctx: typer.Context) -> None:
    """Remove the session's key from this machine; nobody has it then, and it ends by itself.

    If somebody may have copied it, revoke it: `selection key revoke`.
    """

    async def work(session: Session) -> None:
        founded = await session.ledger.keys.founded()
        if not forget_session(session.settings.state_folder, founded.installation):
            raise CommandFailed("nothing-found")
        session.out.say("Logged out.", "已退出登录。")

    reading(ctx, work)
