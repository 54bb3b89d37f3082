"""What everyone may read: rounds with their calls, public notices, issued lists."""

from starlette.responses import Response

from portal.api.call import Call
from portal.api.operations import Operation, give
from portal.api.problems import Problem
from portal.api.shapes import Page, PageQuery, cut_page
from reading.public import NoticedApplication, PublicRound

AREA = "public"


async def list_rounds(call: Call) -> Response:
    """List the rounds whose rules were published."""
    return give(cut_page(await call.reads.public.list_rounds(), call.query(PageQuery)))


async def show_round(call: Call) -> Response:
    """Show a round's call."""
    return give(await call.reads.public.get_round(call.get_part("round")))


async def list_noticed(call: Call) -> Response:
    """List what stands, or stood, in a round's public notice."""
    asked, found = call.query(PageQuery), await call.reads.public.get_round(call.get_part("round"))
    noticed = await call.reads.public.list_noticed(found.round)
    if not noticed or found.call.notice_days is None:
        raise Problem(404, "not-yet-public")
    return give(cut_page(noticed, asked))


async def list_issued(call: Call) -> Response:
    """List what was issued, by its place."""
    asked, found = call.query(PageQuery), await call.reads.public.get_round(call.get_part("round"))
    issued = [row for row in await call.reads.public.list_noticed(found.round) if row.place is not None]
    if not issued:
        raise Problem(404, "not-yet-public")
    return give(cut_page(sorted(issued, key=lambda row: row.place or 0), asked))


OPERATIONS = (
    Operation(
        "GET",
        "/public/rounds",
        list_rounds,
        "The rounds whose rules were published",
        AREA,
        {200: Page[PublicRound]},
        query=PageQuery,
        public=True,
        problems=(400,),
    ),
    Operation(
        "GET",
        "/public/rounds/{round}",
        show_round,
        "A round's call: what is asked, until when, who may apply",
        AREA,
        {200: PublicRound},
        public=True,
        problems=(404,),
    ),
    Operation(
        "GET",
        "/public/rounds/{round}/notice",
        list_noticed,
        "What stands, or stood, in the public notice",
        AREA,
        {200: Page[NoticedApplication]},
        query=PageQuery,
        public=True,
        problems=(400, 404),
    ),
    Operation(
        "GET",
        "/public/rounds/{round}/list",
        list_issued,
        "The list as it was issued",
        AREA,
        {200: Page[NoticedApplication]},
        query=PageQuery,
        public=True,
        problems=(400, 404),
    ),
)
