"""`selection reconcile`: whether Temporal and the record tell the same, and the way back if not."""

from typing import Annotated, Any

import typer

from selection.actor import Actor, Role
from selection.refusals import Refused
from starter.failures import BROKEN, CommandFailed
from starter.groups import example, single
from starter.material import keep_typed
from starter.reconcile.comparing import compare, streams_of
from starter.reconcile.judging import Finding
from starter.reconcile.repairing import Repair
from starter.session import Session, acting

app = single()

COLUMNS = ("stream", "state", "record", "workflow", "cure")
LOG = "installation"

ONLY_BY_HAND = {
    "record-diverged": (
        "Version {at} differs between record and history: find out who wrote to the database, and which is true.",
        "第 {at} 版的记录与历史不一致；请查明何人写过数据库、以何者为准。",
    ),
    "record-damaged": (
        "Version {at} is not what was appended: go back to a database that verifies.",
        "第 {at} 版已非当初写入的内容；请恢复可通过验证的数据库。",
    ),
    "projection-differs": (
        "Run `selection db rebuild`, then this again.",
        "请先运行 `selection db rebuild`。",
    ),
    "leaves-missing": (
        "Temporal is ahead, but no history holds version {at}: go back to a database that has it.",
        "Temporal 在前，但历史中没有第 {at} 版；请恢复含有该版的数据库。",
    ),
    "no-answer": (
        "The run does not answer: see that a worker polls, and read its log.",
        "该流程未应答；请确认工作进程在运行并查看其日志。",
    ),
    "unknown-stream": (
        "Nothing is recorded of it: ask who started it, and terminate it by hand.",
        "没有任何记录；请查明由谁启动，并手工终止。",
    ),
}
"""Code -> what to do about it; nothing here is repaired by this command."""


@app.command(
    epilog=example(
        "selection reconcile",
        "selection --json reconcile 2025-second",
        "selection --as admin-1 reconcile --repair --reason 'The database was set back to the copy of 02:00'",
        "selection --as admin-1 reconcile 2025-second --repair --restart --reason 'Reset by mistake'",
    )
)
def reconcile(
    ctx: typer.Context,
    round_id: Annotated[
        str | None, typer.Argument(metavar="[ROUND]", help="Only this round; else all.")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Do it, as an administrator; else only look.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="With --repair: also replace open runs that went astray.")
    ] = False,
    reason: Annotated[str | None, typer.Option(help="Why: a text or @FILE; --repair needs it.")] = None,
) -> None:
    """Compare every workflow with the record, both ways; with --repair bring them together again.

    The record is what counts. Leaves that it lost are appended again from Temporal's histories, and a stream
    without a workflow gets a run that starts with the recorded state. Exit code 1 if something is off, 2 if
    something is left that could not be repaired.
    """

    async def work(session: Session) -> None:
        if repair:
            await _mend(session, round_id, await _repair_of(session, reason, restart=restart))
        else:
            await _look(session, round_id)

    acting(ctx, work)


async def _look(session: Session, round_id: str | None) -> None:
    """Show what is off; CommandFailed out-of-step if anything is."""
    off = await _off(session, round_id)
    _show(session, off, [])
    if off:
        session.out.finish()
        raise CommandFailed("out-of-step", exits=BROKEN, count=str(len(off)))


async def _mend(session: Session, round_id: str | None, repair: Repair) -> None:
    """Repair what can be and look again; CommandFailed not-reconciled if anything is left."""
    off = await _off(session, round_id)
    session.traced = True
    await repair.carry_out(off)
    streams = [item.stream for item in off]
    after = await compare(session.client.temporal, session.ledger, streams, lambda: None)
    _show(session, off, after)
    left = sum(not item.fine for item in after)
    session.out.say(
        f"{len(off) - left} repaired, {left} left.", f"已修复 {len(off) - left} 项，尚余 {left} 项。"
    )
    if left:
        session.out.finish()
        raise CommandFailed("not-reconciled", count=str(left))


async def _repair_of(session: Session, reason: str | None, *, restart: bool) -> Repair:
    """Return what to repair with. Raises Refused unless an administrator asks for it and says why."""
    if not (await session.fact()).holds(Role.ADMIN):
        raise Refused("not-entitled", roles=Role.ADMIN.value)
    if not (reason or "").strip():
        raise Refused("missing", place="--reason")
    text = await keep_typed(session, reason or "", LOG)
    client = session.client
    actor = Actor(person=session.person, role=Role.ADMIN, reason=text)
    return Repair(
        client.temporal, client.ledger, client.task_queue, actor, session.options.command_id, restart
    )


async def _off(session: Session, round_id: str | None) -> list[Finding]:
    """Compare everything and return what does not agree. Raises Refused unknown-round."""
    streams = await streams_of(session.client.temporal, session.ledger, round_id)
    if round_id is not None and not streams:
        raise Refused("unknown-round")
    with session.out.counted(len(streams), "Comparing", "正在核对") as advance:
        found = await compare(session.client.temporal, session.ledger, streams, advance)
    off = [item for item in found if not item.fine]
    session.out.document["compared"] = len(found)
    session.out.say(
        f"{len(found)} streams compared, {len(off)} off.", f"已核对 {len(found)} 个流，{len(off)} 个不一致。"
    )
    return off


def _show(session: Session, before: list[Finding], after: list[Finding]) -> None:
    """Show what was found, and what came of it where a repair was tried."""
    now = {item.stream: item for item in after}
    columns = (*COLUMNS, "repaired") if after else COLUMNS
    rows = [_row(session, item, now.get(item.stream)) for item in before]
    session.out.rows("workflows", columns, rows, more=("code", "at", "lost"))


def _row(session: Session, found: Finding, now: Finding | None) -> dict[str, Any]:
    shown = found if now is None or now.fine else now
    return {
        "stream": found.stream,
        "state": found.code,
        "code": shown.code,
        "record": shown.record,
        "workflow": shown.workflow,
        "at": shown.at or None,
        "lost": sum(len(item.leaves) for item in shown.lost),
        "cure": "" if now is not None and now.fine else _cure(shown, session.options.lang == "zh"),
        "repaired": now is not None and now.fine,
    }


def _cure(found: Finding, chinese: bool) -> str:
    if found.code in ONLY_BY_HAND:
        return ONLY_BY_HAND[found.code][chinese].format(at=found.at or found.record + 1)
    needs = "--repair --restart" if found.run in ("restart", "end") else "--repair"
    lost = sum(len(item.leaves) for item in found.lost)
    said = {
        "append": (
            f"{lost} lost leaves stand in the history: {needs}",
            f"历史中有 {lost} 条遗失的记录：{needs}",
        ),
        "start": (f"Start it from the record: {needs}", f"按记录重新启动：{needs}"),
        "restart": (f"Replace the run by one from the record: {needs}", f"按记录重启该流程：{needs}"),
        "end": (f"It has ended; terminate the run: {needs}", f"该事项已终结，终止该流程：{needs}"),
    }
    return said["append" if found.lost else found.run][chinese]
