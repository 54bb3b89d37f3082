"""The quota board of a recommending unit: places left, its list in order, what may be added, why something may not."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from portal.acts.moments import tell_moments
from portal.acts.telling import tell_each_refused
from portal.people import call_all
from portal.routing import show
from portal.shown.listing import Columns, cut
from portal.shown.names import name_listed
from portal.shown.pictures import draw_share
from portal.visit import Visit
from reading.lists import UnitBoard
from reading.models import ShownApplication
from reading.rehearsals import Trial
from selection.kernel.actor import Role
from selection.kernel.zone import Zone
from selection.recommendation.commands import Recommend, WithdrawRecommendation
from selection.refusals.refused import Refused
from selection.streams import recommender_stream
from starter.client.client import new_command_id

PATH = "/rounds/{round}/list/{unit}"
OPINION = "missing"
"""What an act is refused for whose opinion is yet to be written, which is no reason not to offer it."""
COLUMNS: Columns[ShownApplication] = Columns(
    sorts={"number": lambda row: row.number, "centre": lambda row: row.name_en or row.name_zh},
    filters={"field": lambda row: row.field, "region": lambda row: row.region},
    words=lambda row: (row.number, row.name_en, row.name_zh, row.host, row.host_en, row.host_zh),
)


async def show_board(visit: Visit) -> Response:
    """Show a unit's list to who acts for it."""
    asked = visit.request.path_params
    board = await visit.reads.lists.get_board(visit.subject, asked["round"], asked["unit"])
    names = await visit.reads.rounds.get_names(visit.subject, asked["round"])
    listing = cut(visit.request.url.path, visit.request.query_params, board.open, COLUMNS)
    refused = await _foresee(visit, board, listing.rows, names.words.zone)
    stream = recommender_stream(asked["round"], board.unit.code)
    called = await call_all(visit, stream, board.happened)
    context = {
        "round": asked["round"],
        "names": names,
        "named": name_listed(names, visit.language),
        "board": board,
        "of_several": len(visit.subject.get_units(Role.RECOMMENDER)) > 1,
        "listing": listing,
        "refused": refused,
        "share": draw_share(len(board.listed), board.quota),
        "moments": tell_moments(board.happened, visit.language, names, called),
    }
    return visit.render("rounds/unit_list.html", context, zone=names.words.zone)


async def _foresee(
    visit: Visit, board: UnitBoard, rows: Sequence[ShownApplication], zone: Zone
) -> Mapping[str, str]:
    """Return in words why the list would not take an act now: by number of what is on it or may come onto it."""
    stream = recommender_stream(visit.request.path_params["round"], board.unit.code)
    commands = {
        **{item.number: WithdrawRecommendation(application=item.number) for item in board.listed},
        **{row.number: Recommend(application=row.number, revision=row.revision) for row in rows},
    }
    trials: list[Trial] = [(stream, command, new_command_id()) for command in commands.values()]
    round_id = visit.request.path_params["round"]
    found = await visit.reads.rehearsals.find_refusals(visit.subject, round_id, trials, Role.RECOMMENDER)
    refused = {
        number: would_be
        for number, would_be in zip(commands, found, strict=True)
        if would_be is not None and not _is_opinion(would_be)
    }
    sentences = await tell_each_refused(visit, stream, [*refused.values()], zone)
    return dict(zip(refused, sentences, strict=True))


def _is_opinion(refused: Refused) -> bool:
    return refused.code == OPINION and refused.params.get("place") == "form"


ROUTES = (show(PATH, show_board),)
