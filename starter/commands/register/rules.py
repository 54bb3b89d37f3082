"""`selection rules`: check a rules file with every fault, write a form of it as a schema, compare two."""

import json
from pathlib import Path
from typing import Annotated

import typer

from selection.forms.built_in import BUILT_IN
from selection.forms.schema import schema_of
from selection.refusals.refused import Refused
from selection.rules.loading import RoundRules, RulesFaults, diff_rules
from selection.sealing import load_rules
from starter.cli.command_table import example, group
from starter.cli.files_in import read_text
from starter.cli.files_out import write_text
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.rounds.showing import show_rules, show_staffing

app = group("Check a rules file, write its forms as schemas, or compare two.")

File = Annotated[Path, typer.Argument(help="A rules file (YAML).")]


@app.command(
    "check",
    epilog=example("selection rules check rules.yaml", "selection rules check rules.yaml --applications 40"),
)
def check(
    ctx: typer.Context,
    file: File,
    applications: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=10_000,
            help="Count the people for this number of applications; default: one for each place.",
        ),
    ] = None,
) -> None:
    """List every error in a rules file with its line, or show the hash that would be sealed and the people it takes."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    rules = load_file(out, file)
    show_rules(out, rules)
    show_staffing(out, rules, applications)
    out.finish()


@app.command(
    "form-schema",
    epilog=example(
        "selection rules form-schema rules.yaml", "selection rules form-schema rules.yaml --form review"
    ),
)
def form_schema(
    ctx: typer.Context,
    file: File,
    name: Annotated[
        str, typer.Option("--form", help="application, opinion, review, survey, appraisal or objection.")
    ] = "application",
    output: Annotated[Path | None, typer.Option(help="The file to write; default: standard output.")] = None,
) -> None:
    """Write a form of the rules as JSON Schema 2020-12, for other systems that fill it in or check it."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    rules = load_file(out, file)
    given = {**BUILT_IN, **dict(rules.forms.list_given())}
    found = next(((form_name, form) for form_name, form in given.items() if form_name == name), None)
    if found is None:
        raise Refused("unknown-value", place="--form")
    schema = schema_of(*found, rules)
    text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    if options.json:
        out.document["schema"] = schema
    elif output is None:
        typer.echo(text, nl=False)
    else:
        write_text(output, text)
        out.say(f"The schema is in {output}.", f"模式已写入 {output}。")
    out.finish()


@app.command("diff", epilog=example("selection rules diff first.yaml second.yaml"))
def diff(
    ctx: typer.Context, old: File, new: Annotated[Path, typer.Argument(help="The rules after the change.")]
) -> None:
    """Show each difference with the value before and after."""
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    changes = diff_rules(load_file(out, old), load_file(out, new))
    rows = [{"path": item.path, "old": item.old, "new": item.new} for item in changes]
    out.rows("changes", ("path", "old", "new"), rows)
    if not rows:
        out.say("Both files hold the same rules.", "两个文件的规则相同。")
    out.finish()


def load_file(out: Output, file: Path) -> RoundRules:
    """Return the file's rules; shows every fault and raises RulesFaults when there are any."""
    try:
        return load_rules(read_text(file))
    except RulesFaults as faults:
        rows = [
            {"line": item.line, "path": item.path, "code": item.code, "fault": item.sentence(out.lang)}
            for item in faults.faults
        ]
        out.rows("faults", ("line", "path", "fault", "code"), rows)
        out.finish()
        raise
