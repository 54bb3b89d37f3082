from ledger.database.store import RECORDER_ROLE
from ledger.rebuild import rebuild
from ledger.record import Ledger
from selection.application.events import ApplicationSubmitted, ApplicationWithdrawn
from selection.application.submission import Submission, Unit
from selection.decision.aggregate import Event, leaf_of
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.streams import aggregate, application_stream
from tests.ledger.support.stand_in import AT

STREAM = application_stream("r", "0001")
AGENT = Actor(person="p-agent", role=Role.APPLICANT)


def make_application_submitted(revision: int) -> ApplicationSubmitted:
    form = Ref(id=f"form-{revision}", sha256="0" * 64)
    host = Unit(code="91110000MA00000000", kind="enterprise", region="CN-BJ")
    submission = Submission(
        field="smart-tourism",
        region="CN-BJ",
        priority="urgent",
        host=host,
        form_version="one-text",
        form=form,
        pledge=form,
    )
    return ApplicationSubmitted(
        round="r",
        rules_hash="1" * 64,
        revision=revision,
        submission=submission,
        agent="p-agent",
        officers=("p-officer",),
        supervisors=("p-supervisor",),
    )


def leaves(*events: Event) -> list[Leaf]:
    """Return the events as the workflow would record them, one command each."""
    kind = aggregate(STREAM)
    state, recorded = kind.initial(STREAM), []
    for number, event in enumerate(events, start=1):
        leaf = leaf_of(event, state=state, offset=1, actor=AGENT, at=AT, command_id=f"c-{number}")
        state = kind.evolve(state, leaf)
        recorded.append(leaf)
    return recorded


async def test_the_core_folds_lists_and_writes_letters_through_the_record(url: str) -> None:
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    for leaf in leaves(make_application_submitted(1), make_application_submitted(2), ApplicationWithdrawn()):
        await ledger.record.append("r", STREAM, [leaf])
    row = await ledger.reading.application(STREAM)
    assert row is not None
    assert (row["number"], row["revision"], row["host"]) == ("0001", 2, "91110000MA00000000")
    assert await ledger.reading.counts("r") == {row["stage"]: 1}
    snapshot = await ledger.reading.snapshot(STREAM)
    assert snapshot is not None
    assert aggregate(STREAM).load(snapshot.state).version == snapshot.version == 3
    letters = await ledger.outbox.letters("r")
    assert [(item["body"]["to"], item["body"]["template"]) for item in letters] == [
        ("p-agent", "submission-received")
    ] * 2
    assert (await rebuild(url)).equal
    await ledger.close()
