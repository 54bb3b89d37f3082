"""`selection review draft`: a draft on one's own machine, that neither the record nor the database sees."""

from pathlib import Path
from typing import Annotated

import typer
from click import MissingParameter

from selection.kernel.model import Ref
from starter.cli.command_table import example
from starter.cli.content_arguments import Material as Content, keep, store_typed_text
from starter.cli.files_in import pairs
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.cli.session import Session, application, settings_of
from starter.people.review_draft import DraftFile, ReviewDraft

app = typer.Typer(
    help="Keep a draft of your review on this machine; nobody else sees it and the record has none."
)

Application = Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")]
Score = Annotated[list[str] | None, typer.Option(help="CRITERION=POINTS, once per criterion.")]
Draft = Annotated[
    bool,
    typer.Option("--draft", help="Take what is not given from your draft, which is then removed."),
]


@app.command(
    "save", epilog=example("selection --as expert-07 review draft save 2025-second/0007 review.yaml")
)
def save(
    ctx: typer.Context,
    number: Application,
    file: Annotated[
        Path,
        typer.Argument(help="The draft (YAML or JSON): scores by criterion and text, as far as you are."),
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
    """Remove your draft; that there is none is no fault."""
    if find_draft(ctx, number).drop():
        _say(ctx, "The draft is removed.", "草稿已删除。")
    else:
        _say(ctx, "There was no draft.", "没有草稿。")


def find_draft(ctx: typer.Context, number: str) -> DraftFile:
    """Return the place of one's draft, by the data folder, the person named with --as and the application."""
    options = options_of(ctx)
    return DraftFile(settings_of(options).data, options.person, application(number))


def load_draft(kept: DraftFile | None) -> ReviewDraft:
    """Return what stands in a draft, nothing if none is to be taken. Raises as `DraftFile.load`."""
    return ReviewDraft(scores={}) if kept is None else kept.load()


def require_option(given: object, option: str) -> None:
    """Raise the usage error of an option that is missing, and that a draft does not give either."""
    if not given:
        raise MissingParameter(param_hint=f"'{option}'", param_type="option")


def fill_in(score: list[str] | None, found: ReviewDraft) -> dict[str, str]:
    """Return the scores that were given, and of the draft those that were not. Raises Refused unreadable."""
    return {**{name: str(value) for name, value in found.scores.items()}, **pairs(score, "--score")}


async def store_text(session: Session, text: str | None, found: ReviewDraft, log: str) -> Ref:
    """Store the text that was given, else that of the draft, in which `@` names no file."""
    if text is not None:
        return await store_typed_text(session, text, log)
    return await keep(session, Content(text=found.text), log)


def _out(ctx: typer.Context) -> Output:
    options = options_of(ctx)
    return Output(options.lang, as_json=options.json)


def _say(ctx: typer.Context, english: str, chinese: str) -> None:
    out = _out(ctx)
    out.say(english, chinese)
    out.finish()
