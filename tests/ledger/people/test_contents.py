import asyncio
from hashlib import sha256

import psycopg
import pytest

from ledger.errors import CommandReused, ContentTooLarge, TooMuchStored
from ledger.people.contents import CONTENT_LIMIT
from ledger.record import Ledger
from selection.kernel.model import Ref
from tests.ledger.support.stand_in import OFFICER, leaf
from tests.running.servers import run_statement


async def test_content_comes_back_by_id_with_a_salted_hash(ledger: Ledger) -> None:
    card = await ledger.contents.put("c-1", b"hello", kind="text", media_type="text/plain", stored_by="p-1")
    assert await ledger.contents.get("c-1") == (card, b"hello")
    assert await ledger.contents.cards(["c-1", "c-2"]) == {"c-1": card}
    assert card.ref.sha256 != sha256(b"hello").hexdigest()
    same = await ledger.contents.put("c-2", b"hello", kind="text", media_type="text/plain", stored_by="p-1")
    assert same.sha256 != card.sha256


async def test_storing_again_keeps_salt_and_time_and_other_bytes_are_refused(ledger: Ledger) -> None:
    card = await ledger.contents.put("c-1", b"hello", kind="file", media_type="text/plain", stored_by="p-1")
    again = await ledger.contents.put("c-1", b"hello", kind="file", media_type="text/plain", stored_by="p-1")
    assert again == card
    with pytest.raises(CommandReused):
        await ledger.contents.put("c-1", b"other", kind="file", media_type="text/plain", stored_by="p-1")
    with pytest.raises(CommandReused):
        await ledger.contents.put("c-1", b"hello", kind="file", media_type="text/plain", stored_by="p-2")


async def test_twenty_megabytes_and_not_a_byte_more(ledger: Ledger, url: str) -> None:
    body = b"x" * CONTENT_LIMIT
    card = await ledger.contents.put("big", body, kind="file", media_type="a/b", stored_by="p-1")
    assert card.size == CONTENT_LIMIT
    with pytest.raises(ContentTooLarge):
        await ledger.contents.put("bigger", body + b"x", kind="file", media_type="a/b", stored_by="p-1")
    async with await psycopg.AsyncConnection.connect(url) as connection:
        with pytest.raises(psycopg.errors.CheckViolation, match="contents_limit"):
            await connection.execute(
                "INSERT INTO selection.contents (id, kind, media_type, size, sha256, salt, body, stored_by) "
                "VALUES ('x', 'file', 'a/b', 1, '', '', %s, 'p')",
                [body + b"x"],
            )


async def test_a_person_has_one_key_for_content_ids_and_nobody_elses(ledger: Ledger) -> None:
    keys = set(await asyncio.gather(*(ledger.contents.key_of("p-1") for _ in range(6))))
    assert len(keys) == 1
    assert await ledger.contents.key_of("p-2") not in keys


async def test_a_command_gets_one_number_however_often_it_asks(ledger: Ledger) -> None:
    asked = [("r", "p", f"c-{n % 10}") for n in range(40)] + [("other", "p", "c-1"), ("r", "q", "c-1")]
    numbers = await asyncio.gather(*(ledger.numbers.application_number(*one) for one in asked))
    by_command = dict(zip(asked, numbers, strict=True))
    assert [by_command[one] for one in asked] == numbers
    assert sorted(number for (round_, *_), number in by_command.items() if round_ == "r") == list(
        range(1, 12)
    )
    assert by_command["other", "p", "c-1"] == 1


async def test_no_more_is_stored_than_a_quota_that_no_entry_of_its_person_cites(
    ledger: Ledger, url: str
) -> None:
    body = b"x" * 100_000
    quota = (
        "CREATE OR REPLACE FUNCTION selection.content_quota() RETURNS bigint LANGUAGE sql AS 'SELECT 250000'"
    )
    await run_statement(url, quota)

    async def put(content: str, person: str = OFFICER.person) -> Ref:
        card = await ledger.contents.put(content, body, kind="file", media_type="a/b", stored_by=person)
        return card.ref

    cited = await put("c-1")
    await put("c-2")
    with pytest.raises(TooMuchStored):
        await put("c-3")
    assert await ledger.contents.cards(["c-3"]) == {}
    # What is there already is stored again, and another person's is their own.
    await put("c-2")
    await put("c-4", "p-2")
    await ledger.record.append(
        "r", "round/r", [leaf("round/r", 1, file={"id": cited.id, "sha256": cited.sha256})]
    )
    await put("c-3")
    with pytest.raises(TooMuchStored):
        await put("c-5")


async def test_no_piece_outlasts_its_transaction(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await connection.execute("SELECT selection.put_content_piece(gen_random_uuid(), 0, 'x')")
        with pytest.raises(psycopg.errors.CheckViolation, match="a piece of no content"):
            await connection.commit()
