"""`selection person erase`: what is personal goes, and the log says so and still verifies."""

from typing import Annotated

import typer

from reading.register import ErasurePlan
from selection.kernel.actor import Actor, Role
from selection.kernel.counting import number_of
from selection.refusals.refused import Refused
from selection.register.commands import ErasePerson
from selection.register.state import INSTALLATION
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.failures import CommandFailed
from starter.cli.session import Session, run_acting, show_receipt

app = single()


@app.command(
    "erase",
    epilog=example(
        "selection --as admin-1 person erase expert-07 --reason 'On request of 2027-03-02' --dry-run",
        "selection --as admin-1 person erase expert-07 --reason 'On request of 2027-03-02' --yes",
    ),
)
def erase(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(help="The person's id.")],
    reason: Annotated[str, typer.Option(help="The reason, without names: a text or @FILE.")],
    force: Annotated[
        bool, typer.Option("--force", help="Erase even if the person still has open duties.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking for confirmation.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be erased; erase nothing.")
    ] = False,
) -> None:
    """Erase a person's name and address, what they wrote on their own behalf, and what was written about them.

    Ids, scores and times stay in the log, which holds salted hashes of the rest and can still be verified. What was
    written in an official role stays, and so do the documents of a host unit. Erasing cannot be undone. Mails
    already sent, log files and copies of the database are not covered.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        with session.out.show_busy("Reading the record", "正在读取记录"):
            plan = await session.reads.register.plan_erasure(await session.subject(), person)
        if plan.erased:
            await _as_before(session, plan)
            return
        contents, duties = plan.contents, plan.duties
        if duties and not force:
            raise Refused("open-duty", count=str(len(duties)), first=duties[0])
        if dry_run:
            session.out.rows("contents", ("id",), [{"id": item} for item in contents])
        session.out.say(
            f"To be erased: the identity and {number_of(len(contents), 'content', 'contents')}.",
            f"将清除身份信息及 {len(contents)} 项内容。",
        )
        if not dry_run:
            await _erase(session, ErasePerson(person=person, force=force), reason, yes=yes)

    run_acting(ctx, work)


async def _erase(session: Session, command: ErasePerson, reason: str, *, yes: bool) -> None:
    asked = ("It cannot be undone. Erase?", "此操作无法撤销，是否清除？")[session.options.lang == "zh"]
    # A program that asked for JSON has nobody at the keyboard.
    if not (yes or session.options.json or typer.confirm(asked, default=False)):
        raise CommandFailed("not-agreed")
    text = await store_typed_text(session, reason, INSTALLATION)
    actor = Actor(person=session.person, role=Role.ADMIN, reason=text)
    session.traced = True
    receipt = await session.client.act(
        INSTALLATION, command, actor=actor, command_id=session.options.command_id
    )
    show_receipt(session.out, receipt)


async def _as_before(session: Session, plan: ErasurePlan) -> None:
    """Show the receipt of an erasure repeated under its command id; refuse one that was done under another."""
    receipts = await session.reads.receipts.list_own(await session.subject(), session.options.command_id)
    again = [item for item in receipts if item.seq in {seq for seq, _ in plan.erased}]
    if not again:
        raise Refused("already-done", stream=INSTALLATION, version=str(plan.erased[-1][1]))
    show_receipt(session.out, again[-1])
