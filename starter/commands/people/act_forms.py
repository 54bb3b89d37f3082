"""`form` and `check` of an act that has a form: a file to fill in, its faults before it is sent. Nothing here acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from reading.models import RoundForm
from selection.forms.faults import AnswerFault
from selection.forms.form import FormName
from selection.forms.handed_in import AnsweredForm
from selection.forms.template import Said, say_in
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused
from starter.cli.arguments import RoundId
from starter.cli.command_table import example
from starter.cli.files_in import check_data, read_facts, read_model
from starter.cli.session import Session, run_reading
from starter.commands.people.apply_form import show_form
from starter.people.filled_file import FilledFile, check_registered, refuse_faults

File = Annotated[Path, typer.Argument(help="The filled-in form (YAML or JSON).")]


@dataclass(frozen=True)
class ActForm:
    """The form of an act: its name, how its commands are called, and what its file holds beside the answers."""

    name: FormName
    group: str
    person: str
    lines: Callable[[RoundForm], list[str]] = lambda form: []
    apart: frozenset[str] = frozenset()
    check: Callable[[RoundForm, FilledFile], list[AnswerFault]] = lambda form, filled: filled.check()

    async def get(self, session: Session, round_id: str) -> RoundForm:
        """Return the round's form. Raises Hidden, or Refused where its rules have none."""
        found = await session.reads.forms.find_form(await session.subject(), round_id, self.name)
        if found is None:
            raise Refused("unknown-value", place=f"forms.{self.name}")
        return found

    async def store(self, session: Session, round_id: str, file: Path | None) -> AnsweredForm | None:
        """Store a filled-in form, if one is given. Raises Refused as `get` and `read_sound` do."""
        if file is None:
            return None
        filled = self.read_sound(session, await self.get(session, round_id), file)
        return await filled.store_form(session, round_id)

    def read_sound(
        self, session: Session, form: RoundForm, file: Path, folder: Path | None = None
    ) -> FilledFile:
        """Return a filled-in form; its paths lead from its own folder, or from this one.

        Raises Refused answers-unfit once every fault is shown.
        """
        filled = FilledFile(form, file, self.apart, folder)
        refuse_faults(session, form, self.check(form, filled))
        return filled


def ask_beside(title: Said, rows: Sequence[tuple[str, str, str]]) -> Callable[[RoundForm], list[str]]:
    """Return what writes the lines that ask for what an act states beside its form: each name, in Chinese, in English.

    They are in the languages of the round, as the form is.
    """

    def write(form: RoundForm) -> list[str]:
        lines = ["", f"# ==== {say_in(form.languages, *title)} ===="]
        for name, zh, en in rows:
            lines += [f"# {say_in(form.languages, zh, en)}", f"{name}:"]
        return lines

    return write


M = TypeVar("M", bound=Frozen)


async def read_with_form(
    session: Session, act: ActForm, file: Path, model: type[M], log: str
) -> tuple[M, AnsweredForm | None]:
    """Return what an act's file says beside its form, and the answers, stored; none where the rules have no such form.

    Raises Refused unreadable, or answers-unfit once every fault is shown; then nothing is stored.
    """
    found = await session.reads.forms.find_form(await session.subject(), log, act.name)
    if found is None:
        return read_model(file, model), None
    typed, apart = read_facts(file), frozenset(model.model_fields)
    beside = {name: typed[name] for name in apart & typed.keys()} if isinstance(typed, dict) else typed
    filled = FilledFile(found, file, apart)
    written = check_data(model, beside)
    refuse_faults(session, found, await check_registered(session, filled))
    return written, await filled.store_form(session, log)


def commands_of(act: ActForm) -> typer.Typer:
    """Return the commands `form` and `check` of an act."""
    app = typer.Typer()
    typed = f"selection --as {act.person} {act.group}"

    @app.command(
        "form",
        epilog=example(f"{typed} form 2025-second", f"{typed} form 2025-second --output {act.name}.yaml"),
    )
    def form(
        ctx: typer.Context,
        round_id: RoundId,
        output: Annotated[
            Path | None, typer.Option(help="The file to write; default: standard output.")
        ] = None,
    ) -> None:
        """Write the round's form for this step as a YAML file to fill in, with labels, help and limits as comments."""

        async def work(session: Session) -> None:
            found = await act.get(session, round_id)
            show_form(session, act.name, found, output, act.lines(found))

        run_reading(ctx, work)

    @app.command("check", epilog=example(f"{typed} check 2025-second {act.name}.yaml"))
    def check(ctx: typer.Context, round_id: RoundId, file: File) -> None:
        """List every fault of a filled-in form with its place and what to do. Nothing is stored or sent."""

        async def work(session: Session) -> None:
            # No act was tried, so there is none that the record should hold a refusal of.
            session.traced = True
            act.read_sound(session, await act.get(session, round_id), file)
            session.out.say("The form has no faults; nothing was sent.", "表单没有问题；未提交任何内容。")

        run_reading(ctx, work)

    return app
