"""`selection resume`: every open stream of the record goes on in Temporal."""

from typing import Annotated

import typer

from runtime.temporal import namespace
from selection.refusals.refused import Refused
from selection.streams import round_stream
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, CommandFailed
from starter.cli.session import Session, run_acting
from starter.reconcile.resume import resume as resume_streams
from workflows.lasting import schedule_archiving, start_courier, start_signer
from workflows.signer import signer_queue

app = single()


@app.command(epilog=example("selection resume", "selection --json resume 2025-second"))
def resume(
    ctx: typer.Context,
    round_id: Annotated[
        str | None, typer.Argument(metavar="ROUND", help="Only this round; default: all rounds.")
    ] = None,
) -> None:
    """Resume every open stream of the record in Temporal, whatever Temporal still holds of it.

    For use when Temporal was lost, restored from an older copy or reset by hand: missing workflows are started,
    others that wrongly run under a stream's id are replaced, and all the rest read the record again. It can be run
    repeatedly without harm; it decides nothing and records nothing.
    """
    run_acting(ctx, lambda session: _resume(session, round_id))


async def _resume(session: Session, round_id: str | None) -> None:
    client, ledger = session.client, session.ledger
    if round_id is not None and await ledger.reading.snapshot(round_stream(round_id)) is None:
        raise Refused("unknown-round")
    if not await namespace.pollers(client.temporal, client.task_queue):
        # Else a wrong name of the queue would put every workflow where nobody serves it.
        raise CommandFailed("nobody-polls", exits=BROKEN, queue=client.task_queue)
    await namespace.register_search_attributes(client.temporal)
    await start_courier(client.temporal, client.task_queue)
    await schedule_archiving(client.temporal, client.task_queue)
    if await namespace.pollers(client.temporal, signer_queue(client.task_queue)):
        await start_signer(client.temporal, client.task_queue)
    done = await resume_streams(client.temporal, ledger, client.task_queue, round_id)
    halted = sorted(await ledger.halts.list_all())
    session.out.document |= {
        "started": list(done.started),
        "replaced": list(done.replaced),
        "poked": len(done.poked),
        "halted": halted,
    }
    session.out.say(
        f"{len(done.started)} started, {len(done.replaced)} replaced, {len(done.poked)} asked to look.",
        f"已启动 {len(done.started)} 个，替换 {len(done.replaced)} 个，另有 {len(done.poked)} 个已通知核对记录。",
    )
    for log in halted:
        session.out.say(
            f"Log {log} is halted: choose with `selection reconcile`.",
            f"日志 {log} 已暂停；请用 `selection reconcile` 处理。",
        )
