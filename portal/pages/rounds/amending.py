"""A form changes in the midst of a round: the new version as a file, what becomes of each field, then signed."""

from typing import NamedTuple

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.prepared import Line
from portal.acts.preparing import Draftsman, Title
from portal.acts.telling import tell_refusal
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


class Amendment(NamedTuple):
    """A new version of a form, the one that it replaces, and where each field went."""

    written: AmendmentFile
    old: Form
    by: FieldMap


async def show_amending(visit: Visit) -> Response:
    """Show the form to an officer of the round."""
    return await _show(visit, "", [])


async def take_form(visit: Visit, form: FormData) -> Response:
    """Read a new version of a form: show what is wrong with it, or what it changes, to be signed."""
    reason, text = text_of(form, "reason", LONGEST), await read_file(form, "form")
    faults = []
    if text is None:
        faults.append(("form", visit.say("amending.no-file")))
    if not reason:
        faults.append(("reason", visit.say("amending.no-reason")))
    if text is None or faults:
        return await _show(visit, reason, faults)
    names = await visit.reads.rounds.get_names(visit.subject, visit.request.path_params["round"])
    try:
        return await _prepare(visit, names, await _read(visit, text), reason)
    except Refused as refused:
        told = tell_refusal(visit.language, refused.code, refused.params, names.words.zone)
        return await _show(visit, reason, [("form", told)])


async def _read(visit: Visit, text: str) -> Amendment:
    written = check_data(AmendmentFile, parse_facts(text))
    round_id = visit.request.path_params["round"]
    old = await visit.reads.forms.find_form(visit.subject, round_id, written.name)
    if old is None:
        raise Refused("form-not-asked")
    return Amendment(written, old.form, map_fields(old.form, written.form, written.renamed))


async def _prepare(visit: Visit, names: RoundNames, found: Amendment, reason: str) -> Response:
    round_id = visit.request.path_params["round"]
    trial = amend_by(*found, UNSTORED)
    await visit.reads.rehearsals.rehearse(visit.subject, round_id, trial, Role.OFFICER, new_command_id())
    draftsman = Draftsman(visit, round_stream(round_id), Role.OFFICER)
    command = amend_by(*found, await draftsman.store_text(reason))
    lines = (*tell_changes(found), Line.typed(*WORDS["reason"], reason))
    about = Title(names.title.en, names.title.zh)
    return await draftsman.show(command, lines, about=about, back=visit.here)


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
        Line.typed(*WORDS["versions"], versions),
        Line(en=en_label, zh=zh_label, value_en=en, value_zh=zh, long=True),
    )


async def _show(visit: Visit, reason: str, faults: list[tuple[str, str]]) -> Response:
    round_id = visit.request.path_params["round"]
    await visit.reads.desks.get(visit.subject, round_id)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    context = {
        "round": round_id,
        "names": names,
        "reason": reason,
        "faults": faults,
        "wrong": dict(faults),
    }
    status = 422 if faults else 200
    return visit.render("rounds/amending.html", context, status=status, zone=names.words.zone)


ROUTES = (show(PATH, show_amending), take(PATH, take_form, largest=LARGEST, files=1))
