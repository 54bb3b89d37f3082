"""Commands that are loaded when they are called, so that help is there at once."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from starter.chinese.command_help import turn_chinese
from starter.chinese.help_texts import flowing, reword
from starter.cli.options import Language, options_of

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("operator", "Start everything on this machine, until Ctrl-C."),
    "doctor": ("operator", "Look at each part and say what to mend."),
    "db": ("operator", "Migrate the database; rebuild the projections from the log."),
    "resume": ("operator", "Have every open stream of the record go on in Temporal."),
    "reconcile": ("operator", "See what the record lost in a restore, and choose what comes of it."),
    "keys": ("operator", "The signing key: make one, show the public part."),
    "mail": ("operator", "Read mails to you; see to letters that a mail server refused."),
    "demo": ("operator", "Run a whole synthetic round and show it stage by stage."),
    "person": ("register", "Register people, one or many; erase one."),
    "rules": ("register", "Check a rules file; compare two."),
    "round": (
        "officer",
        "Run a round: open, extend, outage, draw, shortlist, propose, notice, approve, issue.",
    ),
    "check": ("officer", "The legality check: pass, fail, send back, similar directions."),
    "appoint": ("officer", "Appoint a panel's chair or a survey team."),
    "apply": ("people", "Submit an application, mend it, withdraw it."),
    "recommend": ("people", "Recommend, withdraw, rank: a unit's list."),
    "review": ("people", "Accept or decline a seat; submit a review."),
    "survey": ("people", "Report a site survey."),
    "appraise": ("people", "Record the panel's overall appraisal."),
    "conflict": ("people", "Declare, report or rule on a conflict of interest."),
    "objection": ("people", "Raise, examine and settle objections in the public notice."),
    "file": ("content", "Store and fetch files."),
    "text": ("content", "Store and fetch texts."),
    "task": ("reading", "What waits for me, since when, until when."),
    "status": ("reading", "Live progress of a round."),
    "show": ("reading", "One application, as far as you may see it."),
    "timeline": ("reading", "Everything that happened to one application: when, who, what, why."),
    "export": ("reading", "A round's applications as CSV."),
    "audit": ("reading", "Prove or refute a round, offline, from its bundle."),
    "checkpoint": ("reading", "What was signed: list, export, add a witness's cosignature."),
    "receipt": ("reading", "Where an act stands in the record."),
}
"""Command -> (panel of the help, one line). The module is starter.commands.PANEL.NAME, its Typer `app`."""

PANELS = {
    "operator": "For whoever runs it",
    "register": "Before a round",
    "officer": "For officers, supervisors and approvers",
    "people": "For applicants, recommenders, experts and objectors",
    "content": "Contents",
    "reading": "To read",
}
_ELSEWHERE = {"demo": "starter.demo.command", "audit": "starter.commands.audit.group"}


class Deferred(TyperCommand):
    """Stands for a command in lists, and becomes the real one when it is called."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Load the real command and let it read its arguments."""
        command = loaded(str(self.name), options_of(parent).lang)
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
        command = Deferred(name=cmd_name, callback=None, help=line, rich_help_panel=PANELS[panel])
        return speaking(command, options_of(ctx).lang)


def loaded(name: str, language: Language = "en") -> Any:
    """Return the real command of a name, with its help in a language."""
    module = import_module(_ELSEWHERE.get(name, f"starter.commands.{COMMANDS[name][0]}.{name}"))
    command = typer.main.get_command(module.app)
    command.name = name
    return speaking(command, language)


def speaking(command: Any, language: Language) -> Any:
    """Return a command with its help in a language."""
    if language == "zh":
        turn_chinese(command)
    else:
        reword(command, flowing)
    return command


def group(about: str) -> typer.Typer:
    """Return the Typer of a group of commands, which shows its help when called alone."""
    made = typer.Typer(help=about, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
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
