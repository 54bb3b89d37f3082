"""A form changes in the midst of a round: the new version as a file, what becomes of each field, then signed."""

from typing import NamedTuple

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.prepared import Line
from portal.acts.preparing import DraftAt, Draftsman, Title
from portal.acts.telling import tell_refusal
from portal.forms.drafts import DISCARD, LEAVE, SAVE, DraftNotes, discard_draft, open_draft, save_draft
from portal.forms.typed import read_typed
from portal.pages.rounds.boards import require_officer
from portal.pages.rounds.files import LARGEST, read_file
from portal.routing import show, take, text_of
from portal.visit import Visit
from portal.wording.rounds.amending import WORDS
from reading.models import RoundNames
from reading.rehearsals import UNSTORED
from selection.forms.changing.field_map import FieldMap, list_changes, map_fields
from selection.forms.form import Form
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.streams import round_stream
from selection.wording.code_names import FORMS
from starter.client.client import new_command_id
from starter.files.facts import check_data, parse_facts
from starter.rounds.amending import CHANGES, AmendmentFile, amend_by

PATH = "/rounds/{round}/amend-form"
LONGEST = 20_000
REASON = "reason"


class Amendment(NamedTuple):
    """A new version of a form, the one that it replaces, and where each field went."""

    written: AmendmentFile
    old: Form
    by: FieldMap


async def show_amending(visit: Visit) -> Response:
    """Show the form to an officer of the round."""
    typed, version = await open_draft(visit, _place(visit))
    return await _show(visit, (typed or {}).get(REASON, ("",))[0], DraftNotes(version))


async def take_form(visit: Visit, form: FormData) -> Response:
    """Keep the reason as a draft; then read a new version of a form, and show its faults, or what it changes.

    The file is not kept: it is chosen again.
    """
    await require_officer(visit)
    reason, wanted, place = text_of(form, REASON, LONGEST), text_of(form, "do", 20), _place(visit)
    if wanted == DISCARD and (left := await discard_draft(visit, place, form)):
        return left
    typed = read_typed(form, (REASON,))
    version = None if wanted == DISCARD else await save_draft(visit, place, form, typed)
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    if version is None:
        _, there = await open_draft(visit, place)
        return await _show(visit, reason, DraftNotes(there, overtaken=True), status=409)
    if wanted == SAVE:
        return visit.lead(f"{visit.here}?saved=1")
    return await _check(visit, reason, await read_file(form, "form"), version)


async def _check(visit: Visit, reason: str, text: str | None, version: int) -> Response:
    faults = []
    if text is None:
        faults.append(("form", visit.say("amending.no-file")))
    if not reason:
        faults.append(("reason", visit.say("amending.no-reason")))
    if text is None or faults:
        return await _show(visit, reason, DraftNotes(version, faults), status=422)
    names = await visit.reads.rounds.get_names(visit.subject, visit.request.path_params["round"])
    try:
        return await _prepare(visit, names, await _read(visit, text), reason, version)
    except Refused as refused:
        sentence = tell_refusal(visit.language, refused.code, refused.params, names.words.zone)
        return await _show(visit, reason, DraftNotes(version, [("form", sentence)]), status=422)


async def _read(visit: Visit, text: str) -> Amendment:
    written = check_data(AmendmentFile, parse_facts(text))
    round_id = visit.request.path_params["round"]
    old = await visit.reads.forms.find_form(visit.subject, round_id, written.name)
    if old is None:
        raise Refused("form-not-asked")
    return Amendment(written, old.form, map_fields(old.form, written.form, written.renamed))


async def _prepare(visit: Visit, names: RoundNames, found: Amendment, reason: str, version: int) -> Response:
    round_id = visit.request.path_params["round"]
    trial = amend_by(*found, UNSTORED)
    await visit.reads.rehearsals.rehearse(visit.subject, round_id, trial, Role.OFFICER, new_command_id())
    draftsman = Draftsman(visit, round_stream(round_id), Role.OFFICER)
    command = amend_by(*found, await draftsman.store_text(reason))
    lines = (*tell_changes(found), Line.of_text(*WORDS["reason"], reason))
    about = Title(names.title.en, names.title.zh)
    draft = DraftAt(_place(visit), version)
    return await draftsman.show(command, lines, about=about, back=visit.here, draft=draft)


def tell_changes(found: Amendment) -> tuple[Line, ...]:
    """Return which form changes, from which version to which, and what becomes of each field that does not stay."""
    english, chinese = FORMS[found.written.name]
    versions = f"{found.old.version} → {found.written.form.version}"
    changes = [
        item for item in list_changes(found.old, found.written.form, found.by) if item.change != "kept"
    ]
    en, zh = (
        "\n".join(
            f"{' → '.join(filter(None, (item.old, item.new)))}: {CHANGES[item.change][language]}"
            for item in changes
        )
        or WORDS["nothing"][language]
        for language in (0, 1)
    )
    en_label, zh_label = WORDS["fields"]
    return (
        Line(en=WORDS["form"][0], zh=WORDS["form"][1], value_en=english, value_zh=chinese),
        Line.of_text(*WORDS["versions"], versions),
        Line(en=en_label, zh=zh_label, value_en=en, value_zh=zh, long=True),
    )


async def _show(visit: Visit, reason: str, notes: DraftNotes, *, status: int = 200) -> Response:
    round_id = visit.request.path_params["round"]
    await visit.reads.desks.get(visit.subject, round_id)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    context = {
        "round": round_id,
        "names": names,
        "reason": reason,
        "notes": notes,
        "wrong": dict(notes.faults),
    }
    return visit.render("rounds/amending.html", context, status=status, zone=names.words.zone)


def _place(visit: Visit) -> str:
    return f"amend-form {round_stream(visit.request.path_params['round'])}"


ROUTES = (show(PATH, show_amending), take(PATH, take_form, largest=LARGEST, files=1))
