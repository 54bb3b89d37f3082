"""`selection check many`: the checks of many applications, from a file, under one signature."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import Field

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Ref
from selection.refusals.refused import Refused
from selection.streams import application_stream
from starter.cli.arguments import RoundId, Yes
from starter.cli.command_table import example, single
from starter.cli.content_arguments import Given, keep
from starter.cli.files_in import read_model
from starter.cli.manifest import PlannedAct, act_all
from starter.cli.session import Session, run_acting

app = single()


class CheckedItem(Frozen):
    """One line of the file; `codes` are the warnings ruled on, the grounds or the faults, as the verdict has them."""

    application: Annotated[str, Field(min_length=1, max_length=60)]
    verdict: Literal["pass", "fail", "send-back"]
    codes: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    text: Given | None = None
    revision: int | None = None


class ChecksFile(Frozen):
    """The checks that an officer made."""

    checks: Annotated[tuple[CheckedItem, ...], Field(min_length=1, max_length=1000)]


@app.command(
    "many",
    epilog=example(
        "selection --as officer-1 check many 2025-second checks.yaml",
        "checks.yaml contains checks, each with application, verdict (pass, fail or send-back), codes and text.",
    ),
)
def check_many(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(help="The checks (YAML or JSON).")],
    yes: Yes = False,
) -> None:
    """Check many applications at once: all are shown, signed together, and each is answered by itself."""

    async def work(session: Session) -> None:
        checks = read_model(file, ChecksFile).checks
        if len({item.application for item in checks}) != len(checks):
            raise Refused("unreadable", places="application (twice)")
        planned = [await _plan(session, round_id, item, file.parent) for item in checks]
        await act_all(session, planned, Role.OFFICER, yes=yes)

    run_acting(ctx, work)


async def _plan(session: Session, round_id: str, item: CheckedItem, folder: Path) -> PlannedAct:
    stream = application_stream(round_id, item.application)
    revision = item.revision
    if revision is None:
        revision = await session.reads.applications.get_revision(await session.subject(), stream)
    text = None if item.text is None else await keep(session, item.text, round_id, folder)
    command = _command(item, revision, text)
    shown = {
        "application": item.application,
        "revision": revision,
        "codes": item.codes,
        "text": text and text.sha256[:16],
    }
    return PlannedAct(stream, command, item.application, shown)


def _command(item: CheckedItem, revision: int, text: Ref | None) -> Frozen:
    if item.verdict == "pass":
        return c.PassCheck(revision=revision, rulings=item.codes, text=text)
    if text is None:
        raise Refused("missing", place=f"text ({item.application})")
    if item.verdict == "fail":
        return c.FailCheck(revision=revision, grounds=item.codes, text=text)
    return c.SendBack(faults=item.codes, text=text)
