"""A paper that is sent or published: an officer hands its file over, and its hash goes into the record."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, get_args

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from papers.kinds import TITLES, Languages, PaperKind
from portal.acts.prepared import Line
from portal.acts.preparing import Draftsman, Title
from portal.faults import Fault
from portal.routing import show, take, text_of
from portal.visit import Visit
from portal.wording.rounds.sent_papers import LANGUAGES, WORDS
from reading.applications import ShownRows
from reading.models import RoundNames, ShownApplication
from selection.kernel.actor import Role
from selection.register.commands import RecordPapers
from selection.register.sent_papers import SentPaper, SentPapers
from selection.register.state import INSTALLATION
from selection.visibility.viewer import Standing
from starter.papers.recording import LEAVING

PATH = "/rounds/{round}/sent"
LARGEST = 21_000_000
"""Bytes of a paper with the form around it [D]."""
PIECE = 64 * 1024
KINDS = tuple(kind for kind in PaperKind if kind in LEAVING)
OF_ONE = frozenset({PaperKind.LETTER, PaperKind.CERTIFICATE})
"""Papers about one application."""
BORNE_OUT: Mapping[str, Callable[[ShownApplication], bool]] = {
    PaperKind.NOTICE: lambda row: row.noticed,
    PaperKind.LIST: lambda row: row.place is not None,
    PaperKind.LETTER: lambda row: row.outcome is not None,
    PaperKind.CERTIFICATE: lambda row: row.place is not None,
}
"""What the record must hold of an application before such a paper can leave: the verifier claims it of each."""


async def show_form(visit: Visit) -> Response:
    """Show the form to the officers of the round. Raises Fault."""
    return await _show(visit, await _open(visit), {}, {})


async def take_paper(visit: Visit, form: FormData) -> Response:
    """Take the hash of a file that leaves, which is not kept, and show it to be signed."""
    names = await _open(visit)
    round_id = visit.request.path_params["round"]
    typed = {name: text_of(form, name, 60) for name in ("kind", "application", "language")}
    given = form.get("paper")
    rows = await visit.reads.applications.list_of_round(visit.subject, round_id)
    wrong = _find_wrong(visit, typed, rows)
    if not isinstance(given, UploadFile) or not given.size:
        wrong["paper"] = visit.say("check.paper-missing")
    if wrong or not isinstance(given, UploadFile):
        return await _show(visit, names, typed, wrong)
    number = typed["application"] if typed["kind"] in OF_ONE else ""
    paper = SentPaper(
        kind=typed["kind"], application=number, language=typed["language"], sha256=await _hash(given)
    )
    client = await visit.portal.backend.client()
    text = SentPapers(papers=(paper,)).text()
    listed = await client.store_text(text, person=visit.subject.person, log=round_id)
    return await Draftsman(visit, INSTALLATION, Role.OFFICER).show(
        RecordPapers(round=round_id, papers=listed),
        tuple(_tell(paper)),
        about=Title(names.title.en, names.title.zh),
        back=visit.here,
    )


def _find_wrong(visit: Visit, typed: dict[str, str], rows: ShownRows) -> dict[str, str]:
    wrong, kind = {}, typed["kind"]
    about = [row for row in rows if kind not in OF_ONE or row.number == typed["application"]]
    if kind not in KINDS:
        wrong["kind"] = visit.say("sent.no-kind")
    elif kind in OF_ONE and not about:
        wrong["application"] = visit.say("sent.no-application")
    elif not any(map(BORNE_OUT[kind], about)):
        wrong["kind"] = visit.say("sent.not-yet")
    if typed["language"] not in get_args(Languages):
        wrong["language"] = visit.say("sent.no-language")
    return wrong


async def _hash(given: UploadFile) -> str:
    digest = sha256()
    while piece := await given.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _tell(paper: SentPaper) -> list[Line]:
    titles, languages = TITLES[paper.kind], LANGUAGES[paper.language]
    lines = [Line(en=WORDS["kind"][0], zh=WORDS["kind"][1], value_en=titles[0], value_zh=titles[1])]
    if paper.application:
        lines.append(Line.of_text(*WORDS["application"], paper.application))
    en, zh = WORDS["language"]
    lines.append(Line(en=en, zh=zh, value_en=languages[0], value_zh=languages[1]))
    return [*lines, Line.of_text(*WORDS["hash"], paper.sha256)]


async def _open(visit: Visit) -> RoundNames:
    round_id = visit.request.path_params["round"]
    if Standing.OFFICER not in await visit.reads.rounds.get_standings(visit.subject, round_id):
        raise Fault("hidden", 404)
    return await visit.reads.rounds.get_names(visit.subject, round_id)


async def _show(visit: Visit, names: RoundNames, typed: dict[str, str], wrong: dict[str, str]) -> Response:
    context: dict[str, Any] = {
        "round": visit.request.path_params["round"],
        "names": names,
        "kinds": KINDS,
        "languages": LANGUAGES,
        "typed": {"kind": "", "application": "", "language": "", **typed},
        "wrong": wrong,
    }
    return visit.render("rounds/sent.html", context, status=422 if wrong else 200)


ROUTES = (show(PATH, show_form), take(PATH, take_paper, largest=LARGEST, files=1))
