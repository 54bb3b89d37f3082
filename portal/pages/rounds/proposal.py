"""The proposal board: places set beside the ranking, what the choice covers and needs reasons for, then signed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.prepared import Line
from portal.acts.preparing import DraftAt, Draftsman, Title
from portal.faults import Fault
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
from portal.shown.listing import read_page
from portal.visit import Visit
from portal.wording.rounds.board import WORDS
from reading.desk.models import Board
from reading.rehearsals import UNSTORED
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.projections.choosing import (
    Choice,
    choose_best,
    choose_proposing,
    order_chosen,
    read_place,
    weigh_choice,
)
from selection.refusals.refused import Refused
from selection.round.approving.standing import number_of, order_candidates
from selection.round.commands import Propose, ProposeDeviating
from selection.round.state import ProposalItem
from selection.streams import round_stream

PATH = "/rounds/{round}/proposal"
PLACE, REASON, WHY = "place.", "reason.", "why."
ON_A_PAGE = 50
"""Applications of the ranking on a page [D]."""


class Typing(NamedTuple):
    """What was typed into a board, what it amounts to, and whose place is none."""

    typed: Typed
    choice: Choice
    unfit: tuple[str, ...]


async def show_board(visit: Visit) -> Response:
    """Show the board as far as it was filled in; first as the ranking has it, or as the last proposal had it."""
    round_id = visit.request.path_params["round"]
    board = await visit.reads.boards.rank_appraised(visit.subject, round_id)
    typed, version = await open_draft(visit, _place(round_id, board.proposal))
    began = _begin(board) if typed is None else typed
    return await _show(
        visit, board, _weigh(board, began), BoardNotes(version, page=read_page(visit.request.query_params))
    )


async def take_board(visit: Visit, form: FormData) -> Response:
    """Keep what was typed and draw the board anew; or check all of it and show the proposal to be signed."""
    await require_officer(visit)
    round_id, seen = visit.request.path_params["round"], _read_seen(form)
    wanted, page = text_of(form, "do", 20), read_asked(form, "page")
    board = await visit.reads.boards.rank_appraised(visit.subject, round_id)
    if wanted == DISCARD and (left := await discard_draft(visit, _place(round_id, seen), form)):
        return left
    before, kept = await open_draft(visit, _place(round_id, seen))
    # Places of other pages are those that this page was drawn with, so that all are of one counting.
    typed = merge_seen(
        _weigh(board, _begin(board) if before is None else before).typed, form, (PLACE, REASON, WHY)
    )
    version = None if wanted == DISCARD else await save_draft(visit, _place(round_id, seen), form, typed)
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    typing = _weigh(board, typed)
    if board.proposal != seen:
        _, kept = await open_draft(visit, _place(round_id, board.proposal))
        changed = [("board", visit.say("board.changed", number=board.proposal))]
        return await _show(visit, board, typing, BoardNotes(kept, faults=changed, page=page), status=409)
    if version is None:
        return await _show(visit, board, typing, BoardNotes(kept, overtaken=True, page=page), status=409)
    if "go" in form:
        return visit.lead(f"{visit.request.url.path}?page={read_asked(form, 'go')}")
    if wanted != CHECK:
        return await _show(
            visit, board, typing, BoardNotes(version, faults=_find_unfit(visit, typing), page=page)
        )
    faults = [*_find_unfit(visit, typing), *_find_missing(visit, typing), *find_too_long(visit, typed)]
    faults = faults or await _foresee(visit, board, typing.choice)
    if faults:
        return await _show(visit, board, typing, BoardNotes(version, faults=faults, page=page), status=422)
    return await _prepare(visit, board, typing, version)


async def _prepare(visit: Visit, board: Board, typing: Typing, version: int) -> Response:
    round_id = visit.request.path_params["round"]
    draftsman = Draftsman(visit, round_stream(round_id), Role.OFFICER)
    reasons, whys = pick_typed(typing.typed, REASON), pick_typed(typing.typed, WHY)
    stored = {number: await draftsman.store_text(reasons[number]) for number in typing.choice.chosen}
    deviations = {number: await draftsman.store_text(whys[number]) for number in typing.choice.deviating}
    title = board.rules.title
    try:
        return await draftsman.show(
            _command(typing.choice, stored, deviations),
            tuple(_lines(board, typing.choice, reasons, whys)),
            about=Title(title.en, title.zh),
            back=visit.here,
            draft=DraftAt(_place(round_id, board.proposal), version),
        )
    except Refused as refused:
        notes = BoardNotes(version, faults=[("", await tell(visit, board, refused))])
        return await _show(visit, board, typing, notes, status=422)


def _command(
    choice: Choice, reasons: Mapping[str, Ref], deviations: Mapping[str, Ref]
) -> Propose | ProposeDeviating:
    items = tuple(
        ProposalItem(application=number, rank=rank, reason=reasons[number])
        for rank, number in enumerate(choice.chosen, start=1)
    )
    return choose_proposing(items, dict(deviations), by_two=choice.by_two)


def _lines(board: Board, choice: Choice, reasons: Mapping[str, str], whys: Mapping[str, str]) -> list[Line]:
    nobody = [] if choice.chosen else [Line.of_text(*WORDS["line-nobody"], "0")]
    items = [
        name_line(board, "line-item", number, reasons[number], place=place)
        for place, number in enumerate(choice.chosen, start=1)
    ]
    deviating = [name_line(board, "line-why", number, whys[number]) for number in choice.deviating]
    return [
        *nobody,
        *items,
        *deviating,
        *(name_line(board, "line-left-out", number, number) for number in choice.left_out),
    ]


async def _foresee(visit: Visit, board: Board, choice: Choice) -> list[tuple[str, str]]:
    unstored = dict.fromkeys(choice.chosen, UNSTORED)
    return await foresee(visit, board, _command(choice, unstored, dict.fromkeys(choice.deviating, UNSTORED)))


def _find_unfit(visit: Visit, typing: Typing) -> list[tuple[str, str]]:
    return [(f"{PLACE}{number}", visit.say("board.unfit", number=number)) for number in typing.unfit]


def _find_missing(visit: Visit, typing: Typing) -> list[tuple[str, str]]:
    """Return every fault of the choice as a whole, and each reason that is missing."""
    choice, typed = typing.choice, typing.typed
    found = []
    if choice.too_many:
        found.append(("board", visit.say("board.too-many", count=choice.too_many, free=choice.free)))
    for word, beginning, numbers in (("reason", REASON, choice.chosen), ("why", WHY, choice.deviating)):
        given = pick_typed(typed, beginning)
        found += [
            (f"{beginning}{number}", visit.say(f"board.no-{word}", number=number))
            for number in numbers
            if number not in given
        ]
    return found


def _begin(board: Board) -> Typed:
    """Return what a board holds before anything was typed: the last proposal, else the best by their standing."""
    known = {item.stream.rsplit("/", 1)[-1] for item in board.candidates}
    before = [item.application for item in board.items if item.application in known]
    chosen = before or list(choose_best(board.candidates, board.rules, board.free))
    places = {f"{PLACE}{number}": (str(place),) for place, number in enumerate(chosen, start=1)}
    reasons = {f"{REASON}{number}": (text,) for number, text in board.reasons.items() if number in before}
    return {**places, **reasons}


def _weigh(board: Board, typed: Typed) -> Typing:
    """Return what was typed with places from 1 without gaps, and what the choice amounts to."""
    given = pick_typed(typed, PLACE)
    read = {number: read_place(text) for number, text in given.items()}
    places: dict[str, Decimal] = {number: place for number, place in read.items() if place is not None}
    chosen = order_chosen(order_candidates(board.candidates, board.rules), places)
    choice = weigh_choice(board.candidates, board.rules, chosen, free=board.free, noticed=board.noticed)
    unfit = tuple(number for number, place in read.items() if place is None)
    numbered = {f"{PLACE}{number}": (str(place),) for place, number in enumerate(choice.chosen, start=1)}
    kept = {name: values for name, values in typed.items() if name.removeprefix(PLACE) not in places}
    return Typing({**kept, **numbered}, choice, unfit)


async def _show(
    visit: Visit, board: Board, typing: Typing, notes: BoardNotes, *, status: int = 200
) -> Response:
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    earlier = await visit.reads.boards.find_earlier(visit.subject, round_id)
    ranked = {number_of(item): item for item in order_candidates(board.candidates, board.rules)}
    paging, choice = find_page(tuple(ranked), notes, notes.page, ON_A_PAGE), typing.choice
    shown = tuple(ranked)[paging.rows]
    laid = {
        row.number: row
        for row in lay_out(
            board,
            (ranked[number] for number in {*shown, *choice.chosen, *choice.deviating, *choice.left_out}),
            place=pick_typed(typing.typed, PLACE),
            reason=pick_typed(typing.typed, REASON),
            why=pick_typed(typing.typed, WHY),
            deviates=dict.fromkeys(choice.deviating, True),
        )
    }
    context: dict[str, Any] = {
        "round": round_id,
        "names": names,
        "board": board,
        "choice": choice,
        "rows": [laid[number] for number in shown],
        "chosen": [laid[number] for number in choice.chosen],
        "deviating": [laid[number] for number in ranked if number in choice.deviating],
        "left_out": [laid[number] for number in choice.left_out],
        "paging": paging,
        "parts": lay_beside(choice.coverage, earlier),
        "earlier": earlier,
        "notes": lead_to_faults(visit, notes, paging),
        "wrong": dict(notes.faults),
    }
    return visit.render("rounds/proposal.html", context, status=status, zone=names.words.zone)


def _read_seen(form: FormData) -> int:
    """Return the number of the last proposal that there was when the board was opened; 0 before the first."""
    given = text_of(form, "proposal", 6)
    if not (given.isascii() and given.isdigit()):
        raise Fault("form-unfit")
    return int(given)


def _place(round_id: str, proposal: int) -> str:
    return f"proposal-after-{proposal} round/{round_id}"


ROUTES = (show(PATH, show_board), take(PATH, take_board, largest=LARGEST, fields=FIELDS, draft=True))
