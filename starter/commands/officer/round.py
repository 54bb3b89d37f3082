"""`selection round`: from open to cancel; draws, lists and approval stand beside."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from reading.rehearsals import UNSTORED, RehearsalResult
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.round import commands as c
from selection.streams import application_stream, round_stream
from selection.visibility.viewer import Standing
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import check_data, instant
from starter.cli.names import NAMES, as_people_read, names_of
from starter.cli.preview import get_proposal, rehearse
from starter.cli.session import Session, run_acting, run_reading
from starter.commands.officer import (
    round_amending,
    round_approval,
    round_draw,
    round_forms,
    round_lists,
    round_people,
)
from starter.commands.register.rules import load_file
from starter.people.registered_units import warn_of_recommenders
from starter.rounds.opening import open_by

app = group("Run a round.")

Reason = Annotated[str, typer.Option("--reason", help="Why: a text, @FILE or ref:ID.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; record nothing.")]
Proposal = Annotated[
    int | None, typer.Option(help="Version of the proposal that you read; default: the current one.")
]


@app.command("open", epilog=example("selection --as officer-1 round open 2025-second rules.yaml"))
def open_round(
    ctx: typer.Context,
    round_id: RoundId,
    rules: Annotated[Path, typer.Argument(help="The rules file (YAML).")],
) -> None:
    """Seal the rules and open the call, or before its day only seal the rules; their hash is recorded."""

    async def work(session: Session) -> None:
        found = load_file(session.out, rules)
        await warn_of_recommenders(session, found)
        command, role = open_by(found, session.person)
        await session.act(round_stream(round_id), command, role)

    run_acting(ctx, work)


@app.command("call", epilog=example("selection --as officer-1 round call 2025-second"))
def open_call(ctx: typer.Context, round_id: RoundId) -> None:
    """Open the call of a round whose rules were sealed before its day; applications are accepted from then on."""

    async def work(session: Session) -> None:
        role = await officer_or_admin(session, round_id)
        await session.act(round_stream(round_id), c.OpenCall(), role)

    run_acting(ctx, work)


@app.command("status", epilog=example("selection --as officer-1 round status 2025-second"))
def status(ctx: typer.Context, round_id: RoundId) -> None:
    """Show a round's stage and current deadlines, and which decisions are being carried out or could not be."""

    async def work(session: Session) -> None:
        view = await session.reads.rounds.get(await session.subject(), round_id)
        await session.show_as(round_id)
        session.out.fields("round", view.row.dump())
        session.out.rows("deadlines", ("deadline", "until"), [item.model_dump() for item in view.deadlines])
        levels = [item.model_dump() | {"needed": f"{item.given}/{item.needed}"} for item in view.approval]
        session.out.rows("approval", ("level", "needed", "approvers", "state"), levels)

    run_reading(ctx, work)


@app.command(
    "extend",
    epilog=example(
        "selection --as officer-1 round extend 2025-second review 2024-12-20 --cause too-few"
        " --reason 'Two experts fell ill'"
    ),
)
def extend(
    ctx: typer.Context,
    round_id: RoundId,
    name: Annotated[str, typer.Argument(help="submission, check, review, mend, invitation, notice ...")],
    until: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The new last day, inclusive.")],
    cause: Annotated[
        str, typer.Option("--cause", help="force-majeure, outside-outage, organiser, too-few or authority.")
    ],
    reason: Reason,
) -> None:
    """Move a deadline to the end of a later day; every applicant is told the cause and the reason."""

    async def work(session: Session) -> None:
        text = await store_typed_text(session, reason, round_id)
        command = check_data(
            c.ExtendDeadline, {"name": name, "until": until.date(), "cause": cause, "reason": text}
        )
        await session.act(round_stream(round_id), command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "outage",
    epilog=example(
        "selection --as officer-1 round outage 2025-second --from 2024-08-28T09:00 --until 2024-08-29T11:30"
        " --cause network --reason 'Power failure'"
    ),
)
def outage(
    ctx: typer.Context,
    round_id: RoundId,
    began: Annotated[
        str, typer.Option("--from", help="When the outage began: time of the round's zone, ISO 8601.")
    ],
    ended: Annotated[
        str, typer.Option("--until", help="When the outage ended: time of the round's zone, ISO 8601.")
    ],
    cause: Annotated[str, typer.Option("--cause", help="What failed: system, network, sign-in or building.")],
    reason: Reason,
) -> None:
    """Record an outage that has ended: deadlines in it or in the days after it, and what runs, are postponed."""

    async def work(session: Session) -> None:
        zone = (await session.show_as(round_id)).zone
        window = {"began": instant(began, "--from", zone), "ended": instant(ended, "--until", zone)}
        role = await officer_or_admin(session, round_id)
        text = await store_typed_text(session, reason, round_id)
        command = check_data(c.RecordOutage, {**window, "cause": cause, "reason": text})
        # Whatever waits for a worker here would be taken after the deadlines that it is to move.
        await session.act(round_stream(round_id), command, role)

    run_acting(ctx, work)


@app.command("notice", epilog=example("selection --as officer-1 round notice 2025-second --dry-run"))
def notice(ctx: typer.Context, round_id: RoundId, proposal: Proposal = None, dry_run: DryRun = False) -> None:
    """Open the public notice of the current proposal."""

    async def work(session: Session) -> None:
        session.traced = dry_run
        command = c.OpenPublicNotice(proposal=await get_proposal(session, round_id, proposal))
        if dry_run:
            found = await rehearse(session, round_id, command, Role.OFFICER)
            await session.show_as(round_id)
            until = getattr(found.events[0], "until", None)
            _show_plan(session, round_id, command.proposal, found, until=until)
        else:
            await session.act(round_stream(round_id), command, Role.OFFICER)

    run_acting(ctx, work)


@app.command("issue", epilog=example("selection --as officer-1 round issue 2025-second --dry-run"))
def issue(ctx: typer.Context, round_id: RoundId, proposal: Proposal = None, dry_run: DryRun = False) -> None:
    """Issue the approved list; places are numbered in the order of the proposal, without gaps."""

    async def work(session: Session) -> None:
        session.traced = dry_run
        command = c.IssueList(proposal=await get_proposal(session, round_id, proposal))
        if dry_run:
            found = await rehearse(session, round_id, command, Role.OFFICER)
            _show_plan(session, round_id, command.proposal, found)
        else:
            await session.act(round_stream(round_id), command, Role.OFFICER)

    run_acting(ctx, work)


@app.command(
    "cancel",
    epilog=example(
        "selection --as officer-1 round cancel 2025-second --reason 'The call was void' --dry-run",
        "selection --as officer-1 round cancel 2025-second --reason 'The call was void'",
    ),
)
def cancel(ctx: typer.Context, round_id: RoundId, reason: Reason, dry_run: DryRun = False) -> None:
    """Cancel the round and every unfinished application in it; an issued list remains valid."""

    async def work(session: Session) -> None:
        session.traced = dry_run
        role = await officer_or_admin(session, round_id)
        if dry_run:
            await _show_targets(session, round_id, c.CancelRound(reason=UNSTORED), role)
            return
        text = await store_typed_text(session, reason, round_id)
        await session.act(round_stream(round_id), c.CancelRound(reason=text), role)

    run_acting(ctx, work)


@app.command(
    "repeat",
    epilog=example(
        "selection --as officer-1 round repeat 2025-second --dry-run",
        "selection --as officer-1 round repeat 2025-second",
    ),
)
def repeat(ctx: typer.Context, round_id: RoundId, dry_run: DryRun = False) -> None:
    """Carry out the last decision again on the applications where it could not be carried out."""

    async def work(session: Session) -> None:
        if dry_run:
            await _show_targets(session, round_id, c.RepeatBatch(), Role.OFFICER)
        else:
            await session.act(round_stream(round_id), c.RepeatBatch(), Role.OFFICER)

    run_acting(ctx, work)


async def officer_or_admin(session: Session, round_id: str) -> Role:
    """Return in which of the two roles, where both may act, the person is sealed."""
    standings = await session.reads.rounds.get_standings(await session.subject(), round_id)
    return Role.ADMIN if Standing.ADMIN in standings else Role.OFFICER


def _show_plan(session: Session, round_id: str, proposal: int, found: RehearsalResult, **more: Any) -> None:
    rows = [{"place": place, "application": number} for number, place in found.places.items()]
    session.out.fields("plan", {"round": round_id, "proposal": proposal, **more})
    session.out.rows("items", ("place", "application"), rows)


async def _show_targets(session: Session, round_id: str, command: Frozen, role: Role) -> None:
    """Show the applications that a decision would be carried out on: counted all, listed as far as they show."""
    session.traced = True
    who = await session.subject()
    found = await session.reads.rehearsals.find_targets(
        who, round_id, command, role, session.options.command_id
    )
    rows = [
        {
            "application": row.number,
            **names_of(row.dump()),
            "stage": row.dump().get("stage"),
            "left_over": application_stream(round_id, row.number) in found.left_over,
        }
        for row in found.shown
    ]
    session.out.fields("plan", {"round": round_id, "decision": found.decision, "applications": found.count})
    again = ("left_over",) if isinstance(command, c.RepeatBatch) else ()
    columns = ("application", *NAMES, "stage", *again)
    session.out.rows("items", columns, rows, people=as_people_read(columns))


for part in (round_forms, round_amending, round_people, round_draw, round_lists, round_approval):
    app.add_typer(part.app)
