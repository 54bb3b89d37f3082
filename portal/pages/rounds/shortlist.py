"""The shortlist: who is within the cut by rank, whom the officer adds or takes off and why, then signed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.prepared import Line
from portal.acts.preparing import DraftAt, Draftsman, Title
from portal.forms.drafts import CHECK, DISCARD, LEAVE, discard_draft, open_draft, save_draft
from portal.forms.typed import Typed
from portal.pages.rounds.boards import (
    FIELDS,
    LARGEST,
    BoardNotes,
    find_too_long,
    foresee,
    lay_beside,
    lay_out,
    name_line,
    pick_typed,
    require_officer,
    tell,
)
from portal.pages.rounds.paging import find_page, lead_to_faults, merge_seen, read_asked
from portal.routing import show, take, text_of
from portal.shown.listing import ON_A_PAGE, read_page
from portal.visit import Visit
from portal.wording.rounds.board import WORDS
from reading.desk.models import Board
from reading.rehearsals import UNSTORED
from selection.decision.facts import Candidate
from selection.kernel.actor import Role
from selection.projections.choosing import Coverage, choose_shortlisting, count_covered
from selection.refusals.refused import Refused
from selection.round.approving.standing import number_of
from selection.streams import round_stream

PATH = "/rounds/{round}/shortlist"
MARK, WHY = "mark.", "why."


class MarkedRanking(NamedTuple):
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


async def show_shortlist(visit: Visit) -> Response:
    """Show a page of the ranking with those marked who are within the cut, or as far as it was filled in."""
    round_id = visit.request.path_params["round"]
    board = await visit.reads.boards.rank_scored(visit.subject, round_id)
    typed, version = await open_draft(visit, _place(round_id))
    return await _show(
        visit, board, _read(board, typed), BoardNotes(version), read_page(visit.request.query_params)
    )


async def take_shortlist(visit: Visit, form: FormData) -> Response:
    """Keep what was marked and draw it anew; or check all of it and show the shortlist to be signed."""
    await require_officer(visit)
    round_id = visit.request.path_params["round"]
    wanted, page = text_of(form, "do", 20), read_asked(form, "page")
    board = await visit.reads.boards.rank_scored(visit.subject, round_id)
    if wanted == DISCARD and (left := await discard_draft(visit, _place(round_id), form)):
        return left
    before, kept = await open_draft(visit, _place(round_id))
    typed = merge_seen(_mark_by_rank(board) if before is None else before, form, (MARK, WHY))
    version = None if wanted == DISCARD else await save_draft(visit, _place(round_id), form, typed)
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    marked = _read(board, typed)
    if version is None:
        return await _show(visit, board, marked, BoardNotes(kept, overtaken=True), page, status=409)
    if "go" in form:
        return visit.lead(f"{visit.request.url.path}?page={read_asked(form, 'go')}")
    if wanted != CHECK:
        return await _show(visit, board, marked, BoardNotes(version), page)
    faults = [*_find_missing(visit, marked), *find_too_long(visit, typed)]
    faults = faults or await _foresee(visit, board, marked)
    if not faults:
        try:
            return await _prepare(visit, board, marked, version)
        except Refused as refused:
            faults = [("", await tell(visit, board, refused))]
    return await _show(visit, board, marked, BoardNotes(version, faults=faults), page, status=422)


def _mark_by_rank(board: Board) -> Typed:
    return {f"{MARK}{number_of(item)}": ("yes",) for item in board.candidates if item.by_rank}


async def _prepare(visit: Visit, board: Board, marked: MarkedRanking, version: int) -> Response:
    round_id = visit.request.path_params["round"]
    draftsman = Draftsman(visit, round_stream(round_id), Role.OFFICER)
    whys = pick_typed(marked.typed, WHY)
    command = choose_shortlisting(
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


def _lines(board: Board, marked: MarkedRanking) -> list[Line]:
    whys = pick_typed(marked.typed, WHY)
    return [
        Line.of_text(*WORDS["line-count"], str(len(marked.chosen))),
        *(name_line(board, "line-add", number, whys[number]) for number in marked.added),
        *(name_line(board, "line-remove", number, whys[number]) for number in marked.removed),
    ]


async def _foresee(visit: Visit, board: Board, marked: MarkedRanking) -> list[tuple[str, str]]:
    add, remove = dict.fromkeys(marked.added, UNSTORED), dict.fromkeys(marked.removed, UNSTORED)
    return await foresee(visit, board, choose_shortlisting(add, remove))


def _find_missing(visit: Visit, marked: MarkedRanking) -> list[tuple[str, str]]:
    given = pick_typed(marked.typed, WHY)
    found = [] if marked.chosen else [("board", visit.say("board.short-nobody"))]
    return found + [
        (f"{WHY}{number}", visit.say("board.no-short-why", number=number))
        for number in marked.changed
        if number not in given
    ]


def _read(board: Board, typed: Typed | None) -> MarkedRanking:
    """Return who is marked; before anything was typed, those within the cut."""
    numbers = tuple(map(number_of, board.candidates))
    by_rank = {number for number, item in zip(numbers, board.candidates, strict=True) if item.by_rank}
    marks = by_rank if typed is None else set(pick_typed(typed, MARK))
    more, less = marks - by_rank, by_rank - marks
    return MarkedRanking(
        typed=typed or {},
        numbers=numbers,
        chosen=tuple(number for number in numbers if number in marks),
        added=tuple(number for number in numbers if number in more),
        removed=tuple(number for number in numbers if number in less),
    )


async def _show(
    visit: Visit, board: Board, marked: MarkedRanking, notes: BoardNotes, page: int, *, status: int = 200
) -> Response:
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    paging = find_page(marked.numbers, notes, page, ON_A_PAGE)
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
        "rows": lay_out(board, board.candidates[paging.rows], **typed),
        "cut": cut,
        "changed": lay_out(board, (every[number] for number in marked.changed), **typed),
        "paging": paging,
        "cut_page": max(1, -(-cut // ON_A_PAGE)),
        "parts": lay_beside(_cover(board, picked), None),
        "earlier": None,
        "notes": lead_to_faults(visit, notes, paging),
        "wrong": dict(notes.faults),
    }
    return visit.render("rounds/shortlist.html", context, status=status, zone=names.words.zone)


def _cover(board: Board, picked: Sequence[Candidate]) -> dict[str, Sequence[Coverage]]:
    rules = board.rules
    return {
        "field": count_covered("field", rules.fields, picked),
        "region": count_covered("region", rules.regions, picked),
        "priority": count_covered("priority", rules.priorities, picked),
    }


def _place(round_id: str) -> str:
    return f"shortlist round/{round_id}"


ROUTES = (show(PATH, show_shortlist), take(PATH, take_shortlist, largest=LARGEST, fields=FIELDS, draft=True))
