"""A round's bundle is written from the record: in the auditor's role, the same bytes for the same state."""

from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from audit.bundle.reader import Bundle
from ledger.database.store import AUDITOR_ROLE, RECORDER_ROLE, SIGNER_ROLE, Store
from ledger.log.checkpoints import Checkpoints
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from reading.errors import ReadFailed
from reading.exports import Mentions, RoundRecord
from selection.archive.events import ArchivedRun, HistoriesArchived
from selection.decision.aggregate import leaf_of
from selection.kernel.actor import Role
from selection.kernel.leaf import leaf_bytes, leaf_hash
from selection.kernel.merkle import root_of
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.register.commands import ErasePerson
from selection.rules.loading import rules_hash
from selection.streams import ARCHIVE, archive_stream
from selection.transparency.checkpoint import Checkpoint, open_checkpoint, origin_of, signer_of, verifier_of
from selection.transparency.continuity import SignedRoot
from selection.transparency.note import NoteSigner
from starter.archive.export import ExportCounts, RoundExport
from tests import factories as f, paths
from tests.registering import act_on_register, register

NAME, SEED = "test.example", bytes(range(32))
KEY = NoteSigner(NAME, SEED).verifier
ARCHIVE_STREAM = archive_stream(f.ROUND)
HISTORY = b"the bytes of a history"
EARLIER = b"the bytes of a hist"
MAIN_DRAW = {"inputs", "result"}


@pytest.fixture
async def recorded_round(url: str) -> Any:
    """A round that has drawn its panels, a person, and every content that the round names."""
    ledger = await Ledger.connect(url, role=RECORDER_ROLE, eraser=url)
    desk = paths.round_in(RoundStage.NOTICE)
    for leaf in desk.leaves:
        await ledger.record.append(f.ROUND, leaf.stream, [leaf])
    for name in list_contents(desk.leaves):
        await ledger.contents.put(
            name, f"what {name} says".encode(), kind="text", media_type="text/plain", stored_by="officer-1"
        )
    identity = Identity(name="Canary", mail="canary@canary.example")
    person = NewPerson(person="expert-1", roles={Role.EXPERT: ()}, identity=identity)
    await register(ledger, [person])
    yield ledger
    await ledger.close()


def list_contents(leaves: Any) -> set[str]:
    """The ids of all contents that leaves name."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if set(value) == {"id", "sha256"}:
                found.add(value["id"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for leaf in leaves:
        walk(leaf.data)
    return found


async def archive(ledger: Ledger, body: bytes, *, closed: bool) -> None:
    """Keep one history and tell the record, as the archive's workflow does."""
    digest = sha256(body).hexdigest()
    run = ArchivedRun(
        workflow_id=f"round/{f.ROUND}", run_id="run-1", events=len(body), closed=closed, sha256=digest
    )
    await ledger.histories.keep(f.ROUND, run, body)
    found = await ledger.reading.snapshot(ARCHIVE_STREAM)
    state = ARCHIVE.load(found.state) if found else ARCHIVE.initial(ARCHIVE_STREAM)
    event = HistoriesArchived(cause="request", runs=(run,), complete=True, open=not closed)
    actor = f.actor("auditor-1")
    leaf = leaf_of(event, state=state, offset=1, actor=actor, at=f.OPENED, command_id=f"keep-{len(body)}")
    await ledger.record.append(f.ROUND, ARCHIVE_STREAM, [leaf])


async def sign(ledger: Ledger, *logs: str) -> None:
    """Sign logs as far as they go."""
    store = await Store.open(ledger.store.url, role=SIGNER_ROLE, size=1)
    for log in logs:
        leaves = [
            leaf_hash(body) async for body in ledger.reading.bodies(log, await ledger.reading.head(log))
        ]
        root = root_of(leaves)
        text = Checkpoint(origin=origin_of(NAME, log), size=len(leaves), root=root).text
        note = signer_of(NAME, SEED, log).sign(text).encoded
        await Checkpoints(store).append(log, SignedRoot(size=len(leaves), root=root), note)
    await store.close()


async def export(ledger: Ledger, path: Path, *, redacted: bool = False) -> ExportCounts:
    auditor = await Ledger.connect(ledger.store.url, role=AUDITOR_ROLE, size=1)
    try:
        told: list[tuple[str, int, int]] = []
        record = RoundRecord(auditor, f.ROUND, redacted=redacted)
        writing = RoundExport(record, key=KEY, tell=lambda *said: told.append(said))
        done = await writing.write(path)
        assert told[-1][1] == told[-1][2]
        return done
    finally:
        await auditor.close()


async def read_refusal(ledger: Ledger, path: Path) -> str:
    with pytest.raises(ReadFailed) as failed:
        await export(ledger, path)
    assert list(path.parent.iterdir()) == []
    return failed.value.code


async def test_a_bundle_holds_what_is_signed_and_archived(recorded_round: Ledger, tmp_path: Path) -> None:
    await archive(recorded_round, EARLIER, closed=False)
    await archive(recorded_round, HISTORY, closed=True)
    await sign(recorded_round, f.ROUND, "installation")
    done = await export(recorded_round, tmp_path / "round.zip")
    with Bundle(tmp_path / "round.zip") as bundle:
        for log, size in done.logs.items():
            assert bundle.manifest.logs[log].size == size == await recorded_round.reading.head(log)
            assert list(bundle.entries(log)) == [
                body async for body in recorded_round.reading.bodies(log, size)
            ]
            [kept] = bundle.checkpoints(log)
            assert open_checkpoint(kept.note, verifier_of(KEY, log))[0].size == size
        assert bundle.runs() == [(f"round/{f.ROUND}", "run-1")]
        assert bundle.history(f"round/{f.ROUND}", "run-1") == HISTORY, "the last mention of a run counts"
        assert sha256(bundle.rules()).hexdigest() == rules_hash(f.RULES)
        content = bundle.content("inputs")
    with ZipFile(tmp_path / "round.zip") as members:
        contents = [name for name in members.namelist() if name.startswith("contents/")]
    assert contents == sorted(contents)
    assert len(contents) == done.contents > 2
    assert content is not None
    assert content.sha256 == (await recorded_round.contents.cards(["inputs"]))["inputs"].sha256


async def test_two_exports_of_one_state_are_byte_equal_and_later_entries_wait_for_their_checkpoint(
    recorded_round: Ledger, tmp_path: Path
) -> None:
    await archive(recorded_round, EARLIER, closed=False)
    await sign(recorded_round, f.ROUND, "installation")
    await export(recorded_round, tmp_path / "one.zip")
    await archive(recorded_round, HISTORY, closed=True)
    await export(recorded_round, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    await sign(recorded_round, f.ROUND)
    await export(recorded_round, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() != (tmp_path / "two.zip").read_bytes()


async def test_what_was_erased_waits_for_the_signature_of_the_entry_that_says_so(
    recorded_round: Ledger, tmp_path: Path
) -> None:
    text = await recorded_round.contents.put(
        "own", b"what expert-1 says", kind="text", media_type="text/plain", stored_by="expert-1"
    )
    desk = paths.round_in(RoundStage.NOTICE)
    leaf = desk.leaves[-1]
    reason = Ref(id=text.id, sha256=text.sha256)
    acted = leaf.model_copy(
        update={
            "version": leaf.version + 1,
            "actor": f.actor("expert-1").model_copy(update={"reason": reason}),
        }
    )
    await recorded_round.record.append(f.ROUND, acted.stream, [acted])
    await archive(recorded_round, HISTORY, closed=True)
    await sign(recorded_round, f.ROUND, "installation")
    await register(
        recorded_round,
        [
            NewPerson(
                person="admin-1",
                roles={Role.ADMIN: ()},
                identity=Identity(name="Admin", mail="a@example.invalid"),
            )
        ],
        command_id="admin",
    )
    await act_on_register(recorded_round, ErasePerson(person="expert-1", force=True))
    assert await read_refusal(recorded_round, tmp_path / "round.zip") == "no-checkpoint"
    await sign(recorded_round, "installation")
    await export(recorded_round, tmp_path / "round.zip")
    with Bundle(tmp_path / "round.zip") as bundle:
        assert bundle.content("own") is None


def test_the_reason_of_an_act_goes_with_the_round_though_no_field_of_its_entry_names_it() -> None:
    desk = paths.round_in(RoundStage.NOTICE)
    reason = f.ref("why-i-decline")
    leaf = desk.leaves[-1]
    acted = leaf.model_copy(update={"actor": leaf.actor.model_copy(update={"reason": reason})})
    mentions = Mentions(f.ROUND)
    mentions.see(leaf_bytes(acted))
    assert reason.id in mentions.contents


async def test_a_redacted_bundle_holds_of_the_contents_those_of_draws_alone(
    recorded_round: Ledger, tmp_path: Path
) -> None:
    await archive(recorded_round, HISTORY, closed=True)
    await sign(recorded_round, f.ROUND, "installation")
    everything = list_contents(leaf.leaf for leaf in await recorded_round.reading.entries(f.ROUND))
    held = {}
    for redacted in (False, True):
        await export(recorded_round, tmp_path / "round.zip", redacted=redacted)
        with Bundle(tmp_path / "round.zip") as bundle:
            assert bundle.manifest.redacted is redacted
            held[redacted] = {name for name in everything if bundle.content(name) is not None}
    assert held == {False: everything, True: MAIN_DRAW}
    assert everything > MAIN_DRAW


async def test_what_is_missing_is_said_and_nothing_is_left_behind(
    recorded_round: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "round.zip"
    assert await read_refusal(recorded_round, path) == "no-checkpoint"
    await sign(recorded_round, f.ROUND, "installation")
    assert await read_refusal(recorded_round, path) == "not-archived"
    await archive(recorded_round, HISTORY, closed=True)
    assert await read_refusal(recorded_round, path) == "no-checkpoint"
    await sign(recorded_round, f.ROUND)
    assert (await export(recorded_round, path)).histories == 1


async def test_a_history_that_the_record_names_and_nobody_kept_is_missed(
    recorded_round: Ledger, tmp_path: Path
) -> None:
    run = ArchivedRun(workflow_id="round/x", run_id="run-1", events=3, closed=True, sha256="0" * 64)
    event = HistoriesArchived(cause="request", runs=(run,), complete=True, open=0)
    state = ARCHIVE.initial(ARCHIVE_STREAM)
    leaf = leaf_of(event, state=state, offset=1, actor=f.actor("auditor-1"), at=f.OPENED, command_id="k")
    await recorded_round.record.append(f.ROUND, ARCHIVE_STREAM, [leaf])
    await sign(recorded_round, f.ROUND, "installation")
    assert await read_refusal(recorded_round, tmp_path / "round.zip") == "history-gone"
