"""The `selection` command. Exit codes: 0 done, 1 broken, 2 refused, 3 pending, 4 not taken, 5 incomplete."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from selection.kernel.hidden_characters import mark_hidden
from starter.cli.command_table import LazyGroup, example, set_help_language
from starter.cli.failures import Failure, failure_of
from starter.cli.options import Language, Options, hoist_global_options, language
from starter.cli.printable import printable_json

# A slash marks ids that the engine makes; ten characters are left for the steps of a command.
COMMAND_ID = re.compile(r"[!-.0-~]{1,90}")

app = typer.Typer(
    cls=LazyGroup,
    name="selection",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _show_version(ctx: typer.Context, asked: bool) -> None:
    """Print which version this is, and end. `--json` is read before, as global options stand first."""
    if not asked:
        return
    facts = {"name": "center-selection", "version": version("center-selection")}
    print(printable_json(facts) if ctx.params.get("as_json") else " ".join(facts.values()))
    raise typer.Exit


Person = Annotated[
    str, typer.Option("--as", metavar="PERSON", help="The id of the person who acts or reads.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your key, with which acts are signed; default: SELECTION_KEY."),
]
ForSecond = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write an act that two must sign to this file instead of sending it."),
]
ShowVersion = Annotated[
    bool, typer.Option("--version", callback=_show_version, help="Print the version, and do nothing else.")
]


@app.callback(
    epilog=example(
        "selection up",
        "selection --as officer-1 round open 2025-second rules.yaml",
        "selection --as expert-7 --lang zh task list",
    )
)
def options(
    ctx: typer.Context,
    person: Person = "",
    key: KeyFile = None,
    for_second: ForSecond = None,
    command_id: Annotated[
        str | None, typer.Option(help="Idempotency key: repeating a command with it does not repeat the act.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    lang: Annotated[str | None, typer.Option(help="en or zh; default: the language in LANG.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Data folder of the stack; default: SELECTION_DATA, or .selection.")
    ] = None,
    _version: ShowVersion = False,
) -> None:
    """Select innovation centres by a fair process: rounds, reviews, approvals, and a record that anyone can verify.

    These options may be given anywhere on the command line. Exit codes: 0 done; 1 something is broken; 2 refused; 3
    accepted, receipt pending; 4 not accepted: the act is stored nowhere, so send it again with the same id.
    """
    _require_readable(lang, command_id)
    chosen = Options(
        person=person,
        json=as_json,
        lang=language(lang),
        lang_named=lang is not None,
        data=data,
        key=key,
        for_second=for_second,
    )
    ctx.obj = chosen if command_id is None else replace(chosen, command_id=command_id, named=True)


def _require_readable(lang: str | None, command_id: str | None) -> None:
    """Raise BadParameter for a language that there is not, or a command id that no act may have."""
    if lang not in (None, "en", "zh"):
        raise typer.BadParameter("--lang must be en or zh")
    if command_id is not None and not COMMAND_ID.fullmatch(command_id):
        raise typer.BadParameter(
            "--command-id must be 1 to 90 printable characters without spaces or slashes"
        )


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what fails is said in one line on standard error."""
    ordered = hoist_global_options(arguments)
    lang = _language(ordered)
    try:
        command = set_help_language(typer.main.get_command(app), lang)
        # Help is shown before the options are read, so the language is told to it beforehand.
        code = command.main(
            args=ordered, prog_name="selection", standalone_mode=False, obj=Options(lang=lang)
        )
    except BaseException as error:  # noqa: BLE001  the one seam where every error becomes a sentence
        if isinstance(error, SystemExit):
            return error.code if isinstance(error.code, int) else 1
        failure = failure_of(error, lang)
        _tell(failure, as_json="--json" in ordered)
        return failure.exit
    return code if isinstance(code, int) else 0


def main() -> None:
    """Run the process's own command line and end the process.

    Short processes with Temporal's SDK can crash while the interpreter shuts down, so
    everything is flushed and the process ends without that.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show Chinese gets escapes, never a failure after the act was done.
            stream.reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = code or 1
    os._exit(code)


def _language(arguments: Sequence[str]) -> Language:
    asked = None
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    return language(asked)


def _tell(failure: Failure, *, as_json: bool) -> None:
    if as_json:
        said = {"error": {"code": failure.code, "sentence": failure.sentence, "exit": failure.exit}}
        print(printable_json(said), file=sys.stderr)
    else:
        print(mark_hidden(f"{failure.code}: {failure.sentence}"), file=sys.stderr)


if __name__ == "__main__":
    main()
