"""No trace: who is erased after the round stands in no table any more, and the record is as provable as before.

Runs last in this folder, as it takes something away from the round that is played. Maildir, log files and copies
of the database are outside of an erasure.
"""

import asyncio
import json
from typing import Any

import psycopg
import pytest
from psycopg import sql

from ledger.rebuild import rebuild
from ledger.record import Ledger
from runtime.logins import Login
from selection.kernel.leaf import leaf_hash
from tests.databases import superuser
from tests.leaks.canaries import CONTENT, IDENTITY, mark
from tests.leaks.conftest import Play
from tests.leaks.reading import look
from tests.leaks.truth import RULES, Truth

ADMIN, OFFICER = RULES.staff.admins[0], RULES.staff.officers[0]


async def canaries_kept(url: str) -> set[str]:
    """Every canary in any column of any table, of text or of bytes."""
    found: set[str] = set()
    async with await psycopg.AsyncConnection.connect(url) as connection:
        names = await connection.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'selection'"
        )
        for (name,) in await names.fetchall():
            table = sql.Identifier("selection", name)
            rows = await connection.execute(sql.SQL("SELECT * FROM {}").format(table))
            async for row in rows:
                text = "\n".join(_text(value) for value in row)
                found |= set(CONTENT.findall(text)) | set(IDENTITY.findall(text))
    return found


def _text(value: Any) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def names_of(person: str) -> set[str]:
    return {mark(kind, person) for kind in ("Nm", "ml", "Em")}


async def find_stored(ledger: Ledger, played: Play, person: str) -> set[str]:
    """The canaries of what a person stored."""
    cards = await ledger.contents.cards(list(played.canaries.values()))
    return {canary for canary, ref in played.canaries.items() if cards[ref].stored_by == person}


async def erase(played: Play, person: str, *words: str, by: str = ADMIN) -> tuple[int, str]:
    line = ["person", "erase", person, "--reason", "on request", "--yes", *words]
    done = await asyncio.to_thread(look, "after", played.data, by, line)
    return done.code, done.text


@pytest.fixture
async def ledger(the_play: Play) -> Any:
    opened = await Ledger.connect(the_play.ends.database_url, size=2)
    yield opened
    await opened.close()


def reviewer_of(truth: Truth, stream: str) -> str:
    return truth.parties[stream].state.seats[0].expert


async def test_of_the_erased_nothing_personal_is_left_in_any_table(the_play: Play, ledger: Ledger) -> None:
    truth = truth_at_end(the_play)
    agent = truth.parties[the_play.streams["a01"]].state.agent
    reported = truth.parties[the_play.streams["a02"]].state.reports["report-1"].expert
    gone = [reviewer_of(truth, the_play.streams["a01"]), reported, agent, "objector-01"]
    whole = {
        log: [item async for item in ledger.reading.all_entries(log)] for log in await ledger.reading.logs()
    }
    before = await canaries_kept(superuser(the_play.ends.databases))
    said = {person: await find_stored(ledger, the_play, person) for person in gone}
    about = {
        canary
        for canary, ref in the_play.canaries.items()
        if any(_reports(place) for place in truth.places[ref])
    }
    assert about
    documents = {canary for canary in said[agent] if _is_document(truth, the_play.canaries[canary])}
    assert documents
    documents |= {
        canary for canary in set().union(*said.values()) if _in_office(truth, the_play.canaries[canary])
    }
    assert all(names_of(person) | said[person] <= before for person in gone)
    assert all(said.values())

    for person in gone:
        code, text = await erase(the_play, person)
        assert code == 0, text

    left = await canaries_kept(superuser(the_play.ends.databases))
    expected = set().union(*(names_of(person) | said[person] for person in gone)) | about
    assert before - left == expected - documents
    assert documents <= left

    for log, entries in whole.items():
        now = [item async for item in ledger.reading.all_entries(log)]
        assert now[: len(entries)] == entries
        assert all(leaf_hash(item.body) == item.leaf_hash for item in now)
        assert log == "installation" or len(now) == len(entries)
    assert (await rebuild(the_play.ends.databases.url(Login.MIGRATOR), keep=False)).equal
    await asyncio.to_thread(shows_who_was_erased, the_play, gone)


def truth_at_end(played: Play) -> Truth:
    return played.truths["end"]


def _reports(place: str) -> bool:
    return place.startswith(("conflict.reported.v1", "conflict.ruled.v1"))


def _is_document(truth: Truth, ref: str) -> bool:
    """A document of the unit stays; personal answers in its form go with who handed them in."""
    places = truth.places[ref]
    return any(place.startswith("submission.") and "submission.personal" not in place for place in places)


def _in_office(truth: Truth, ref: str) -> bool:
    """Who led an appraisal or a survey spoke there for the panel or the team."""
    office = ("appraisal.recorded.v1 text", "appraisal.recorded.v1 form.answers", "survey.reported.v1 ")
    return any(place.startswith(office) for place in truth.places[ref])


def shows_who_was_erased(played: Play, gone: list[str]) -> None:
    stream = played.streams["a01"]
    number = stream.removeprefix("application/")
    for words in (["timeline", number], ["show", number]):
        for lang, mark_ in (("en", "(erased)"), ("zh", "（已清除）")):
            shown = look("after", played.data, OFFICER, [*words, "--lang", lang]).text
            assert f"{gone[0]}{' ' if lang == 'en' else ''}{mark_}" in shown.replace("\n", ""), shown
    told = json.loads(look("after", played.data, OFFICER, ["show", number, "--json"]).text)
    assert set(told["erased"]) == {gone[0], gone[2]} & set(gone)
    listed = json.loads(look("after", played.data, ADMIN, ["person", "list", "--json"]).text)["people"]
    assert {item["person"] for item in listed if item["state"] == "erased"} == set(gone)
    assert look("after", played.data, gone[0], ["task", "list"]).code == 2


async def test_only_another_administrator_erases_and_only_once(the_play: Play, ledger: Ledger) -> None:
    truth = truth_at_end(the_play)
    person = reviewer_of(truth, the_play.streams["a03"])
    size = await ledger.reading.head("installation")
    for by, code in ((OFFICER, "not-entitled"), (person, "not-entitled"), (person, "not-entitled")):
        assert (await erase(the_play, person, by=by))[1].startswith(code)
    assert (await erase(the_play, ADMIN))[1].startswith("another-admin")
    assert (await erase(the_play, "nobody-k4w9p"))[1].startswith("unknown-person")
    assert await ledger.reading.head("installation") == size + 5
    assert (await erase(the_play, person, "--dry-run"))[0] == 0
    assert await ledger.people.identity(person) is not None
    assert (await erase(the_play, person, "--command-id", "e-1"))[0] == 0
    assert (await erase(the_play, person, "--command-id", "e-1"))[0] == 0
    assert (await erase(the_play, person))[1].startswith("already-done")
