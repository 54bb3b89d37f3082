"""The shortlist: who is within the cut by rank, whom the officer adds or takes off and why, then signed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.prepared import Line
from portal.acts.preparing import DraftAt, Draftsman, Title
from portal.forms.typed import Typed, read_typed
from portal.pages.rounds.boards import (
    CHECK,
    FIELDS,
    LARGEST,
    LEAVE,
    Told,
    find_too_long,
    foresee,
    lay_beside,
    lay_out,
    name_line,
    open_draft,
    pick_typed,
    require_officer,
    save_draft,
    tell,
)
from portal.routing import show, take, text_of
from portal.shown.listing import ON_A_PAGE, read_number, read_page
from portal.visit import Visit
from portal.wording.rounds.board import WORDS
from reading.desk.models import Board
from reading.rehearsals import UNSTORED
from selection.decision.facts import Candidate
from selection.kernel.actor import Role
from selection.projections.choosing import Covered, count_covered
from selection.refusals.refused import Refused
from selection.round.commands import FixShortlist
from selection.round.lists import number_of
from selection.streams import round_stream

PATH = "/rounds/{round}/shortlist"
MARK, WHY = "mark.", "why."
SEEN = "seen"
LONGEST, DIGITS = 2_000, 6
"""Characters of the numbers that a page shows, and of a page's number."""


class Marked(NamedTuple):
    """Who is marked, in the order of rank, and whom that adds to the cut or takes off it; `typed` as it was.

    `numbers` are those of the whole ranking.
    """

    typed: Typed
    numbers: tuple[str, ...]
    chosen: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """Whoever needs a reason."""
        return (*self.added, *self.removed)


class Paging(NamedTuple):
    """Which page of the ranking is shown, of how many, on which the cut is, and where each application stands."""

    page: int
    last: int
    cut: int
    of: Mapping[str, int]


async def show_shortlist(visit: Visit) -> Response:
    """Show a page of the ranking with those marked who are within the cut, or as far as it was filled in."""
    round_id = visit.request.path_params["round"]
    board = await visit.reads.boards.rank_scored(visit.subject, round_id)
    typed, version = await open_draft(visit, _place(round_id))
    return await _show(
        visit, board, _read(board, typed), Told(version), read_page(visit.request.query_params)
    )


async def take_shortlist(visit: Visit, form: FormData) -> Response:
    """Keep what was marked and draw it anew; or check all of it and show the shortlist to be signed."""
    await require_officer(visit)
    round_id = visit.request.path_params["round"]
    wanted, page = text_of(form, "do", 20), read_number(text_of(form, "page", DIGITS))
    board = await visit.reads.boards.rank_scored(visit.subject, round_id)
    before, kept = await open_draft(visit, _place(round_id))
    typed = _merge(board, before, form)
    version = await save_draft(visit, _place(round_id), form, typed)
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    marked = _read(board, typed)
    if version is None:
        return await _show(visit, board, marked, Told(kept, overtaken=True), page, status=409)
    if go := text_of(form, "go", DIGITS):
        return visit.lead(f"{visit.request.url.path}?page={read_number(go)}")
    if wanted != CHECK:
        return await _show(visit, board, marked, Told(version), page)
    faults = [*_find_missing(visit, marked), *find_too_long(visit, typed)]
    faults = faults or await _foresee(visit, board, marked)
    if not faults:
        try:
            return await _prepare(visit, board, marked, version)
        except Refused as refused:
            faults = [("", tell(visit, board, refused))]
    return await _show(visit, board, marked, Told(version, faults=faults), page, status=422)


def _merge(board: Board, before: Typed | None, form: FormData) -> Typed:
    """Return what was typed before with what a page of the ranking says now of those whom it showed."""
    seen = set(text_of(form, SEEN, LONGEST).split())
    others = before if before is not None else _mark_by_rank(board)
    typed = {name: values for name, values in others.items() if _number_in(name) not in seen}
    return typed | {
        name: values for name, values in read_typed(form, (MARK, WHY)).items() if _number_in(name) in seen
    }


def _number_in(name: str) -> str:
    return name.partition(".")[2]


def _mark_by_rank(board: Board) -> Typed:
    return {f"{MARK}{number_of(item)}": ("yes",) for item in board.candidates if item.by_rank}


async def _prepare(visit: Visit, board: Board, marked: Marked, version: int) -> Response:
    round_id = visit.request.path_params["round"]
    draftsman = Draftsman(visit, round_stream(round_id), Role.OFFICER)
    whys = pick_typed(marked.typed, WHY)
    command = FixShortlist(
        add={number: await draftsman.store_text(whys[number]) for number in marked.added},
        remove={number: await draftsman.store_text(whys[number]) for number in marked.removed},
    )
    title = board.rules.title
    return await draftsman.show(
        command,
        tuple(_lines(board, marked)),
        about=Title(title.en, title.zh),
        back=visit.here,
        draft=DraftAt(_place(round_id), version),
    )


def _lines(board: Board, marked: Marked) -> list[Line]:
    whys = pick_typed(marked.typed, WHY)
    return [
        Line.typed(*WORDS["line-count"], str(len(marked.chosen))),
        *(name_line(board, "line-add", number, whys[number]) for number in marked.added),
        *(name_line(board, "line-remove", number, whys[number]) for number in marked.removed),
    ]


async def _foresee(visit: Visit, board: Board, marked: Marked) -> list[tuple[str, str]]:
    add, remove = dict.fromkeys(marked.added, UNSTORED), dict.fromkeys(marked.removed, UNSTORED)
    return await foresee(visit, board, FixShortlist(add=add, remove=remove))


def _find_missing(visit: Visit, marked: Marked) -> list[tuple[str, str]]:
    given = pick_typed(marked.typed, WHY)
    found = [] if marked.chosen else [("board", visit.say("board.short-nobody"))]
    return found + [
        (f"{WHY}{number}", visit.say("board.no-short-why", number=number))
        for number in marked.changed
        if number not in given
    ]


def _read(board: Board, typed: Typed | None) -> Marked:
    """Return who is marked; before anything was typed, those within the cut."""
    numbers = tuple(map(number_of, board.candidates))
    by_rank = {number for number, item in zip(numbers, board.candidates, strict=True) if item.by_rank}
    marks = by_rank if typed is None else set(pick_typed(typed, MARK))
    more, less = marks - by_rank, by_rank - marks
    return Marked(
        typed=typed or {},
        numbers=numbers,
        chosen=tuple(number for number in numbers if number in marks),
        added=tuple(number for number in numbers if number in more),
        removed=tuple(number for number in numbers if number in less),
    )


async def _show(
    visit: Visit, board: Board, marked: Marked, told: Told, page: int, *, status: int = 200
) -> Response:
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    pages = {number: place // ON_A_PAGE + 1 for place, number in enumerate(marked.numbers)}
    last = max(1, -(-len(marked.numbers) // ON_A_PAGE))
    wrong = dict(told.faults)
    faulty = [pages[_number_in(name)] for name in wrong if _number_in(name) in pages]
    page = faulty[0] if faulty else min(page, last)
    why, deviates = pick_typed(marked.typed, WHY), dict.fromkeys(marked.changed, True)
    typed: dict[str, Mapping[str, Any]] = {
        "place": dict.fromkeys(marked.chosen, "yes"),
        "why": why,
        "deviates": deviates,
    }
    every = dict(zip(marked.numbers, board.candidates, strict=True))
    picked = [every[number] for number in marked.chosen]
    cut = sum(item.by_rank for item in board.candidates)
    context: dict[str, Any] = {
        "round": round_id,
        "names": names,
        "board": board,
        "marked": marked,
        "rows": lay_out(board, board.candidates[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], **typed),
        "cut": cut,
        "changed": lay_out(board, (every[number] for number in marked.changed), **typed),
        "paging": Paging(page, last, max(1, -(-cut // ON_A_PAGE)), pages),
        "parts": lay_beside(_cover(board, picked), None),
        "earlier": None,
        "told": replace(told, faults=[_lead_to(visit, fault, page, pages) for fault in told.faults]),
        "wrong": wrong,
    }
    return visit.render("rounds/shortlist.html", context, status=status, zone=names.words.zone)


def _lead_to(visit: Visit, fault: tuple[str, str], page: int, pages: Mapping[str, int]) -> tuple[str, str]:
    """Return a fault whose field stands on another page with the way to that page."""
    name, sentence = fault
    on = pages.get(_number_in(name), page)
    return (name if on == page else f"{visit.request.url.path}?page={on}#{name}", sentence)


def _cover(board: Board, picked: Sequence[Candidate]) -> dict[str, Sequence[Covered]]:
    rules = board.rules
    return {
        "field": count_covered("field", rules.fields, picked),
        "region": count_covered("region", rules.regions, picked),
        "priority": count_covered("priority", rules.priorities, picked),
    }


def _place(round_id: str) -> str:
    return f"shortlist round/{round_id}"


ROUTES = (show(PATH, show_shortlist), take(PATH, take_shortlist, largest=LARGEST, fields=FIELDS))
