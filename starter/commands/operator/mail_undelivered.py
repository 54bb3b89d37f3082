"""`selection mail undelivered` and `settle`: what becomes of a letter that a mail server refused for good."""

from typing import Annotated, Any

import typer

from ledger.letters.undelivered import LetterFate
from selection.kernel.actor import Actor, Role
from selection.kernel.counting import number_of
from selection.register.commands import SettleLetters
from selection.register.state import INSTALLATION
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.session import Session, run_acting, run_reading, show_receipt
from starter.people.undelivered import row_of

app = single()

COLUMNS = ("id", "application", "person", "subject", "since", "found", "anew")


@app.command(
    "undelivered",
    epilog=example(
        "selection --as officer-1 mail undelivered",
        "selection --as officer-1 mail undelivered --round 2025-second",
    ),
)
def list_undelivered(
    ctx: typer.Context,
    round_id: Annotated[str | None, typer.Option("--round", help="Only those of this round.")] = None,
) -> None:
    """List undeliverable letters that nobody has dealt with yet."""

    async def work(session: Session) -> None:
        letters = await session.reads.letters.list_waiting(await session.subject(), round_id)
        rows = [await _row(session, letter) for letter in letters]
        session.out.rows("letters", COLUMNS, rows, more=("template", "message_id"))
        if not rows:
            session.out.say("No letter waits for you.", "没有待处理的邮件。")

    run_reading(ctx, work)


@app.command(
    "settle",
    epilog=example(
        "selection --as officer-1 mail settle 12 --resend --reason 'Address corrected on 3 March'",
        "selection --as officer-1 mail settle 12 13 --drop --reason 'Told by telephone on 3 March'",
    ),
)
def settle(
    ctx: typer.Context,
    letters: Annotated[
        list[int],
        typer.Argument(metavar="ID", help="Ids of letters, as shown by `mail undelivered`.", min=1),
    ],
    resend: Annotated[
        bool,
        typer.Option(
            "--resend/--drop", help="Send again, or close because the person was informed in another way."
        ),
    ],
    reason: Annotated[str, typer.Option(help="The reason, without names: a text or @FILE.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the letters; change nothing.")] = False,
) -> None:
    """Deal with undeliverable letters: send them again, or close them. Who did so and why is recorded.

    A letter that is sent again keeps its Message-ID and goes to the address registered at that time, so have the
    address corrected first with `person add`. A reminder whose task is already done is not sent again.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        found = await _find(session, list(dict.fromkeys(letters)), resend=resend)
        rows = [await _row(session, letter) for letter in found]
        session.out.rows("letters", ("id", "application", "person", "subject", "anew"), rows)
        if not dry_run:
            await _settle(session, found, reason, resend=resend)

    run_acting(ctx, work)


async def _row(session: Session, letter: LetterFate) -> dict[str, Any]:
    words = await session.reads.rounds.get_words(await session.subject(), letter.log)
    return row_of(letter, session.options.lang, words)


async def _find(session: Session, ids: list[int], *, resend: bool) -> tuple[LetterFate, ...]:
    who = await session.subject()
    again = await session.reads.receipts.list_own(who, session.options.command_id)
    return await session.reads.letters.list_to_settle(who, ids, resend=resend, repeated=bool(again))


async def _settle(session: Session, letters: tuple[LetterFate, ...], reason: str, *, resend: bool) -> None:
    text = await store_typed_text(session, reason, INSTALLATION)
    actor = Actor(person=session.person, role=Role.OFFICER, reason=text)
    ids = [letter.id for letter in letters]
    command = SettleLetters(letters=tuple(ids), how="resend" if resend else "drop")
    session.traced = True
    receipt = await session.client.act(
        INSTALLATION, command, actor=actor, command_id=session.options.command_id
    )
    if resend:
        session.out.say(
            f"{number_of(len(ids), 'letter', 'letters')} sent again, to the address registered now. A letter that is "
            "refused again becomes a task again.",
            f"已重新发送 {len(ids)} 封，发往现登记的邮箱；如再被拒收，将重新列为待办。",
        )
    else:
        session.out.say(
            f"{number_of(len(ids), 'letter', 'letters')} closed and not sent.",
            f"已办结 {len(ids)} 封，不再发送。",
        )
    show_receipt(session.out, receipt)
