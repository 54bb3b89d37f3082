"""What a program reads for its person: exactly what the read service gives that person."""

from starlette.responses import Response

from portal.api.call import Call
from portal.api.operations import Operation, give
from portal.api.problems import tell
from portal.api.shapes import ActAnswered, Page, PageQuery, cut_page
from reading.models import ApplicationView, RoundProgress, ShownApplication, ShownEntry, ShownRound, ShownTask
from reading.receipts import OwnAct
from selection.streams import application_stream

LATEST = 1_000
"""Acts that are listed at most."""


class TasksAsked(PageQuery):
    """Of one round alone, where it is named."""

    round: str = ""


class ApplicationsAsked(PageQuery):
    """Those of a stage, a field or an outcome alone, where one is named."""

    stage: str = ""
    field: str = ""
    outcome: str = ""


async def list_tasks(call: Call) -> Response:
    """List what is awaited of the person or their units, most urgent first."""
    asked = call.query(TasksAsked)
    found = await call.reads.tasks.list_open(call.subject, round_id=asked.round or None)
    return give(cut_page(found, asked))


async def list_rounds(call: Call) -> Response:
    """List the rounds that show."""
    return give(cut_page(await call.reads.rounds.list_rounds(call.subject), call.query(PageQuery)))


async def show_round(call: Call) -> Response:
    """Show a round, its deadlines, and for those who oversee it how far its work is."""
    return give(await call.reads.rounds.get_progress(call.subject, call.get_part("round")))


async def list_applications(call: Call) -> Response:
    """List the applications of a round that show, each as far as it does."""
    asked = call.query(ApplicationsAsked)
    found = await call.reads.applications.list_of_round(call.subject, call.get_part("round"))
    wanted = {name: value for name in ("stage", "field", "outcome") if (value := getattr(asked, name))}
    kept = [row for row in found if all(getattr(row, name) == value for name, value in wanted.items())]
    return give(cut_page(kept, asked))


async def show_application(call: Call) -> Response:
    """Show an application as far as it shows."""
    return give(await call.reads.applications.get(call.subject, _stream(call)))


async def list_timeline(call: Call) -> Response:
    """List what shows of an application's entries, in the order of the log."""
    asked = call.query(PageQuery)
    return give(cut_page(await call.reads.applications.list_timeline(call.subject, _stream(call)), asked))


async def list_receipts(call: Call) -> Response:
    """List the person's latest acts, refused ones too."""
    asked = call.query(PageQuery)
    return give(cut_page(await call.reads.receipts.list_acts(call.subject, LATEST), asked))


async def show_receipt(call: Call) -> Response:
    """Show the receipt of an act by its id, and why it was refused where it was."""
    found = await call.reads.receipts.get(call.subject, call.get_part("id"))
    sentence = ""
    if found.refused is not None:
        zone = await call.find_zone(found.receipt.log)
        sentence = tell(found.refused.code, found.refused.params, call.language, zone)
    answered = ActAnswered.model_validate({**found.model_dump(), "sentence": sentence})
    return give(answered, headers={"Content-Language": call.language})


async def fetch_proof(call: Call) -> Response:
    """Send the file that proves an act to anyone, offline."""
    proof = await call.reads.receipts.prove(call.subject, call.get_part("id"))
    return Response(proof.encoded, media_type="text/plain")


def _stream(call: Call) -> str:
    return application_stream(call.get_part("round"), call.get_part("number"))


ROUND = "/rounds/{round}"
APPLICATION = "/applications/{round}/{number}"
RECEIPT = "/receipts/{id}"
OPERATIONS = (
    Operation(
        "GET",
        "/tasks",
        list_tasks,
        "What is awaited of the person or their units",
        "tasks",
        {200: Page[ShownTask]},
        query=TasksAsked,
        problems=(400,),
    ),
    Operation(
        "GET",
        "/rounds",
        list_rounds,
        "The rounds that show",
        "rounds",
        {200: Page[ShownRound]},
        query=PageQuery,
        problems=(400,),
    ),
    Operation(
        "GET",
        ROUND,
        show_round,
        "A round and its deadlines",
        "rounds",
        {200: RoundProgress},
        problems=(404,),
    ),
    Operation(
        "GET",
        ROUND + "/applications",
        list_applications,
        "The applications of a round that show, each as far as it does",
        "applications",
        {200: Page[ShownApplication]},
        query=ApplicationsAsked,
        problems=(400, 404),
    ),
    Operation(
        "GET",
        APPLICATION,
        show_application,
        "An application, with what is awaited and the contents that show",
        "applications",
        {200: ApplicationView},
        problems=(404,),
    ),
    Operation(
        "GET",
        APPLICATION + "/timeline",
        list_timeline,
        "What happened to an application, as far as it shows",
        "applications",
        {200: Page[ShownEntry]},
        query=PageQuery,
        problems=(400, 404),
    ),
    Operation(
        "GET",
        "/receipts",
        list_receipts,
        "The person's latest acts",
        "receipts",
        {200: Page[OwnAct]},
        query=PageQuery,
        problems=(400,),
    ),
    Operation(
        "GET",
        RECEIPT,
        show_receipt,
        "The receipt of an act, or why it was refused",
        "receipts",
        {200: ActAnswered},
        problems=(404,),
    ),
    Operation(
        "GET",
        RECEIPT + "/proof",
        fetch_proof,
        "The file that proves an act (C2SP tlog-proof), for `selection audit receipt`",
        "receipts",
        {200: ("text/plain",)},
        problems=(404,),
    ),
)
