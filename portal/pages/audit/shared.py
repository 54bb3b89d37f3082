"""What the auditor's pages have in common: who may work with a copy of a round, and waiting for what is asked of it."""

from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any

from markupsafe import Markup, escape
from starlette.responses import Response

from portal.faults import Fault
from portal.proofs.copying import Copy
from portal.proofs.jobs import Answer, Job
from portal.proofs.work import PATIENCE, Work
from portal.visit import Visit
from portal.wording.catalogue import knows
from selection.visibility.viewer import STAFF, Standing

AUDITING = frozenset({Standing.AUDITOR, Standing.ADMIN})
"""Who may have a bundle of a round; administrators one without people's texts and files."""
Show = Callable[[Answer], Awaitable[Response]]


async def check_right(visit: Visit) -> bool:
    """Tell whether the visitor's copy of the round leaves out contents. Raises Fault, or Hidden, for everybody else."""
    standings = await visit.reads.rounds.get_standings(visit.subject, visit.request.path_params["round"])
    if standings.isdisjoint(AUDITING):
        raise Fault("hidden", 404)
    return Standing.AUDITOR not in standings


def find_copy(visit: Visit) -> Copy | None:
    """Return the visitor's copy of the round, if there is one; a copy outlives nobody's right to it."""
    return visit.portal.backend.copies.find(visit.subject.person, visit.request.path_params["round"])


async def ask(visit: Visit, job: Job, show: Show) -> Response:
    """Show what comes of a job on the visitor's copy: at once, or how far it is, and then by itself.

    Raises Fault, or Hidden, for who may not. Where there is no copy, the page offers to make one and leads back.
    """
    redacted = await check_right(visit)
    copy = find_copy(visit)
    if copy is None or copy.redacted != redacted:
        return await show_page(visit, "audits/needed.html", {"redacted": redacted})
    if (going_on := await show_making(visit, copy)) is not None:
        return going_on
    work = copy.work_on(job)
    if not await work.wait(PATIENCE):
        return await show_working(visit, work)
    if work.fault:
        copy.forget(job)
        return await show_failed(visit, work.fault, making=False)
    return await show(await copy.read_answer(job))


async def show_making(visit: Visit, copy: Copy) -> Response | None:
    """Show how far a copy is, or why there is none; None once it is there."""
    if not await copy.making.wait(PATIENCE):
        return await show_working(visit, copy.making)
    return await show_failed(visit, copy.making.fault, making=True) if copy.making.fault else None


async def show_working(visit: Visit, work: Work) -> Response:
    """Show how far something is; the page asks again by itself."""
    return await show_page(visit, "audits/working.html", {"work": work, "part": work.part.partition(" ")[0]})


async def show_failed(visit: Visit, code: str, *, making: bool) -> Response:
    """Show why something came to nothing."""
    known = code if knows(f"audit.failed-{code}") else "broken"
    return await show_page(visit, "audits/failed.html", {"code": code, "known": known, "making": making})


async def show_page(visit: Visit, template: str, context: Mapping[str, Any]) -> Response:
    """Show one of the auditor's pages, with the round's names and zone, and what its menu offers to the visitor."""
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    standings = await visit.reads.rounds.get_standings(visit.subject, round_id)
    menu = {"staff": not STAFF.isdisjoint(standings), "officer": Standing.OFFICER in standings}
    around = {"round": round_id, "names": names, "here": visit.here, **menu}
    return visit.render(template, {**around, **context}, zone=names.words.zone)


WIDE = (
    ('<table class="figures">', "</table>"),
    ('<table class="figures narrow">', "</table>"),
    ("<figure>", "</figure>"),
)
"""How what may be wider than a page begins and ends; each part has tables of one look."""


def take_parts(visit: Visit, answer: Answer) -> list[Markup]:
    """Return the parts of a report, made by a process of ours in which every text of the record is escaped.

    Its title stands below the page's own. Wide figures stand in a region of their own, which is numbered and scrolls
    sideways, also by keyboard.
    """
    numbers = count(1)
    parts = []
    for part in answer.found.get("parts", ()):
        html = str(part).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
        for begun, ended in WIDE:
            if begun in html:
                label = escape(visit.say("audit.scroll", number=next(numbers)))
                region = f'<div class="sideways" tabindex="0" role="region" aria-label="{label}">'
                html = html.replace(begun, region + begun).replace(ended, f"{ended}</div>")
        parts.append(Markup(html))  # noqa: S704
    return parts
