"""`selection apply form`, `check`, `diff`: a form to fill in, its faults before it is sent, what changed.

Nothing here acts.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from reading.models import RoundForm
from selection.forms.form import FormName
from selection.forms.schema import schema_of
from selection.forms.template import write_template
from starter.cli.arguments import Application, RoundId
from starter.cli.command_table import example
from starter.cli.files_out import write_text
from starter.cli.session import Session, application, run_reading
from starter.people.changed_answers import list_changed, read_versions
from starter.people.filled_file import FilledFile, check_registered, refuse_faults
from starter.people.registered_units import warn_of_names

app = typer.Typer()

Number = Annotated[
    str | None,
    typer.Option(help="Number of an application of yours that is to be mended: it keeps its form."),
]


@app.command(
    "form",
    epilog=example(
        "selection --as agent-01 apply form 2025-second",
        "selection --as agent-01 apply form 2025-second --output application.yaml",
    ),
)
def form(
    ctx: typer.Context,
    round_id: RoundId,
    output: Annotated[Path | None, typer.Option(help="The file to write; default: standard output.")] = None,
    number: Number = None,
) -> None:
    """Write the round's application form as a YAML file to fill in, with labels, help and limits as comments."""

    async def work(session: Session) -> None:
        found = await _get_form(session, round_id, number)
        show_form(session, "application", found, output)

    run_reading(ctx, work)


async def _get_form(session: Session, round_id: str, number: str | None) -> RoundForm:
    """Return the form in force, or the one that the next version of an application is held to."""
    subject = await session.subject()
    if number is None:
        return await session.reads.forms.get_form(subject, round_id)
    return await session.reads.forms.get_next_form(subject, application(f"{round_id}/{number}"))


def show_form(
    session: Session, name: FormName, found: RoundForm, output: Path | None, beside: Sequence[str] = ()
) -> None:
    """Write a form as a file to fill in, with the lines that ask `beside` it; with --json show the form itself."""
    if session.options.json:
        session.out.document["form"] = found.form.model_dump(mode="json")
        session.out.document["schema"] = schema_of(name, found.form, found)
        return
    text = write_template(found.form, found, found.languages, beside)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_text(output, text)
        session.out.say(f"The form is in {output}.", f"表单已写入 {output}。")


@app.command("check", epilog=example("selection --as agent-01 apply check 2025-second application.yaml"))
def check(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(help="The application (YAML or JSON).")],
    number: Number = None,
) -> None:
    """List every fault of a filled-in form with its place and what to do. Nothing is stored or sent."""

    async def work(session: Session) -> None:
        # No act was tried, so there is none that the record should hold a refusal of.
        session.traced = True
        found = await _get_form(session, round_id, number)
        filled = FilledFile(found, file)
        faults = await check_registered(session, filled)
        await warn_of_names(session, found, filled.answers)
        refuse_faults(session, found, faults)
        session.out.say("The form has no faults; nothing was sent.", "表单没有问题；未提交任何内容。")

    run_reading(ctx, work)


@app.command(
    "diff",
    epilog=example(
        "selection --as officer-1 apply diff 2025-second/0007",
        "selection --as officer-1 apply diff 2025-second/0007 --old 1 --new 3",
    ),
)
def diff(
    ctx: typer.Context,
    number: Application,
    old: Annotated[int | None, typer.Option(help="The earlier version; default: the one before.")] = None,
    new: Annotated[int | None, typer.Option(help="The later version; default: the current one.")] = None,
) -> None:
    """Show what changed between two versions of an application, field by field, as far as you may see both."""

    async def work(session: Session) -> None:
        versions = await read_versions(session.reads, await session.subject(), application(number), old, new)
        rows = [
            {"path": item.path, "label": getattr(item, session.out.lang), "old": item.old, "new": item.new}
            for item in list_changed(versions)
        ]
        session.out.rows("changes", ("path", "label", "old", "new"), rows)
        if not rows:
            session.out.say("Both versions have the same answers.", "两个版本的答案相同。")

    run_reading(ctx, work)
