"""What changed: between two versions of an application, and in the forms of a round since its rules were sealed."""

from starlette.responses import Response

from portal.faults import Fault
from portal.people import call_people
from portal.routing import show
from portal.shown.answers import list_people
from portal.shown.changes import list_changes
from portal.visit import Visit
from reading.errors import Hidden
from selection.streams import application_stream
from starter.people.changed_answers import read_versions
from starter.rounds.amending import CHANGES, list_amendments


async def show_answers(visit: Visit) -> Response:
    """Show what changed between two versions, which the address names, by default the last two. Raises Fault."""
    round_id, number = visit.request.path_params["round"], visit.request.path_params["number"]
    stream = application_stream(round_id, number)
    view = await visit.reads.applications.get(visit.subject, stream)
    words = await visit.reads.rounds.get_words(visit.subject, round_id)
    try:
        versions = await read_versions(
            visit.reads, visit.subject, stream, _read(visit, "old"), _read(visit, "new")
        )
    except Hidden:
        raise Fault("no-version", 404) from None
    asked = {
        person for form in (versions.before, versions.after, versions.dropped) for person in list_people(form)
    }
    context = {
        "round": round_id,
        "row": view.row,
        "old": versions.before.revision,
        "new": versions.after.revision,
        "changes": list_changes(versions, await call_people(visit, stream, asked)),
    }
    return visit.render("changes/answers.html", context, zone=words.zone)


async def show_forms(visit: Visit) -> Response:
    """Show how the forms of a round changed, field by field, and why."""
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    found = await list_amendments(visit.reads, visit.subject, round_id)
    context = {"round": round_id, "names": names, "amendments": found, "called": CHANGES}
    return visit.render("changes/forms.html", context, zone=names.words.zone)


def _read(visit: Visit, name: str) -> int | None:
    """Return a version that the address names."""
    text = visit.request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


ROUTES = (
    show("/applications/{round}/{number}/changes", show_answers),
    show("/rounds/{round}/forms", show_forms),
)
