"""What people wrote about an application: the forms of their acts laid out, and texts in full, as far as they show."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from papers.intake import Section
from papers.values import Block
from portal.acts.moments import find_units, tell_entries
from portal.people import call_all
from portal.routing import show
from portal.visit import Visit
from reading.errors import Hidden
from reading.models import ShownEntry
from selection.application import events as a
from selection.forms.form import FormName
from selection.forms.handed_in import read_shown_form
from selection.kernel.references import references_in
from selection.recommendation.events import ApplicationRecommended
from selection.streams import application_stream, round_stream
from selection.timeline.events import Moment, name_act
from starter.papers.material import Material

FORMS: Mapping[str, FormName] = {
    ApplicationRecommended.TYPE: "opinion",
    a.ReviewSubmitted.TYPE: "review",
    a.ReviewCorrected.TYPE: "review",
    a.SurveyReported.TYPE: "survey",
    a.AppraisalRecorded.TYPE: "appraisal",
    a.ObjectionRaised.TYPE: "objection",
}
"""By the type of an entry, which form was filled in with its act."""
ELSEWHERE = frozenset({"form", "submission", "public", "pledge"})
"""What of an entry is laid out as a form, here or as the application, or says the same each time."""


@dataclass(frozen=True)
class Opinion:
    """What was written in one act, and what that was in few words."""

    act: str
    moment: Moment
    texts: tuple[tuple[Block, ...], ...]
    sections: tuple[Section, ...]


async def show_written(visit: Visit) -> Response:
    """Show what was written in the acts on an application, in the order of the record. Raises Hidden."""
    round_id, number = visit.request.path_params["round"], visit.request.path_params["number"]
    stream = application_stream(round_id, number)
    view = await visit.reads.applications.get(visit.subject, stream)
    happened = await visit.reads.applications.list_timeline(visit.subject, stream)
    # What the round says is about many, and stands with its proposal.
    entries = [entry for entry in happened if entry.view["stream"] != round_stream(round_id)]
    material = await Material.open(visit.reads, visit.subject, round_id)
    called = await call_all(visit, stream, entries)
    units = await find_units(visit, entries)
    moments = tell_entries(entries, visit.language, material.names, called, units)
    await _keep_texts(material, entries)
    found = [
        Opinion(
            name_act(entry.view["type"], visit.language),
            moment,
            await _read_texts(material, entry),
            await _lay_out(material, entry),
        )
        for entry, moment in zip(entries, moments, strict=True)
    ]
    context = {
        "round": round_id,
        "row": view.row,
        "written": [item for item in found if item.texts or item.sections],
    }
    return visit.render("applications/written.html", context, zone=material.names.words.zone)


async def _keep_texts(material: Material, entries: Iterable[ShownEntry]) -> None:
    """Read at once what the entries refer to, by stream; where something does not show, each is read alone."""
    texts: dict[str, list[str]] = {}
    answers: dict[str, list[str]] = {}
    for entry in entries:
        stream = entry.view["stream"]
        texts.setdefault(stream, []).extend(_list_texts(entry))
        if (form := _find_form(entry)) is not None:
            answers.setdefault(stream, []).extend(ref.id for ref in read_shown_form(*form).contents)
    for keep, asked in ((material.keep_texts, texts), (material.keep_answers, answers)):
        for stream, ids in asked.items():
            with suppress(Hidden):
                await keep(ids, stream)


def _list_texts(entry: ShownEntry) -> Iterator[str]:
    data = {name: value for name, value in entry.view["data"].items() if name not in ELSEWHERE}
    return references_in([entry.view["actor"].get("reason"), data])


def _find_form(entry: ShownEntry) -> tuple[FormName, dict[str, Any]] | None:
    """Return the form that an act carried, as far as it shows."""
    name, form = FORMS.get(entry.view["type"]), entry.view["data"].get("form")
    return None if name is None or not any(references_in(form)) else (name, form)


async def _read_texts(material: Material, entry: ShownEntry) -> tuple[tuple[Block, ...], ...]:
    texts = []
    for content in _list_texts(entry):
        with suppress(Hidden):
            texts.append(await material.read({"id": content}, entry.view["stream"]))
    return tuple(text for text in texts if text)


async def _lay_out(material: Material, entry: ShownEntry) -> tuple[Section, ...]:
    found = _find_form(entry)
    if found is None:
        return ()
    with suppress(Hidden):
        return await material.lay_out_form(*found, entry.view["stream"])
    return ()


ROUTES = (show("/applications/{round}/{number}/written", show_written),)
