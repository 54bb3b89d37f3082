"""`selection reconcile`: what the record lost by the histories' word, and a person's choice about it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import typer

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.databases import Databases
from runtime.logins import Login
from selection.kernel.actor import Actor, Role
from selection.kernel.counting import number_of
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.session import Session, run_acting
from starter.reconcile.comparing import Comparison, Finding, compare, streams_of
from starter.reconcile.repairing import Choice

app = single()

COLUMNS = ("stream", "version", "seq", "command_id", "state", "cure")
CURES = {
    "lost": (
        "`--repair` decides it again; `--go-on` does without it",
        "用 `--repair` 重新作出同一决定，或用 `--go-on` 放弃",
    ),
    "gone": (
        "No history holds the message: `--go-on` does without it",
        "历史中没有该消息；只能用 `--go-on` 放弃",
    ),
    "changed": (
        "The record holds other bytes: `selection audit verify` and the checkpoints tell who is right; `--go-on`",
        "记录中是另外的内容；请以 `selection audit verify` 及检查点判明，或用 `--go-on`",
    ),
}
"""State of entries -> what a person can do about them."""


@app.command(
    epilog=example(
        "selection reconcile",
        "selection --json reconcile 2025-second",
        "selection --as admin-1 reconcile --repair --reason 'The database was set back to the copy of 02:00'",
        "selection --as admin-1 reconcile 2025-second --go-on --reason 'What is lost is sent again by its people'",
    )
)
def reconcile(
    ctx: typer.Context,
    round_id: Annotated[
        str | None, typer.Argument(metavar="ROUND", help="Only this round; default: all rounds.")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="As an administrator: bring back what can be recovered.")
    ] = False,
    go_on: Annotated[
        bool, typer.Option("--go-on", help="As an administrator: continue with the record as it is.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option(help="The reason: a text or @FILE; required with --repair and --go-on.")
    ] = None,
) -> None:
    """Compare the record with the answers kept in Temporal's histories, and decide about what was lost.

    A log that lost entries, for example because the database was restored from an older copy, is halted until an
    administrator decides; who decided and why is recorded. Exit code 1 if entries are missing, 2 if some are still
    missing after a repair.
    """

    async def work(session: Session) -> None:
        if repair and go_on:
            raise CommandFailed("bad-usage", text="--repair | --go-on")
        compared = await _compare_all(session, round_id)
        if repair:
            await _repair(session, compared, reason)
        elif go_on:
            await _go_on(session, compared, reason)
        else:
            _look(session, compared)

    run_acting(ctx, work)


def _look(session: Session, compared: Comparison) -> None:
    """Show what is missing; CommandFailed out-of-step if anything is, or a log is halted."""
    _show(session, compared.findings)
    if compared.findings or compared.halted:
        session.out.finish()
        raise CommandFailed("out-of-step", exits=BROKEN, count=str(_entries(compared.findings)))


async def _repair(session: Session, compared: Comparison, reason: str | None) -> None:
    """Bring back what can be had; CommandFailed not-reconciled if anything is left."""
    async with _lend_choice(session, reason) as choice:
        left = await choice.repair(compared)
    left += [item for item in compared.findings if item.log not in compared.logs]
    _show(session, left)
    back, missing = _entries(compared.findings) - _entries(left), _entries(left)
    session.out.document |= {"back": back, "left": missing}
    session.out.say(
        f"{number_of(back, 'entry is', 'entries are')} back, {number_of(missing, 'is', 'are')} not.",
        f"已恢复 {back} 条，未恢复 {missing} 条。",
    )
    if left:
        session.out.finish()
        raise CommandFailed("not-reconciled", count=str(missing))


async def _go_on(session: Session, compared: Comparison, reason: str | None) -> None:
    async with _lend_choice(session, reason) as choice:
        _show(session, compared.findings)
        await choice.go_on(compared)
    logs = ", ".join(compared.logs) or "-"
    session.out.document["went_on"] = compared.logs
    session.out.say(f"These logs go on as they stand: {logs}.", f"以下日志按现状继续：{logs}。")


@asynccontextmanager
async def _lend_choice(session: Session, reason: str | None) -> AsyncIterator[Choice]:
    """Lend who chooses, with the record in the workers' role.

    Raises Refused unless an administrator chooses and says why.
    """
    if not (await session.subject()).holds(Role.ADMIN):
        raise Refused("not-entitled", roles=Role.ADMIN.value)
    if not (reason or "").strip():
        raise Refused("missing", place="--reason")
    text = await store_typed_text(session, reason or "", INSTALLATION)
    actor = Actor(person=session.person, role=Role.ADMIN, reason=text)
    session.traced = True
    databases = Databases.find(session.settings)
    url, eraser = databases.url(Login.WORKER), databases.find_url(Login.ERASER)
    recorder = await Ledger.connect(url, role=RECORDER_ROLE, size=2, eraser=eraser)
    try:
        yield Choice(session.client, recorder, actor, session.options.command_id)
    finally:
        await recorder.close()


async def _compare_all(session: Session, round_id: str | None) -> Comparison:
    """Compare everything. Raises Refused unknown-round."""
    temporal, ledger = session.client.temporal, session.ledger
    streams = await streams_of(temporal, ledger, round_id)
    if round_id is not None and not streams:
        raise Refused("unknown-round")
    with session.out.count_parts(len(streams), "Comparing", "正在核对") as advance:
        found = await compare(temporal, ledger, round_id, streams, advance)
    missing = _entries(found.findings)
    session.out.document |= {
        "compared": found.streams,
        "missing": missing,
        "halted": found.halted,
        "register_behind": found.register,
        "contents": sorted(name for names in found.contents.values() for name in names),
    }
    session.out.say(
        f"{number_of(found.streams, 'stream', 'streams')} compared, {number_of(missing, 'entry', 'entries')} missing.",
        f"已核对 {found.streams} 个流，缺 {missing} 条记录。",
    )
    for log, why in found.halted.items():
        session.out.say(f"Log {log} is halted: {why}.", f"日志 {log} 已暂停：{why}。")
    if found.register:
        session.out.say(
            f"The register lost at least {number_of(found.register, 'entry', 'entries')}: register those people again.",
            f"人员登记至少缺 {found.register} 条；请重新登记有关人员。",
        )
    if found.contents:
        count = sum(len(names) for names in found.contents.values())
        session.out.say(
            f"They refer to {number_of(count, 'text or file that is', 'texts and files that are')} lost, unless a copy "
            "is kept outside the database.",
            f"其所引用的文本和文件有 {count} 份已丢失（数据库之外另有副本的除外）。",
        )
    return found


def _entries(findings: Any) -> int:
    return sum(len(item.answer.hashes) for item in findings)


def _show(session: Session, findings: Any) -> None:
    session.out.rows(
        "entries", COLUMNS, [_row(item, session.options.lang == "zh") for item in findings], more=("code",)
    )


def _row(found: Finding, chinese: bool) -> dict[str, Any]:
    answer = found.answer
    last = answer.first + len(answer.hashes) - 1
    state = "gone" if found.state == "lost" and not found.tasks else found.state
    return {
        "stream": found.stream,
        "version": str(answer.first) if last == answer.first else f"{answer.first}-{last}",
        "seq": answer.seq,
        "command_id": answer.command_id,
        "state": state,
        "code": state,
        "cure": CURES[state][chinese],
    }
