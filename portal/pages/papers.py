"""Papers as PDF, each as far as the visitor may see what it shows, and files and texts that entries refer to."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.responses import Response

from papers.kinds import Languages
from papers.render import render
from papers.values import Paper
from portal.faults import Fault
from portal.routing import show
from portal.shown.downloads import attach
from portal.visit import Visit
from reading.models import ShownApplication, ShownEntry
from selection.application import events as a
from selection.kernel.stages import Outcome, Stage
from selection.streams import application_stream
from selection.visibility.viewer import STAFF, Standing
from starter.papers.applications import make_receipt
from starter.papers.judging import make_review
from starter.papers.makers import OF_APPLICATION, OF_ROUND
from starter.papers.material import SUBMITTED, Material
from starter.papers.objections import make_objection
from starter.papers.settings import find_fonts, read_letterhead

OFFERED: Mapping[str, frozenset[Standing]] = {
    "application": STAFF | {Standing.APPLICANT, Standing.REVIEWER, Standing.CHAIR, Standing.SURVEYOR},
    "review": frozenset({Standing.REVIEWER, Standing.CHAIR}),
    "opinions": STAFF,
    "survey": STAFF | {Standing.SURVEYOR, Standing.CHAIR},
    "appraisal": STAFF | {Standing.CHAIR},
    "letter": STAFF,
    "certificate": STAFF,
}
"""Papers of an application, and to whom a link is shown; whether one may have it is asked when it is made."""
REST_ON: Mapping[str, tuple[str, ...]] = {
    "application": SUBMITTED,
    "review": (a.ReviewSubmitted.TYPE,),
    "opinions": (a.ApplicationScored.TYPE,),
    "survey": (a.SurveyReported.TYPE,),
    "appraisal": (a.AppraisalRecorded.TYPE,),
}
"""What must have happened before there is such a paper."""


async def fetch_paper_of_round(visit: Visit) -> Response:
    """Send a paper of a round."""
    make = OF_ROUND.get(visit.request.path_params["kind"])
    if make is None:
        raise Fault("no-page", 404)
    return await _print(visit, make)


async def fetch_paper_of_application(visit: Visit) -> Response:
    """Send a paper of an application: a receipt or an objection by its id, a review sheet by whose it is.

    Without a word of whose, the sheet is the visitor's own.
    """
    kind, number = visit.request.path_params["kind"], visit.request.path_params["number"]

    async def make(material: Material) -> Paper:
        if kind == "receipt":
            return await make_receipt(material, number, visit.request.query_params.get("act", ""))
        if kind == "review":
            reviewer = visit.request.query_params.get("of", "") or visit.subject.person
            return await make_review(material, number, reviewer)
        if kind == "objection":
            return await make_objection(material, number, visit.request.query_params.get("of", ""))
        if kind not in OF_APPLICATION:
            raise Fault("no-page", 404)
        return await OF_APPLICATION[kind](material, number)

    return await _print(visit, make)


async def fetch_content(visit: Visit) -> Response:
    """Send a file or text that an entry of an application shows to the visitor."""
    asked = visit.request.path_params
    stream = application_stream(asked["round"], asked["number"])
    found = await visit.reads.contents.get(visit.subject, asked["content"], of=stream)
    media_type = "text/plain" if found.kind == "text" else found.media_type
    return attach(found.body, f"{asked['round']}-{asked['number']}-{asked['content'][:60]}", media_type)


def list_offered(
    person: str, standings: frozenset[Standing], row: ShownApplication, happened: Sequence[ShownEntry]
) -> tuple[str, ...]:
    """Return the papers of an application that are offered to somebody who is this to it: those that there are."""

    def is_there(kind: str) -> bool:
        if kind == "certificate":
            return row.outcome == Outcome.LISTED
        if kind == "letter":
            return row.stage == Stage.ENDED
        found = [entry for entry in happened if entry.view["type"] in REST_ON[kind]]
        return any(kind != "review" or entry.view["data"].get("expert") == person for entry in found)

    return tuple(
        kind for kind, offered in OFFERED.items() if not offered.isdisjoint(standings) and is_there(kind)
    )


async def _print(visit: Visit, make: Callable[[Material], Awaitable[Paper]]) -> Response:
    async with visit.portal.backend.print_as(visit.subject.person):
        await visit.reach.recheck(visit.subject)
        return await _set(visit, make)


async def _set(visit: Visit, make: Callable[[Material], Awaitable[Paper]]) -> Response:
    settings = visit.portal.backend.settings
    round_id = visit.request.path_params["round"]
    material = await Material.open(visit.reads, visit.subject, round_id, read_letterhead(settings))
    paper = await make(material)
    every = "both" in visit.request.query_params
    language: Languages = material.names.words.choose_for_paper(visit.language, every=every)
    body = await asyncio.to_thread(render, paper, language, find_fonts(settings))
    of = f"{round_id}-{visit.request.path_params.get('number', '')}".strip("-")
    return attach(body, f"{paper.KIND.value}-{of}", "application/pdf")


ROUTES = (
    show("/papers/{round}/{kind}", fetch_paper_of_round),
    show("/papers/{round}/{number}/{kind}", fetch_paper_of_application),
    show("/files/{round}/{number}/{content:path}", fetch_content),
)
