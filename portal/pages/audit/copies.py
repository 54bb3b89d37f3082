"""The auditor's copy of a round's record: made, looked at, verified, downloaded, deleted."""

from starlette.datastructures import FormData
from starlette.responses import FileResponse, Response

from portal.faults import Fault
from portal.pages.audit.shared import (
    ask,
    check_right,
    find_copy,
    show_making,
    show_page,
    take_parts,
)
from portal.proofs.jobs import Answer, Verify
from portal.routing import show, take, text_of
from portal.shown.downloads import name_file
from portal.visit import Visit
from selection.transparency.note import NoteInvalid, Verifier

AUDIT = "/rounds/{round}/audit"


async def show_audit(visit: Visit) -> Response:
    """Show what there is to work with, or how far it is, or how to begin."""
    redacted = await check_right(visit)
    copy = find_copy(visit)
    if copy is None or copy.redacted != redacted:
        return await show_page(visit, "audits/needed.html", {"redacted": redacted})
    return await show_making(visit, copy) or await _show_copy(visit, [])


async def make_copy(visit: Visit, form: FormData) -> Response:
    """Begin a copy, and go to where it was asked for."""
    redacted = await check_right(visit)
    round_id = visit.request.path_params["round"]
    await visit.portal.backend.copies.make(visit.subject, round_id, redacted=redacted)
    return visit.lead(text_of(form, "next") or visit.here)


async def drop_copy(visit: Visit, _: FormData) -> Response:
    """Delete the copy."""
    await check_right(visit)
    if find_copy(visit) is not None:
        await visit.portal.backend.copies.drop(visit.subject.person)
    return visit.lead(visit.here.removesuffix("/drop"))


async def fetch_bundle(visit: Visit) -> Response:
    """Send the bundle as a file to keep."""
    redacted = await check_right(visit)
    copy = find_copy(visit)
    if copy is None or copy.exported is None or copy.redacted != redacted:
        raise Fault("proof-gone", 404)
    name = name_file(f"{copy.round}{'-redacted' if redacted else ''}", "zip")
    return FileResponse(copy.bundle, media_type="application/zip", filename=name)


async def begin_verification(visit: Visit, form: FormData) -> Response:
    """Begin a verification with the key that was given, and lead to its page."""
    await check_right(visit)
    key = text_of(form, "key", 1_000)
    copy = find_copy(visit)
    if copy is None or copy.exported is None:
        raise Fault("proof-gone", 404)
    try:
        job = Verify(key=Verifier.parse(key).vkey if key else "")
    except NoteInvalid:
        return await _show_copy(visit, [("key", visit.say("audit.key-unfit"))], key)
    copy.verify(job)
    return visit.lead(visit.here.removesuffix("/verify") + "/report")


async def show_report(visit: Visit) -> Response:
    """Show the report on the last verification that was begun: how far it is, then all it says."""
    await check_right(visit)
    copy = find_copy(visit)
    if copy is not None and copy.verification is None:
        return visit.lead(visit.here.removesuffix("/report"))
    job = Verify() if copy is None or copy.verification is None else copy.verification

    async def show_answer(answer: Answer) -> Response:
        return await show_page(
            visit,
            "audits/report.html",
            {"parts": take_parts(visit, answer), "fault": answer.fault, "keyed": bool(job.key)},
        )

    return await ask(visit, job, show_answer)


async def _show_copy(visit: Visit, faults: list[tuple[str, str]], key: str = "") -> Response:
    copy = find_copy(visit)
    assert copy is not None
    assert copy.exported is not None
    size = copy.bundle.stat().st_size
    context = {"copy": copy, "bytes": size, "faults": faults, "key": key}
    return await show_page(visit, "audits/copy.html", context)


ROUTES = (
    show(AUDIT, show_audit),
    take(AUDIT, make_copy),
    take(AUDIT + "/drop", drop_copy),
    show(AUDIT + "/bundle", fetch_bundle),
    take(AUDIT + "/verify", begin_verification),
    show(AUDIT + "/report", show_report),
)
