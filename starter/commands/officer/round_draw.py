"""`selection round draw`: the hash of a secret first, then the secret and the public randomness."""

import hashlib
import secrets
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from ledger.decision.draw_inputs import collect_inputs
from runtime.private_files import create_file, make_private_folder
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round.state import RoundState
from selection.streams import round_stream
from starter.cli.command_table import example, single
from starter.cli.failures import CommandFailed
from starter.cli.files_in import read_text
from starter.cli.preview import rehearse
from starter.cli.session import Session, acting

app = single()

SECRET_BYTES = 32


@app.command(
    "draw",
    epilog=example(
        "selection --as officer-1 round draw 2025-second --dry-run",
        "selection --as officer-1 round draw 2025-second --commit-only",
        "selection --as officer-1 round draw 2025-second --randomness '07 11 19 23 30 + 02'"
        " --source 'Lottery of 2024-10-21'",
    ),
)
def draw(
    ctx: typer.Context,
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id.")],
    name: Annotated[
        str | None, typer.Option("--draw", help="Name of the draw; default: the next number.")
    ] = None,
    commit_only: Annotated[
        bool, typer.Option(help="Only commit now; reveal later with --randomness.")
    ] = False,
    randomness: Annotated[
        str | None, typer.Option(help="Public random numbers that nobody could know beforehand.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Source of the public random numbers.")] = None,
    secret_file: Annotated[
        Path | None, typer.Option(help="File that keeps the secret until it is revealed.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the pool of experts; record nothing.")
    ] = False,
) -> None:
    """Draw panels: first commit to a secret and the inputs, then reveal the secret with public random numbers.

    Without --commit-only both steps are done, unless the draw is already committed. The officer cannot choose the
    outcome: the secret is fixed before the random numbers are known, and these do not come from the officer.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        state: RoundState = await session.round(round_id)
        chosen = name or next_draw(state)
        if dry_run:
            await _show_pool(session, state, chosen)
            return
        public = None if commit_only else _require_public(randomness, source)
        path = secret_file or session.settings.data / "draws" / f"{round_id}-{chosen}.secret"
        await _commit_once(session, state, chosen, path)
        if public:
            await _open(session, state, chosen, path, public)

    acting(ctx, work)


def _require_public(randomness: str | None, source: str | None) -> tuple[str, str]:
    """Return the public random numbers and their source, or refuse: a draw is opened with both."""
    if not (randomness and source):
        raise Refused("missing", place="--randomness, --source")
    return randomness, source


async def _commit_once(session: Session, state: RoundState, name: str, path: Path) -> None:
    """Record the hash of the file's secret, unless the draw is already committed, and say where the secret is."""
    if name in state.draws:
        return
    commitment = hashlib.sha256(bytes.fromhex(keep_secret(path))).hexdigest()
    command = c.CommitDraw(draw=name, commitment=commitment)
    await session.act(round_stream(state.round), command, Role.OFFICER, step="commit")
    session.out.say(f"The secret is in {path}.", f"密钥保存于 {path}。")


async def _open(session: Session, state: RoundState, name: str, path: Path, public: tuple[str, str]) -> None:
    """Reveal the file's secret together with the public random numbers."""
    randomness, source = public
    command = c.OpenDraw(draw=name, secret=_read(path), randomness=randomness, source=source)
    await session.act(round_stream(state.round), command, Role.OFFICER, step="open")


def next_draw(state: RoundState) -> str:
    """Return the draw that is committed and not yet opened, or the next number."""
    waiting = [name for name, item in state.draws.items() if not item.opened]
    return waiting[0] if waiting else f"draw-{len(state.draws) + 1}"


def keep_secret(path: Path) -> str:
    """Return the secret of a file in hex; made at the first call, readable by its owner only."""
    if not path.exists():
        try:
            make_private_folder(path.parent)
            create_file(path, secrets.token_hex(SECRET_BYTES).encode() + b"\n")
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


async def _show_pool(session: Session, state: RoundState, name: str) -> None:
    """Show what the draw would be computed from; refused as the commitment itself would be."""
    await rehearse(
        session,
        round_stream(state.round),
        c.CommitDraw(draw=name, commitment="0" * 64),
        Role.OFFICER,
    )
    inputs = await collect_inputs(session.ledger.reading, session.ledger.people, state)
    employers = Counter(expert.employer for expert in inputs.experts)
    facts = {
        "round": state.round,
        "draw": name,
        "applications": len(inputs.applications),
        "seats": sum(item.seats_wanted for item in inputs.applications),
        "alternates": inputs.alternates * len(inputs.applications),
        "experts": len(inputs.experts),
        "employers": len(employers),
    }
    session.out.fields("draw", facts)
