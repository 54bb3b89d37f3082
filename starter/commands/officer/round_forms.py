"""`selection round amend-form` and `round forms`: a form that changes in the midst of a round, field by field."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from papers.values import Words
from reading.rehearsals import UNSTORED
from selection.forms.changing.field_map import FieldChange, map_fields
from selection.forms.form import Form, FormName
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round.amending.events import CARRIED, FormAmended
from selection.streams import round_stream
from selection.wording.code_names import FORMS
from starter.cli.arguments import RoundId
from starter.cli.command_table import example, single
from starter.cli.content_arguments import store_typed_text
from starter.cli.files_in import read_model
from starter.cli.preview import rehearse
from starter.cli.session import Session, run_acting, run_reading
from starter.rounds.amending import CHANGES, AmendmentFile, amend_by, find_changes, list_amendments

app = single()

COLUMNS = ("old", "new", "change")
AMENDED = ("form_name", "was", "form_version", "form_hash", "until", "reason")


@app.command(
    "amend-form",
    epilog=example(
        "selection --as officer-1 round amend-form 2025-second form.yaml --reason 'The call was unclear' --dry-run",
        "selection --as officer-1 round amend-form 2025-second form.yaml --reason 'The call was unclear'",
        "form.yaml contains name (application, opinion, review, survey, appraisal or objection), form (the whole new"
        " version, as in the rules file, under a new version's name) and renamed (old code: new code). Fields of the"
        " same code are the same field; all others are dropped or new.",
    ),
)
def amend_form(
    ctx: typer.Context,
    round_id: RoundId,
    file: Annotated[Path, typer.Argument(help="The new version of the form (YAML or JSON).")],
    reason: Annotated[str, typer.Option("--reason", help="Why: a text, @FILE or ref:ID.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen; record nothing.")
    ] = False,
) -> None:
    """Put a new version of a form in force for what is filled in from now on; shows the map of its fields first.

    What was handed in stays valid under its own version. Whoever must look again gets a task and a letter.
    """

    async def work(session: Session) -> None:
        session.traced = dry_run
        written = read_model(file, AmendmentFile)
        who, stream = await session.subject(), round_stream(round_id)
        old = await session.reads.forms.find_form(who, round_id, written.name)
        if old is None:
            raise Refused("form-not-asked")
        by = map_fields(old.form, written.form, written.renamed)
        command = amend_by(written, old.form, by, UNSTORED)
        # What the core would refuse is refused before anything is shown or stored; a repeated act was answered.
        earlier = await session.reads.receipts.list_own(who, session.options.command_id)
        if dry_run or all(item.stream != stream for item in earlier):
            await rehearse(session, round_id, command, Role.OFFICER, dry_run=dry_run)
            changes = find_changes(old.form, written.form, by)
            _show_map(session, written.name, old.form, written.form, changes)
        if dry_run:
            await _show_what_would_happen(session, round_id, command)
            return
        text = await store_typed_text(session, reason, round_id)
        await session.act(stream, command.with_(reason=text), Role.OFFICER)

    run_acting(ctx, work)


@app.command("forms", epilog=example("selection --as agent-01 round forms 2025-second"))
def forms(ctx: typer.Context, round_id: RoundId) -> None:
    """Show how the forms of a round changed since its rules were sealed, field by field, and why."""

    async def work(session: Session) -> None:
        rows = []
        for item in await list_amendments(session.reads, await session.subject(), round_id):
            _show_map(session, item.data["form_name"], item.old, item.new, item.changes)
            named = {name: item.data[name] for name in AMENDED if name != "reason"}
            rows.append({**named, "reason": item.reason or "-"})
        session.out.rows(
            "amendments", AMENDED, rows, people=("form_name", "was", "form_version", "until", "reason")
        )
        if not rows:
            session.out.say("No form changed.", "没有表单变更。")

    run_reading(ctx, work)


def _show_map(session: Session, name: FormName, old: Form, new: Form, changes: Sequence[FieldChange]) -> None:
    """Show what becomes of each field of a form."""
    rows = [
        {
            "form_name": name,
            "old": item.old,
            "new": item.new,
            "change": item.change,
            "became": Words(en=CHANGES[item.change][0], zh=CHANGES[item.change][1]),
        }
        for item in changes
    ]
    english, chinese = FORMS[name]
    title = Words(
        en=f"{english}: {old.version} -> {new.version}", zh=f"{chinese}：{old.version} → {new.version}"
    )
    session.out.rows(
        f"fields_{new.version}",
        ("form_name", *COLUMNS),
        rows,
        title=title.get(session.out.lang),
        people=("old", "new", "became"),
    )


async def _show_what_would_happen(session: Session, round_id: str, command: c.AmendForm) -> None:
    """Show on how many applications it would be told, or be refused as the act would be."""
    found = await rehearse(session, round_id, command, Role.OFFICER)
    [event] = [event for event in found.events if isinstance(event, FormAmended)]
    affected = 0
    if command.form_name in CARRIED:
        targets = await session.reads.rehearsals.find_targets(
            await session.subject(), round_id, command, Role.OFFICER, session.options.command_id
        )
        affected = targets.count
    await session.show_as(round_id)
    plan = {"round": round_id, "form_name": event.form_name, "was": event.was}
    more = {"form_version": event.form_version, "until": event.until, "applications": affected}
    session.out.fields("plan", {**plan, **more})
