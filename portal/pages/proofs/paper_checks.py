"""From a paper back to the record: the entry that its code leads to, and whether a file left as it is."""

from hashlib import sha256
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from papers.code import read_code
from portal.acts.zones import find_zone
from portal.routing import show, take, text_of
from portal.visit import Visit
from reading.errors import Hidden
from selection.streams import log_of
from selection.timeline.events import moment_of

PATH = "/check/paper"
LARGEST = 21_000_000
"""Bytes of a paper with the form around it [D]."""
CODE_AT_MOST = 1_000
PIECE = 64 * 1024


async def show_checks(visit: Visit) -> Response:
    """Show both forms; `?code=` is what the code on a paper says, of which the entry is shown."""
    code = visit.request.query_params.get("code", "").strip()[:CODE_AT_MOST]
    return await _show(visit, {"code": code, **(await _follow(visit, code) if code else {})})


async def check_file(visit: Visit, form: FormData) -> Response:
    """Say whether a file is, byte by byte, a paper of a round that left."""
    round_id, given = text_of(form, "round", 100), form.get("paper")
    if not (round_id and isinstance(given, UploadFile) and given.size):
        return await _show(
            visit, {"round": round_id, "wrong": {"paper": visit.say("check.paper-missing")}}, 422
        )
    digest = sha256()
    while piece := await given.read(PIECE):
        digest.update(piece)
    try:
        found = await visit.reads.papers.find(visit.subject, round_id, digest.hexdigest())
    except Hidden:
        return await _show(visit, {"round": round_id, "unrecorded": True})
    return await _show(visit, {"round": round_id, "left": found})


async def _follow(visit: Visit, code: str) -> dict[str, Any]:
    """Return what is to be said of a code: the entry in words, that it is none, or that nothing of it shows."""
    place = read_code(code)
    if place is None:
        return {"wrong": {"code": visit.say("check.code-unfit")}}
    stream, seq, leaf = place
    try:
        found = await visit.reads.receipts.check_place(visit.subject, stream, seq, leaf)
    except Hidden:
        return {"wrong": {"code": visit.say("check.code-hidden")}}
    zone = await find_zone(visit, log_of(stream))
    facts = {"stream": stream, "seq": seq, "holds": found.holds, "hashed": bool(leaf), "zone": zone}
    return {"entry": moment_of(found.entry.view, visit.language), **facts}


async def _show(visit: Visit, context: dict[str, Any], status: int = 200) -> Response:
    empty: dict[str, Any] = {
        "code": "",
        "round": "",
        "wrong": {},
        "entry": None,
        "left": None,
        "unrecorded": False,
    }
    rounds = await visit.reads.public.list_rounds()
    return visit.render("check/paper.html", {**empty, "rounds": rounds, **context}, status=status)


ROUTES = (show(PATH, show_checks), take(PATH, check_file, largest=LARGEST, files=1))
