"""`selection round draw`: the hash of a secret first, then the secret and the public randomness."""

from pathlib import Path
from typing import Annotated

import typer

from runtime.private_files import create_file, make_private_folder
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.streams import round_stream
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_text
from starter.cli.session import Session, acting
from starter.rounds.drawing import commit_to, make_secret, next_draw

app = single()

Name = Annotated[str | None, typer.Option("--draw", help="Name of the draw; default: the next number.")]
CommitOnly = Annotated[bool, typer.Option(help="Only commit now; reveal later with --randomness.")]
Randomness = Annotated[
    str | None, typer.Option(help="Public random numbers that nobody could know beforehand.")
]
Source = Annotated[str | None, typer.Option(help="Source of the public random numbers.")]
SecretFile = Annotated[Path | None, typer.Option(help="File that keeps the secret until it is revealed.")]
GiveUp = Annotated[
    str | None,
    typer.Option(help="Give the committed draw up instead, for this reason: a text, @FILE or ref:ID."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the pool of experts; record nothing.")]


@app.command(
    "draw",
    epilog=example(
        "selection --as officer-1 round draw 2025-second --dry-run",
        "selection --as officer-1 round draw 2025-second --commit-only",
        "selection --as officer-1 round draw 2025-second --randomness '07 11 19 23 30 + 02'"
        " --source 'Lottery of 2024-10-21'",
        "selection --as officer-1 round draw 2025-second --give-up 'The secret was lost'",
    ),
)
def draw(
    ctx: typer.Context,
    round_id: RoundId,
    name: Name = None,
    commit_only: CommitOnly = False,
    randomness: Randomness = None,
    source: Source = None,
    secret_file: SecretFile = None,
    give_up: GiveUp = None,
    dry_run: DryRun = False,
) -> None:
    """Draw panels: first commit to a secret and the inputs, then reveal the secret with public random numbers.

    Without --commit-only both steps are done, unless the draw is already committed. The officer cannot choose the
    outcome: the secret is fixed before the random numbers are known, and these do not come from the officer. One draw
    waits at a time; two officers give it up, such as when its secret is lost.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        draws = await session.reads.rounds.list_draws(await session.subject(), round_id)
        chosen = name or next_draw(draws)
        if dry_run:
            await _show_pool(session, round_id, chosen)
            return
        if give_up is not None:
            await _give_up(session, round_id, chosen, give_up)
            return
        public = None if commit_only else _require_public(randomness, source)
        path = secret_file or session.settings.data / "draws" / f"{round_id}-{chosen}.secret"
        if chosen not in {item.draw for item in draws}:
            await _commit(session, round_id, chosen, path)
        if public:
            await _open(session, round_id, chosen, path, public)

    acting(ctx, work)


async def _give_up(session: Session, round_id: str, name: str, why: str) -> None:
    """Give a committed draw up, for a reason that is stored first."""
    reason = await store_typed_text(session, why, round_id)
    await session.act(round_stream(round_id), c.GiveUpDraw(draw=name, reason=reason), Role.OFFICER)


def _require_public(randomness: str | None, source: str | None) -> tuple[str, str]:
    """Return the public random numbers and their source, or refuse: a draw is opened with both."""
    if not (randomness and source):
        raise Refused("missing", place="--randomness, --source")
    return randomness, source


async def _commit(session: Session, round_id: str, name: str, path: Path) -> None:
    """Record the hash of the file's secret, and say where the secret is."""
    command = commit_to(name, keep_secret(path))
    await session.act(round_stream(round_id), command, Role.OFFICER, step="commit")
    session.out.say(f"The secret is in {path}.", f"密钥保存于 {path}。")


async def _open(session: Session, round_id: str, name: str, path: Path, public: tuple[str, str]) -> None:
    """Reveal the file's secret together with the public random numbers."""
    randomness, source = public
    command = c.OpenDraw(draw=name, secret=_read(path), randomness=randomness, source=source)
    await session.act(round_stream(round_id), command, Role.OFFICER, step="open")


def keep_secret(path: Path) -> str:
    """Return the secret of a file in hex; made at the first call, readable by its owner only."""
    if not path.exists():
        try:
            make_private_folder(path.parent)
            create_file(path, make_secret().encode() + b"\n")
        except OSError as fault:
            raise CommandFailed("file-unwritable", text=f"{path}: {fault.strerror}") from None
    return _read(path)


def _read(path: Path) -> str:
    text = read_text(path).strip()
    try:
        bytes.fromhex(text)
    except ValueError:
        raise Refused("draw-unfounded") from None
    return text


async def _show_pool(session: Session, round_id: str, name: str) -> None:
    """Show what the draw would be computed from; refused as the commitment itself would be."""
    session.traced = True
    who = await session.subject()
    pool = await session.reads.rehearsals.measure_draw(who, round_id, name, session.options.command_id)
    session.out.fields("draw", {"round": round_id, "draw": name, **pool.model_dump()})
