"""Files of an application that is filled in: sent, looked at, replaced, removed; each to its own person alone."""

from http import HTTPStatus
from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from portal.applying.draft import ApplicationDraft
from portal.applying.filling import Filling, PageSeen, open_filling, save
from portal.faults import Fault
from portal.forms.attaching import find_file_field
from portal.forms.typed import KeptFile
from portal.guard.requests import LARGEST
from portal.pages.applying import BASES, anchor_of, read_seen
from portal.routing import show, take, text_of
from portal.shown.downloads import attach, plain_type
from portal.uploads.receiving import ReceivedFile, name_file, receive, store
from portal.uploads.resuming import assemble
from portal.visit import SEE_OTHER, Visit
from reading.access.uploads import KeptUpload
from selection.forms.fields import FileField
from selection.forms.form import Section
from selection.forms.reading import MEGABYTE

REMOVE, USE, DISCARD = "remove:", "use:", "discard:"
"""What buttons ask for: of a file by its place among those that are there, of an upload by its id."""


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
    def largest(self) -> int:
        """How many bytes a file may have."""
        return self.field.megabytes * MEGABYTE

    @property
    def files(self) -> dict[str, KeptFile]:
        """The files that are there."""
        return self.filling.draft.files_at(self.name)


async def show_files(visit: Visit) -> Response:
    """Show which files a field has, and what it takes, before anything is sent."""
    return await _show(visit, await open_field(visit))


async def take_file(visit: Visit, form: FormData) -> Response:
    """Take a file that is sent, or use one that came in pieces; or remove one."""
    upload, seen, wanted = await open_field(visit), read_seen(form), text_of(form, "do", 60)
    if wanted.startswith(REMOVE):
        return await _remove(visit, upload, seen, wanted.removeprefix(REMOVE))
    if wanted.startswith((USE, DISCARD)):
        return await _settle(visit, upload, seen, wanted)
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _show(visit, upload, fault=visit.say("applying.no-file"), status=422)
    answer = await _take(visit, upload, seen, await receive(sent))
    if answer.status_code == SEE_OTHER and (begun := await _find_begun(visit, upload)):
        await visit.reach.uploads.drop(visit.signed_in, begun.id)
    return answer


async def _settle(visit: Visit, upload: Upload, seen: PageSeen, wanted: str) -> Response:
    """Use an upload for its field, or throw it away. One that was overtaken stays, to be looked at and used again."""
    begun, (do, _, asked) = await _find_begun(visit, upload), wanted.partition(":")
    if begun is None or begun.id != asked or (not begun.whole and do == "use"):
        return await _show(visit, upload, fault=visit.say("applying.upload-gone"), status=409)
    answer = visit.lead(upload.here)
    if do == "use":
        async with assemble(visit, begun) as received:
            answer = await _take(visit, upload, seen, received, overtaken="upload-overtaken")
    if answer.status_code != HTTPStatus.CONFLICT:
        await visit.reach.uploads.drop(visit.signed_in, begun.id)
    return answer


async def _take(
    visit: Visit, upload: Upload, seen: PageSeen, received: ReceivedFile, overtaken: str = "file-overtaken"
) -> Response:
    fault = find_fault(visit, upload, received.size) or _find_wrong_type(visit, upload, received)
    if not fault and not upload.filling.shows(upload.part.code, seen):
        return await _show(visit, upload, fault=visit.say(f"applying.{overtaken}"), status=409)
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
    upload, number = await open_field(visit), visit.request.path_params["count"]
    files = list(upload.files)
    if number not in map(str, range(1, len(files) + 1)):
        raise Fault("hidden", 404)
    content = files[int(number) - 1]
    found = await visit.reads.contents.get(visit.subject, content, of=upload.filling.stream or None)
    return attach(found.body, f"{upload.filling.round}-{upload.field.code}-{number}", found.media_type)


async def open_field(visit: Visit) -> Upload:
    """Return the field that the address names. Raises Fault for what takes no files in the section."""
    filling, asked = await open_filling(visit), visit.request.path_params
    if filling.closed:
        raise Fault("submission-closed", 409)
    part, name = filling.section(asked["section"]), asked["name"]
    field = find_file_field(filling.form.form, name)
    code = name.split(".")[1] if field is not None else ""
    if field is None or code not in {item.code for item in part.fields} or code in filling.kept:
        raise Fault("hidden", 404)
    return Upload(filling, part, name, field)


def find_fault(visit: Visit, upload: Upload, size: int) -> str:
    """Return why no file of so many bytes is taken, empty if one is."""
    field = upload.field
    if size == 0:
        return visit.say("applying.file-empty")
    if size > upload.largest:
        return visit.say("applying.file-too-large", limit=field.megabytes)
    if field.many and len(upload.files) >= field.most:
        return visit.say("applying.files-many", most=field.most)
    return ""


def _find_wrong_type(visit: Visit, upload: Upload, received: ReceivedFile) -> str:
    types = upload.field.types
    return visit.say("applying.file-type") if types and plain_type(received.media_type) not in types else ""


async def _find_again(visit: Visit, upload: Upload, received: ReceivedFile) -> str:
    """Return that a file is in another field already, empty if it is in none."""
    known = await name_file(visit.portal.backend, visit.subject.person, received, upload.filling.round)
    typed = upload.filling.draft.typed
    again = any(known in values for name, values in typed.items() if name != upload.name)
    return visit.say("applying.file-twice") if again else ""


async def _remove(visit: Visit, upload: Upload, seen: PageSeen, number: str) -> Response:
    files = list(upload.files.items())
    if number not in map(str, range(1, len(files) + 1)):
        raise Fault("form-unfit")
    left = dict(files[: int(number) - 1] + files[int(number) :])
    return await _save(
        visit, upload, seen, upload.filling.draft.put_files(upload.part.code, upload.name, left)
    )


async def _save(visit: Visit, upload: Upload, seen: PageSeen, draft: ApplicationDraft) -> Response:
    mark = await save(visit, upload.filling, upload.part.code, seen, draft)
    if mark is None:
        return await _show(
            visit, await open_field(visit), fault=visit.say("applying.file-overtaken"), status=409
        )
    return visit.lead(upload.here if upload.field.many else upload.back)


async def _find_begun(visit: Visit, upload: Upload) -> KeptUpload | None:
    return await visit.reach.uploads.find_at(visit.signed_in, upload.here)


async def _show(visit: Visit, upload: Upload, *, fault: str = "", status: int = 200) -> Response:
    context = {
        "begun": await _find_begun(visit, upload),
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
