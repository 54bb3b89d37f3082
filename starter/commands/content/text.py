"""`selection text`: store a text and fetch one that you may read."""

from typing import Annotated

import typer

from starter.cli.command_table import example, group
from starter.cli.content_arguments import store_typed_text
from starter.cli.contents import show_stored, stream_of
from starter.cli.session import Session, run_acting, run_reading

app = group("Store and fetch texts.")


@app.command("put", epilog=example("selection --as expert-07 text put 2025-second @review.md"))
def put(
    ctx: typer.Context,
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round it is for.")],
    text: Annotated[str, typer.Argument(help="The text, or @FILE.")],
) -> None:
    """Store a text and show its id, to be used as `ref:ID`. For a deadline, the time of storing counts."""

    async def work(session: Session) -> None:
        await session.reads.rounds.get_standings(await session.subject(), round_id)
        await show_stored(session, await store_typed_text(session, text, round_id))

    run_acting(ctx, work)


@app.command("get", epilog=example("selection --as agent-01 text get text-12ab --of 2025-second/0007"))
def get(
    ctx: typer.Context,
    content: Annotated[str, typer.Argument(help="The text's id.")],
    of: Annotated[
        str | None, typer.Option(help="The application (ROUND/NUMBER) or round that refers to it.")
    ] = None,
) -> None:
    """Show a text of your own, or one that an entry of the application shows to you."""

    async def work(session: Session) -> None:
        found = await session.reads.contents.get(await session.subject(), content, of=stream_of(of))
        session.out.text("text", found.body.decode("utf-8", "replace"))

    run_reading(ctx, work)
