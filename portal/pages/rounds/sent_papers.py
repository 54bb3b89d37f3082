"""A paper that is sent or published: an officer hands its file over, and its hash goes into the record."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, get_args

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
from reading.papers import ends_in
from selection.application.ends import list_ends
from selection.application.events import ApplicationListed
from selection.kernel.actor import Role
from selection.register.commands import RecordPapers
from selection.register.sent_papers import SentPaper, SentPapers
from selection.register.state import INSTALLATION
from selection.streams import application_stream
from selection.timeline.events import moment_of
from selection.visibility.viewer import Standing
from starter.papers.recording import LEAVING

PATH = "/rounds/{round}/sent"
LARGEST = 21_000_000
"""Bytes of a paper with the form around it [D]."""
PIECE = 64 * 1024
KINDS = tuple(kind for kind in PaperKind if kind in LEAVING)
LANGUAGES_OF_PAGES = ("en", "zh")
OF_ONE = frozenset({PaperKind.LETTER, PaperKind.CERTIFICATE})
"""Papers about one application."""
BORNE_OUT: Mapping[str, Callable[[ShownApplication], bool]] = {
    PaperKind.NOTICE: lambda row: row.noticed,
    PaperKind.LIST: lambda row: row.place is not None,
    PaperKind.CERTIFICATE: lambda row: row.place is not None,
}
"""What the record must hold of an application before such a paper can leave: the verifier claims it of each.

Of a letter it must hold the end that it tells, undone since or not: what was sent was sent.
"""


class LetterEnd(NamedTuple):
    """An end of an application that a letter may tell: its version, its instants, and its entry as it shows."""

    version: int
    at: datetime
    undone: datetime | None
    view: Mapping[str, Any]


async def show_form(visit: Visit) -> Response:
    """Show the form to the officers of the round. Raises Fault."""
    return await _show(visit, await _open(visit), {}, {})


async def take_paper(visit: Visit, form: FormData) -> Response:
    """Take the hash of a file that leaves, which is not kept, and show it to be signed."""
    names = await _open(visit)
    round_id = visit.request.path_params["round"]
    typed = {name: text_of(form, name, 60) for name in ("kind", "application", "language", "ended")}
    given = form.get("paper")
    rows = await visit.reads.applications.list_of_round(visit.subject, round_id)
    ends = await _list_ends(visit, typed, rows)
    wrong = _find_wrong(visit, typed, rows, ends)
    if not isinstance(given, UploadFile) or not given.size:
        wrong["paper"] = visit.say("sent.missing-paper")
    if wrong or not isinstance(given, UploadFile):
        return await _show(visit, names, typed, wrong, ends)
    number = typed["application"] if typed["kind"] in OF_ONE else ""
    told = _find_end(typed, ends)
    paper = SentPaper(
        kind=typed["kind"],
        application=number,
        language=typed["language"],
        sha256=await _hash(given),
        ended=told.version if told else 0,
        overtaken=told is not None and told.undone is not None,
    )
    client = await visit.portal.backend.client()
    text = SentPapers(papers=(paper,)).text()
    listed = await client.store_text(text, person=visit.subject.person, log=round_id)
    return await Draftsman(visit, INSTALLATION, Role.OFFICER).show(
        RecordPapers(round=round_id, papers=listed),
        tuple(_tell(paper, _name_end(told, names) if told else None)),
        about=Title(names.title.en, names.title.zh),
        back=visit.here,
    )


async def _list_ends(visit: Visit, typed: dict[str, str], rows: ShownRows) -> tuple[LetterEnd, ...]:
    """Return the ends of the application that a letter or certificate is about, with what their entries say."""
    if typed["kind"] not in OF_ONE or typed["application"] not in rows.by_number:
        return ()
    stream = application_stream(visit.request.path_params["round"], typed["application"])
    entries = await visit.reads.applications.list_timeline(visit.subject, stream)
    views = {entry.view["version"]: entry.view for entry in entries if entry.view["stream"] == stream}
    ends = list_ends(ends_in(entries, stream))
    if typed["kind"] == PaperKind.CERTIFICATE:
        ends = tuple(end for end in ends if end.type == ApplicationListed.TYPE)
    return tuple(LetterEnd(end.version, end.at, end.undone, views[end.version]) for end in ends)


def _find_end(typed: dict[str, str], ends: Sequence[LetterEnd]) -> LetterEnd | None:
    """Return the end that the paper tells: the chosen one, or the only one that there is if it still stands."""
    if len(ends) == 1 and ends[0].undone is None:
        return ends[0]
    return next((end for end in ends if str(end.version) == typed["ended"]), None)


def _name_end(end: LetterEnd, names: RoundNames) -> tuple[str, str]:
    """Return in English and Chinese what a letter tells, of which day, and whether it was undone since."""
    day = names.words.zone.date_of(end.at).isoformat()
    what = [moment_of(end.view, language, names.words).what for language in LANGUAGES_OF_PAGES]
    since = WORDS["undone"] if end.undone is not None else ("", "")
    return f"{day}: {what[0]}{since[0]}", f"{day}：{what[1]}{since[1]}"


def _find_wrong(
    visit: Visit, typed: dict[str, str], rows: ShownRows, ends: Sequence[LetterEnd]
) -> dict[str, str]:
    wrong, kind = {}, typed["kind"]
    about = [row for row in rows if kind not in OF_ONE or row.number == typed["application"]]
    if kind not in KINDS:
        wrong["kind"] = visit.say("sent.no-kind")
    elif kind in OF_ONE and not about:
        wrong["application"] = visit.say("sent.no-application")
    elif not (ends if kind == PaperKind.LETTER else any(map(BORNE_OUT[kind], about))):
        wrong["kind"] = visit.say("sent.not-yet")
    elif kind in OF_ONE and _find_end(typed, ends) is None:
        wrong["ended"] = visit.say("sent.no-end")
    if typed["language"] not in get_args(Languages):
        wrong["language"] = visit.say("sent.no-language")
    return wrong


async def _hash(given: UploadFile) -> str:
    digest = sha256()
    while piece := await given.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _tell(paper: SentPaper, told: tuple[str, str] | None) -> list[Line]:
    titles, languages = TITLES[paper.kind], LANGUAGES[paper.language]
    lines = [Line(en=WORDS["kind"][0], zh=WORDS["kind"][1], value_en=titles[0], value_zh=titles[1])]
    if paper.application:
        lines.append(Line.of_text(*WORDS["application"], paper.application))
    if told:
        en, zh = WORDS["ended"]
        lines.append(Line(en=en, zh=zh, value_en=told[0], value_zh=told[1]))
    if paper.overtaken:
        en, zh = WORDS["overtaken"]
        value_en, value_zh = WORDS["overtaken-value"]
        lines.append(Line(en=en, zh=zh, value_en=value_en, value_zh=value_zh))
    en, zh = WORDS["language"]
    lines.append(Line(en=en, zh=zh, value_en=languages[0], value_zh=languages[1]))
    return [*lines, Line.of_text(*WORDS["hash"], paper.sha256)]


async def _open(visit: Visit) -> RoundNames:
    round_id = visit.request.path_params["round"]
    if Standing.OFFICER not in await visit.reads.rounds.get_standings(visit.subject, round_id):
        raise Fault("hidden", 404)
    return await visit.reads.rounds.get_names(visit.subject, round_id)


async def _show(
    visit: Visit,
    names: RoundNames,
    typed: dict[str, str],
    wrong: dict[str, str],
    ends: Sequence[LetterEnd] = (),
) -> Response:
    overtaken = await visit.reads.papers.list_overtaken(visit.subject, visit.request.path_params["round"])
    context: dict[str, Any] = {
        "overtaken": overtaken,
        "ends": [(str(end.version), *_name_end(end, names)) for end in ends],
        "round": visit.request.path_params["round"],
        "names": names,
        "kinds": KINDS,
        "languages": LANGUAGES,
        "typed": {"kind": "", "application": "", "language": "", "ended": "", **typed},
        "wrong": wrong,
    }
    return visit.render("rounds/sent.html", context, status=422 if wrong else 200)


ROUTES = (show(PATH, show_form), take(PATH, take_paper, largest=LARGEST, files=1))
