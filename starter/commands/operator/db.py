"""`selection db`: the record's database."""

import asyncio
from typing import Annotated

import typer

from ledger.database.logins import ROLES
from ledger.database.migrate import Phase, migrate
from ledger.read_log import prune_reads
from ledger.rebuild import rebuild, renew_projections
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
    """Bring the database to the schema of this version, and make its logins; running it again changes nothing.

    What another version projected (lists, tasks, deadlines) is projected again while acts go on; with `--phase pre`,
    except what a version before 0.3 did.
    """
    phases: dict[str, Phase] = {"pre": "pre", "post": "post", "all": "all"}
    if phase not in phases:
        raise typer.BadParameter("--phase must be pre, post or all")
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    databases = Databases.find(settings_of(options))
    url = databases.url(Login.MIGRATOR)
    applied = asyncio.run(migrate(url, phases[phase], logins=databases.urls()))
    with out.show_busy("Projecting again", "正在更新投影"):
        renewed = asyncio.run(renew_projections(url, spare=phase == "pre"))
    out.rows("applied", ("version",), [{"version": name} for name in applied])
    out.document["projected"] = renewed.streams
    without = [login.variable for login in ROLES if login not in databases.urls()]
    out.document["without_login"] = without
    if not applied:
        out.say("Nothing was missing.", "无需迁移。")
    if without:
        out.say(
            f"No user was made or changed for {', '.join(without)}: not set here. Parts that need one do not start.",
            f"此处未设置 {'、'.join(without)}，相应的数据库用户未新建也未更改；需要它们的部分无法启动。",
        )
    _tell_renewed(out, renewed.streams)
    if renewed.left:
        out.say(
            f"{number_of(renewed.left, 'stream was', 'streams were')} left: something was recorded there meanwhile, or "
            "entries of it are lost. Run it again; see `selection reconcile` of what is left then.",
            f"有 {renewed.left} 个流尚未更新：其间又有新记录，或其条目已丢失。请再次运行；"
            "仍未更新的，请用 `selection reconcile` 查看。",
        )
    out.finish()


def _tell_renewed(out: Output, streams: int) -> None:
    if streams:
        out.say(
            f"{number_of(streams, 'stream', 'streams')} that another version had projected: projected again.",
            f"有 {streams} 个流的投影原由其他版本生成，已更新。",
        )


@app.command("found", epilog=example("selection db found"))
def found(
    ctx: typer.Context,
    local: Annotated[bool, typer.Option("--local", help=LOCAL)] = False,
) -> None:
    """Found the installation on servers of your own, once; prints the code that enrols the first administrator's key.

    It records with the worker's login, SELECTION_WORKER_DATABASE_URL.

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
    out.document["foreign"] = done.renewed
    out.say(f"{number_of(done.entries, 'entry', 'entries')} folded.", f"共重放 {done.entries} 条。")
    if not dry_run:
        _tell_renewed(out, done.renewed)
    out.finish()
    if not done.equal:
        raise CommandFailed("projections-differ" if dry_run else "projections-mended", exits=BROKEN)
    if dry_run and done.renewed:
        raise CommandFailed("projections-foreign", exits=BROKEN, count=str(done.renewed))


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
