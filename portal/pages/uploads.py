"""Files of an application that is filled in: sent, looked at, replaced, removed; each to its own person alone."""

from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from portal.applying.draft import ApplicationDraft, find_file_field
from portal.applying.filling import Filling, Seen, open_filling, save
from portal.faults import Fault
from portal.forms.typed import KeptFile
from portal.guard.requests import LARGEST
from portal.pages.applying import BASES, anchor_of, read_seen
from portal.routing import show, take, text_of
from portal.shown.downloads import attach, plain_type
from portal.uploads.receiving import Received, name_file, receive, store
from portal.visit import Visit
from selection.forms.fields import FileField
from selection.forms.filled import MEGABYTE
from selection.forms.form import Section

REMOVE = "remove:"


class Upload(NamedTuple):
    """The field that files are for: within which section, and under which name of the page."""

    filling: Filling
    part: Section
    name: str
    field: FileField

    @property
    def here(self) -> str:
        """The address of this page."""
        return f"{self.filling.address}/{self.part.code}/{self.name}"

    @property
    def back(self) -> str:
        """The address of the field on the page of its section."""
        return f"{self.filling.address}/{self.part.code}{anchor_of(self.filling, self.name)}"

    @property
    def files(self) -> dict[str, KeptFile]:
        """The files that are there."""
        return self.filling.draft.files_at(self.name)


async def show_files(visit: Visit) -> Response:
    """Show which files a field has, and what it takes, before anything is sent."""
    return await _show(visit, await _open(visit))


async def take_file(visit: Visit, form: FormData) -> Response:
    """Take a file, or remove one."""
    upload, seen, wanted = await _open(visit), read_seen(form), text_of(form, "do", 20)
    if wanted.startswith(REMOVE):
        return await _remove(visit, upload, seen, wanted.removeprefix(REMOVE))
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _show(visit, upload, fault=visit.say("applying.no-file"), status=422)
    received = await receive(sent)
    fault = _find_fault(visit, upload, received)
    if not fault and not upload.filling.shows(upload.part.code, seen):
        return await _show(visit, upload, fault=visit.say("applying.file-overtaken"), status=409)
    fault = fault or await _find_again(visit, upload, received)
    if fault:
        return await _show(visit, upload, fault=fault, status=422)
    ref = await store(visit.portal.backend, visit.subject.person, received, upload.filling.round)
    draft = upload.filling.draft
    kept = KeptFile(received.name, received.media_type, received.size, ref.sha256)
    files = {**upload.files, ref.id: kept} if upload.field.many else {ref.id: kept}
    return await _save(visit, upload, seen, draft.put_files(upload.part.code, upload.name, files))


async def fetch_file(visit: Visit) -> Response:
    """Send a file of the visitor's own draft."""
    upload, number = await _open(visit), visit.request.path_params["count"]
    files = list(upload.files)
    if number not in map(str, range(1, len(files) + 1)):
        raise Fault("hidden", 404)
    content = files[int(number) - 1]
    found = await visit.reads.contents.get(visit.subject, content, of=upload.filling.stream or None)
    return attach(found.body, f"{upload.filling.round}-{upload.field.code}-{number}", found.media_type)


async def _open(visit: Visit) -> Upload:
    """Return the field that the address names. Raises Fault for what is no field of the section that takes files."""
    filling, asked = await open_filling(visit), visit.request.path_params
    part, name = filling.section(asked["section"]), asked["name"]
    field = find_file_field(filling.form.form, name)
    if field is None or name.split(".")[1] not in {item.code for item in part.fields}:
        raise Fault("hidden", 404)
    return Upload(filling, part, name, field)


def _find_fault(visit: Visit, upload: Upload, received: Received) -> str:
    """Return what is wrong with a file, empty if nothing is."""
    field = upload.field
    if received.size == 0:
        return visit.say("applying.file-empty")
    if received.size > field.megabytes * MEGABYTE:
        return visit.say("applying.file-too-large", limit=field.megabytes)
    if field.types and plain_type(received.media_type) not in field.types:
        return visit.say("applying.file-type")
    if field.many and len(upload.files) >= field.most:
        return visit.say("applying.files-many", most=field.most)
    return ""


async def _find_again(visit: Visit, upload: Upload, received: Received) -> str:
    """Return that a file is in another field already, empty if it is in none."""
    known = await name_file(visit.portal.backend, visit.subject.person, received, upload.filling.round)
    typed = upload.filling.draft.typed
    again = any(known in values for name, values in typed.items() if name != upload.name)
    return visit.say("applying.file-twice") if again else ""


async def _remove(visit: Visit, upload: Upload, seen: Seen, number: str) -> Response:
    files = list(upload.files.items())
    if number not in map(str, range(1, len(files) + 1)):
        raise Fault("form-unfit")
    left = dict(files[: int(number) - 1] + files[int(number) :])
    return await _save(
        visit, upload, seen, upload.filling.draft.put_files(upload.part.code, upload.name, left)
    )


async def _save(visit: Visit, upload: Upload, seen: Seen, draft: ApplicationDraft) -> Response:
    mark = await save(visit, upload.filling, upload.part.code, seen, draft)
    if mark is None:
        return await _show(visit, await _open(visit), fault=visit.say("applying.file-overtaken"), status=409)
    return visit.lead(upload.here if upload.field.many else upload.back)


async def _show(visit: Visit, upload: Upload, *, fault: str = "", status: int = 200) -> Response:
    context = {
        "upload": upload,
        "filling": upload.filling,
        "files": upload.files.values(),
        "mark": upload.filling.draft.mark_of(upload.part.code),
        "fault": fault,
    }
    return visit.render("applying/file.html", context, status=status, zone=upload.filling.words.zone)


ROUTES = tuple(
    route
    for base in BASES
    for route in (
        show(base + "/{section}/{name}", show_files),
        take(base + "/{section}/{name}", take_file, largest=LARGEST, fields=10, files=1),
        show(base + "/{section}/{name}/{count}", fetch_file),
    )
)
