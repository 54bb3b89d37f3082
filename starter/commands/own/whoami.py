"""`selection whoami`: as whom one acts here, and with what one signs."""

import typer

from starter.cli.command_table import example, single
from starter.cli.session import Session, run_reading

app = single()


@app.command(epilog=example("selection whoami", "selection whoami --key officer-1.key"))
def whoami(ctx: typer.Context) -> None:
    """Show who you are acting as: your roles, the key and session in use, and whether acts need a signature."""

    async def work(session: Session) -> None:
        fact, founded = (await session.subject()).fact, await session.ledger.keys.get_founding()
        keys = session.keys
        facts = {
            "person": session.person,
            "roles": sorted(fact.roles),
            "key": keys.file.key.key if keys and keys.file else None,
            "session": keys.session.expires if keys and keys.session else None,
            "installation": founded.installation,
            "local": founded.local,
        }
        session.out.fields("whoami", facts)

    run_reading(ctx, work)
