"""`selection file`: store a file and fetch one that you may open."""

from pathlib import Path
from typing import Annotated

import typer

from starter.cli.command_table import example, group
from starter.cli.content_arguments import Material, keep
from starter.cli.contents import show_stored, stream_of
from starter.cli.files_out import write_bytes
from starter.cli.session import Session, run_acting, run_reading

app = group("Store and fetch files.")


@app.command("put", epilog=example("selection --as agent-01 file put 2025-second evidence.pdf"))
def put(
    ctx: typer.Context,
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round it is for.")],
    file: Annotated[Path, typer.Argument(help="A file of at most 20 MB.")],
) -> None:
    """Store a file and show its id, to be used as `ref:ID`. For a deadline, the time of storing counts."""

    async def work(session: Session) -> None:
        await session.reads.rounds.get_standings(await session.subject(), round_id)
        await show_stored(session, await keep(session, Material(file=file.absolute()), round_id))

    run_acting(ctx, work)


@app.command(
    "get",
    epilog=example(
        "selection --as expert-07 file get file-12ab --of 2025-second/0007 --output form.pdf",
        "selection --as officer-1 file get draw-inputs-12ab --of 2025-second --output inputs.json",
    ),
)
def get(
    ctx: typer.Context,
    content: Annotated[str, typer.Argument(help="The file's id.")],
    of: Annotated[
        str | None, typer.Option(help="The application (ROUND/NUMBER) or round that refers to it.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Where to write it; default: standard output.")] = None,
) -> None:
    """Fetch a file of your own, or one that an entry of the application shows to you."""

    async def work(session: Session) -> None:
        found = await session.reads.contents.get(await session.subject(), content, of=stream_of(of))
        if output is None:
            session.out.pass_on("content", found.body)
            return
        write_bytes(output, found.body)
        facts = {"id": found.id, "size": found.size, "media_type": found.media_type, "path": output}
        session.out.fields("content", facts)

    run_reading(ctx, work)
