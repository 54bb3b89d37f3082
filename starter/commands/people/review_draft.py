"""`selection review draft`: a draft on one's own machine, that neither the record nor the database sees."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from click import MissingParameter

from starter.cli.arguments import Application
from starter.cli.command_table import example
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.cli.session import application, settings_of
from starter.people.review_draft import DraftFile

app = typer.Typer(
    help="Keep a draft of your review on this machine; nobody else sees it and the record has none."
)

File = Annotated[Path | None, typer.Argument(help="The filled-in form (YAML or JSON).")]
Draft = Annotated[
    bool,
    typer.Option(
        "--draft",
        help="Take your draft in place of a file; then it is removed. Files that it names lie in the current folder.",
    ),
]


@app.command(
    "save", epilog=example("selection --as expert-07 review draft save 2025-second/0007 review.yaml")
)
def save(
    ctx: typer.Context,
    number: Application,
    file: Annotated[
        Path,
        typer.Argument(
            help="The review (YAML or JSON) as `review form` writes it, filled in as far as you are."
        ),
    ],
) -> None:
    """Keep a draft in place of the former one, in a file that only you can read."""
    kept = find_draft(ctx, number)
    kept.save(file)
    _say(ctx, f"The draft is in {kept.path}.", f"草稿已存入 {kept.path}。")


@app.command("show", epilog=example("selection --as expert-07 review draft show 2025-second/0007"))
def show(ctx: typer.Context, number: Application) -> None:
    """Show your draft as you saved it."""
    out = _out(ctx)
    out.text("draft", find_draft(ctx, number).read())
    out.finish()


@app.command("drop", epilog=example("selection --as expert-07 review draft drop 2025-second/0007"))
def drop(ctx: typer.Context, number: Application) -> None:
    """Remove your draft, if there is one."""
    if find_draft(ctx, number).drop():
        _say(ctx, "The draft is removed.", "草稿已删除。")
    else:
        _say(ctx, "There was no draft.", "没有草稿。")


def find_draft(ctx: typer.Context, number: str) -> DraftFile:
    """Return the place of one's draft, by the data folder, the person named with --as and the application."""
    options = options_of(ctx)
    return DraftFile(settings_of(options).data, options.person, application(number))


class ReviewSource(NamedTuple):
    """Where a review that is handed in was written: in a file, or in the draft, which is removed once it is taken."""

    file: Path
    folder: Path
    kept: DraftFile | None = None

    def take(self, receipt: object) -> None:
        """Remove the draft that a receipt was given for."""
        if self.kept is not None and receipt is not None:
            self.kept.drop()


def find_written(ctx: typer.Context, number: str, file: Path | None, *, draft: bool) -> ReviewSource:
    """Return where a review was written. Raises the usage error of a missing FILE, or CommandFailed no-draft.

    What the draft names is looked for in the folder where one is: it was kept apart from the files beside it.
    """
    if file is None and not draft:
        raise MissingParameter(param_hint="'FILE'", param_type="argument")
    if file is not None and draft:
        raise typer.BadParameter("FILE or --draft, not both")
    if file is not None:
        return ReviewSource(file, file.parent)
    kept = find_draft(ctx, number)
    return ReviewSource(kept.require(), Path(), kept)


def _out(ctx: typer.Context) -> Output:
    options = options_of(ctx)
    return Output(options.lang, as_json=options.json)


def _say(ctx: typer.Context, english: str, chinese: str) -> None:
    out = _out(ctx)
    out.say(english, chinese)
    out.finish()
