"""Commands that are loaded when they are called, so that help is there at once."""

from functools import cache
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from runtime.importing import without_collecting
from starter.chinese.command_help import turn_chinese
from starter.chinese.help_texts import join_lines, reword
from starter.chinese.value_names import name_values
from starter.cli.options import Language, options_of

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("operator", "Run the whole system on this machine, until Ctrl-C."),
    "doctor": ("operator", "Check every part of the system and say what to fix."),
    "db": ("operator", "Migrate the database; rebuild the projections from the log; remove old reads."),
    "resume": ("operator", "Resume every open stream of the record in Temporal."),
    "reconcile": ("operator", "Find what the record lost in a restore, and decide how to go on."),
    "keys": ("operator", "Create the installation's keys; show the public part of the signing key."),
    "mail": ("operator", "Read your mail; handle undeliverable mail."),
    "portal": ("operator", "The pages: print a link to sign in."),
    "demo": ("operator", "Run a complete round with synthetic data, stage by stage."),
    "person": ("register", "Register people; erase a person's data."),
    "unit": ("register", "The register of units: list, show, import."),
    "rules": ("register", "Check a rules file, write its forms as schemas, or compare two."),
    "round": (
        "officer",
        "Run a round: open, extend, outage, draw, shortlist, propose, notice, approve, issue.",
    ),
    "check": ("officer", "The legality check: pass, fail, send back, similar directions."),
    "appoint": (
        "officer",
        "Appoint a panel's chair or a survey team, or settle a panel that cannot be filled.",
    ),
    "apply": (
        "people",
        "Fill in, submit, correct or withdraw an application; confirm one as its co-builder.",
    ),
    "recommend": ("people", "Keep a unit's list: recommend, withdraw, rank."),
    "review": ("people", "Accept or decline an invitation; submit a review."),
    "survey": ("people", "Report a site survey."),
    "appraise": ("people", "Record the panel's overall appraisal."),
    "conflict": ("people", "Declare, report, refer, import or rule on conflicts of interest."),
    "fraud": ("people", "Report fraud in an application with evidence, and rule on it."),
    "lobbying": ("people", "Report lobbying, which anyone may, and rule on a report."),
    "reversal": ("people", "Reverse a decision on an application, and see beforehand what falls with it."),
    "request": ("people", "Request a review of the procedure after the end, and decide on it."),
    "objection": ("people", "Raise, examine and settle objections in the public notice."),
    "key": ("own", "Your keys: make one, enrol or revoke it, list who signs with what."),
    "login": ("own", "Read, and sign with a session's key, for a few hours."),
    "logout": ("own", "End the session."),
    "whoami": ("own", "Show who you are acting as and which key signs."),
    "tie": ("own", "Your relatives, advisers and shared projects: declare, end and list them."),
    "second": ("own", "Review an act that another person signed, and countersign it."),
    "file": ("content", "Store and fetch files."),
    "text": ("content", "Store and fetch texts."),
    "task": ("reading", "Your open tasks: since when, until when."),
    "status": ("reading", "Live progress of a round."),
    "show": ("reading", "One application, as far as you may see it."),
    "timeline": ("reading", "Everything that happened to one application: when, who, what, why."),
    "paper": (
        "reading",
        "Print the papers of the process as PDF/A: receipts, reviews, lists, letters, certificates.",
    ),
    "export": ("reading", "A round's applications as a table."),
    "audit": ("reading", "Archive and export a round; verify, replay and simulate it offline."),
    "checkpoint": ("reading", "Signed checkpoints: list, export, add a witness's cosignature."),
    "receipt": ("reading", "Show the receipt of an act."),
    "reads": ("reading", "List who has read confidential data; for auditors and administrators."),
}
"""Command -> (panel of the help, one line). The module is starter.commands.PANEL.NAME, its Typer `app`."""

PANELS = {
    "operator": "Operation",
    "register": "Before a round",
    "officer": "For officers, supervisors and approvers",
    "people": "For applicants, recommenders, experts and objectors",
    "own": "Your keys and signatures",
    "content": "Files and texts",
    "reading": "Reading and verifying",
}
_ELSEWHERE = {"demo": "starter.demo.command", "audit": "starter.commands.audit.group"}


class DeferredCommand(TyperCommand):
    """Stands for a command in lists, and becomes the real one when it is called."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Load the real command and let it read its arguments."""
        command = load_command(str(self.name), options_of(parent).lang)
        return command.make_context(info_name, args, parent=parent, **extra)


class LazyGroup(TyperGroup):
    """The top group: knows its commands by name and one line only."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a stand-in for a known name."""
        if cmd_name not in COMMANDS:
            return None
        panel, line = COMMANDS[cmd_name]
        command = DeferredCommand(name=cmd_name, callback=None, help=line, rich_help_panel=PANELS[panel])
        return set_help_language(command, options_of(ctx).lang)


class PartsGroup(TyperGroup):
    """A group whose commands are loaded one by one, each when it is called or listed."""

    PARTS: ClassVar[dict[str, str]]
    """Command -> the module that holds it alone, as its Typer `app`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the help."""
        return list(self.PARTS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load a command of a known name, with its help in the reader's language."""
        if cmd_name not in self.PARTS:
            return None
        command = _load(self.PARTS[cmd_name])
        command.name = cmd_name
        return set_help_language(command, options_of(ctx).lang)


@cache
def load_command(name: str, language: Language = "en") -> Any:
    """Return the real command of a name, with its help in a language: one for all who ask, who leave it as it is."""
    command = _load(_ELSEWHERE.get(name, f"starter.commands.{COMMANDS[name][0]}.{name}"))
    command.name = name
    return set_help_language(command, language)


def _load(module: str) -> Any:
    with without_collecting():
        loaded = import_module(module)
    return typer.main.get_command(loaded.app)


def set_help_language(command: Any, language: Language) -> Any:
    """Return a command with its help in a language."""
    if language == "zh":
        turn_chinese(command)
    else:
        reword(command, join_lines)
    name_values(command, chinese=language == "zh")
    return command


def group(about: str, cls: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """Return the Typer of a group of commands, which shows its help when called alone."""
    made = typer.Typer(
        help=about, cls=cls, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
    )
    # With a callback a group stays a group even while it has one command.
    made.callback()(_nothing)
    return made


def single() -> typer.Typer:
    """Return the Typer of a command without subcommands."""
    return typer.Typer(pretty_exceptions_enable=False, add_completion=False)


def example(*lines: str) -> str:
    """Return the epilogue that shows how a command is typed."""
    return "\n\n".join(("Example:" if len(lines) == 1 else "Examples:", *lines))


def _nothing() -> None:
    return None
