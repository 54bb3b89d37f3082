"""`selection db`: the record's database."""

import asyncio
from typing import Annotated

import typer

from ledger.database.migrate import Phase, migrate
from ledger.read_log import prune_reads
from ledger.rebuild import rebuild
from runtime.databases import Databases
from runtime.logins import Login
from selection.kernel.counting import number_of
from starter.cli.command_table import example, group
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.cli.session import database_url, settings_of
from starter.people.founding import LOCAL, found_installation, tell_code_once

app = group("Migrate the database; rebuild the projections from the log; remove old reads.")


@app.command(
    "migrate",
    epilog=example(
        "selection db migrate",
        "selection db migrate --phase pre",
        "With your own servers, run `pre` before new workers start and `post` after the last old one has stopped.",
    ),
)
def migrate_database(
    ctx: typer.Context, phase: Annotated[str, typer.Option(help="pre, post or all.")] = "all"
) -> None:
    """Bring the database to the schema of this version, and make its logins; running it again changes nothing."""
    phases: dict[str, Phase] = {"pre": "pre", "post": "post", "all": "all"}
    if phase not in phases:
        raise typer.BadParameter("--phase must be pre, post or all")
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    databases = Databases.find(settings_of(options))
    applied = asyncio.run(migrate(databases.url(Login.MIGRATOR), phases[phase], logins=databases.urls()))
    out.rows("applied", ("version",), [{"version": name} for name in applied])
    if not applied:
        out.say("Nothing was missing.", "无需迁移。")
    out.finish()


@app.command("found", epilog=example("selection db found"))
def found(
    ctx: typer.Context,
    local: Annotated[bool, typer.Option("--local", help=LOCAL)] = False,
) -> None:
    """Found the installation on servers of your own, once; prints the code that enrols the first administrator's key.

    Passkeys then count on pages at SELECTION_PORTAL_URL alone. `selection up` does this at its first start. While
    nobody has a key, both print another code if the first one ran out or the portal has another address.
    """
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    settings = settings_of(options)
    portal, databases = settings.portal_origin, Databases.find(settings)
    founding = found_installation(databases, portal, local=local, address_days=settings.address_days)
    if code := asyncio.run(founding):
        tell_code_once(out, code, portal)
    else:
        out.say("The installation is founded.", "系统已创立。")
    out.finish()


@app.command("rebuild", epilog=example("selection db rebuild --dry-run", "selection db rebuild"))
def rebuild_projections(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only compare; change nothing.")] = False,
) -> None:
    """Rebuild every projection from the log and compare digests; acts wait or time out meanwhile."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    with out.show_busy("Folding the log", "正在重放日志"):
        done = asyncio.run(rebuild(database_url(settings_of(options), Login.MIGRATOR), keep=not dry_run))
    rows = [
        {
            "projection": name,
            "count": count,
            "sha256": digest,
            "equal": done.before.get(name) == (digest, count),
        }
        for name, (digest, count) in sorted(done.after.items())
    ]
    out.rows("projections", ("projection", "count", "equal", "sha256"), rows)
    out.say(f"{number_of(done.entries, 'entry', 'entries')} folded.", f"共重放 {done.entries} 条。")
    out.finish()
    if not done.equal:
        raise CommandFailed("projections-differ", exits=BROKEN)


@app.command(
    "prune-reads",
    epilog=example("selection db prune-reads", "Have it run once a day, by cron or a systemd timer."),
)
def prune(ctx: typer.Context) -> None:
    """Remove from the log of reads what has been kept for six months; nothing younger can be removed."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    gone = asyncio.run(prune_reads(database_url(settings_of(options))))
    out.document["removed"] = gone
    out.say(f"{number_of(gone, 'read', 'reads')} removed.", f"已清理 {gone} 条查阅记录。")
    out.finish()
