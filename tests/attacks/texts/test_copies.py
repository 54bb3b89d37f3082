"""Reading or citing by a copy: what a bundle, a redacted one or a receipt names opens nothing to whoever holds it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from ledger.database.store import AUDITOR_ROLE
from ledger.errors import CommandReused
from ledger.record import Ledger
from reading.access.authentication import Entrance, LocalAssertion
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.service import ReadService
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from selection.streams import round_stream
from starter.archive.export import RoundExport
from tests import factories as f
from tests.attacks.texts.test_citing import OWN, STRANGER, WAYS, answer, citing, readable, secret
from tests.ledger.conftest import place, url
from tests.ledger.support.deciding import ONE, code, decide, register
from tests.ledger.test_exporting import HISTORY, KEY, archive, sign

__all__ = ["place", "secret", "url"]
pytestmark = pytest.mark.stack

STREAMS = (ONE, OWN, round_stream(f.ROUND))
TEXT = b"secret"


async def as_person(ledger: Ledger, person: str) -> Subject:
    return await Entrance(ledger.people, ledger.keys).admit(LocalAssertion(person=person, session="turn-1"))


@pytest.fixture
async def signed_place(place: Ledger, secret: Ref) -> Ledger:
    """The record, kept and signed, so that it can be exported."""
    for name in ("auditor-1", "admin-1"):
        await register(place, f.people()[name], f"again-{name}")
    await archive(place, HISTORY, closed=True)
    await sign(place, f.ROUND, "installation")
    return place


async def export(ledger: Ledger, person: str, path: Path, *, redacted: bool) -> Path:
    """Take the round's bundle away, as `selection audit export` does."""
    auditor = await Ledger.connect(ledger.store.url, role=AUDITOR_ROLE, size=1)
    try:
        who = await as_person(auditor, person)
        record = await ReadService(auditor).exports.open(who, f.ROUND, redacted=redacted)
        await RoundExport(record, key=KEY, tell=lambda *_: None).write(path)
    finally:
        await auditor.close()
    return path


def references_in(value: Any) -> Iterator[Ref]:
    if isinstance(value, dict):
        if value.keys() == {"id", "sha256"}:
            yield Ref(**value)
        for inner in value.values():
            yield from references_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references_in(inner)


def list_references(path: Path) -> dict[str, Ref]:
    """Every reference that the entries of a bundle hold."""
    with Bundle(path) as bundle:
        entries = [json.loads(body) for body in bundle.entries(f.ROUND)]
    return {ref.id: ref for entry in entries for ref in references_in(entry["data"])}


async def see_that_nothing_opens(ledger: Ledger, person: str, ref: Ref) -> None:
    reads, who = ReadService(ledger), await as_person(ledger, person)
    for stream in (None, *STREAMS):
        with pytest.raises(Hidden):
            await reads.contents.get(who, ref.id, of=stream)
    with pytest.raises(Hidden):
        await reads.contents.get_own_card(who, ref.id)


async def see_that_it_is_not_cited(ledger: Ledger, ref: Ref) -> None:
    nobodys = Ref(id="text-of-nobody", sha256="ab" * 32)
    for how in WAYS:
        theirs, of_nobody = [await decide(ledger, cite_under_own_id(how, cited)) for cited in (ref, nobodys)]
        assert code(theirs) == ("not-entitled" if "refused" in how else "unknown-content")
        assert answer(theirs) == answer(of_nobody)
    assert ref.id not in await readable(ledger, OWN, STRANGER.person)


def cite_under_own_id(how: str, ref: Ref) -> Any:
    """An act that cites, under an id of its own."""
    asked = citing(how, ref)
    own_id = f"{asked.envelope.command_id}-{ref.id}"[:100]
    return type(asked)(asked.envelope.with_(command_id=own_id))


@pytest.mark.parametrize(("person", "redacted"), [("auditor-1", False), ("admin-1", True)])
async def test_what_a_bundle_names_opens_nothing_and_is_not_cited(
    signed_place: Ledger, secret: Ref, tmp_path: Path, person: str, redacted: bool
) -> None:
    path = await export(signed_place, person, tmp_path / "round.zip", redacted=redacted)
    named = list_references(path)
    assert named[secret.id] == secret
    with Bundle(path) as bundle:
        held = bundle.content(secret.id)
    assert (held is not None) is not redacted
    for ref in named.values():
        await see_that_nothing_opens(signed_place, STRANGER.person, ref)
    await see_that_it_is_not_cited(signed_place, named[secret.id])


async def test_who_took_a_redacted_bundle_reads_by_it_no_more_than_before(
    signed_place: Ledger, tmp_path: Path
) -> None:
    named = list_references(await export(signed_place, "admin-1", tmp_path / "round.zip", redacted=True))
    reads, admin = ReadService(signed_place), await as_person(signed_place, "admin-1")
    shown = {stream: await readable(signed_place, stream, "admin-1") for stream in STREAMS}
    assert named
    for ref in named.values():
        for stream in STREAMS:
            if ref.id in shown[stream]:
                assert (await reads.contents.get(admin, ref.id, of=stream)).id == ref.id
                continue
            with pytest.raises(Hidden):
                await reads.contents.get(admin, ref.id, of=stream)
    assert named.keys() - shown[ONE]


async def test_bytes_out_of_a_bundle_are_nobody_elses_under_their_name(
    signed_place: Ledger, secret: Ref
) -> None:
    """Whoever has the bytes stores them as their own text, which is another content."""
    with pytest.raises(CommandReused):
        await signed_place.contents.put(
            secret.id, TEXT, kind="text", media_type="text/plain", stored_by=STRANGER.person
        )
    card = await signed_place.contents.put(
        "text-told-anew", TEXT, kind="text", media_type="text/plain", stored_by=STRANGER.person
    )
    assert card.sha256 != secret.sha256
    await see_that_nothing_opens(signed_place, STRANGER.person, secret)
    await see_that_it_is_not_cited(signed_place, secret)
    await see_that_it_is_not_cited(signed_place, Ref(id=card.id, sha256=secret.sha256))


async def test_a_receipt_names_no_content_and_opens_none(signed_place: Ledger, secret: Ref) -> None:
    reads, owner = ReadService(signed_place), await as_person(signed_place, f.APPLICANT.person)
    found = await reads.receipts.get(owner, "id-1")
    proof = (await reads.receipts.prove(owner, "id-1")).encoded
    assert found.receipt.stream == ONE
    for told in (proof, found.model_dump_json()):
        assert secret.id not in told
        assert secret.sha256 not in told
    stranger = await as_person(signed_place, STRANGER.person)
    for read in (reads.receipts.get, reads.receipts.prove):
        with pytest.raises(Hidden):
            await read(stranger, "id-1")
    # Neither the act's id nor the hash of its entry stands for what it cites.
    for name in ("id-1", found.receipt.leaf_hash):
        await see_that_nothing_opens(
            signed_place, STRANGER.person, Ref(id=name, sha256=found.receipt.leaf_hash)
        )
    await see_that_it_is_not_cited(signed_place, Ref(id=secret.id, sha256=found.receipt.leaf_hash))


async def test_nobody_takes_a_bundle_who_is_no_auditor_of_the_round(
    signed_place: Ledger, tmp_path: Path
) -> None:
    for person, redacted in ((STRANGER.person, True), ("officer-1", True), ("admin-1", False)):
        with pytest.raises((Hidden, Refused)):
            await export(signed_place, person, tmp_path / "round.zip", redacted=redacted)
    assert not list(tmp_path.iterdir())
