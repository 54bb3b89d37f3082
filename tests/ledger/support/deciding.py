"""A record with an open round, and acts that are decided on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from ledger.database.store import RECORDER_ROLE
from ledger.decision.decide import DecisionResult
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.envelope import Envelope
from selection.decision.facts import PersonFact
from selection.decision.machine import Act
from selection.decision.relations import Tie
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen
from selection.round.posts import posts_of
from selection.rules.model import RoundRules
from selection.rules.terms import terms_of
from selection.streams import application_stream, recommender_stream, round_stream
from tests import factories as f
from tests.citing import own_values, store_for
from tests.registering import register as register_people

ROUND = round_stream(f.ROUND)
ONE, TWO = (application_stream(f.ROUND, number) for number in ("0001", "0002"))
LIST = recommender_stream(f.ROUND, "bj")
TODAY = datetime.now(UTC).date()
CALENDAR = {
    name: TODAY + timedelta(days=30 * n)
    for n, name in enumerate(
        ("call", "submission", "recommendation", "check", "review", "review_last", "survey", "appraisal")
    )
}
RULES = f.rules(calendar=CALENDAR)
DEADLINES = terms_of(RULES).deadlines
CLOCK = b"""
CREATE TABLE selection.test_clock (ahead interval NOT NULL);
INSERT INTO selection.test_clock VALUES ('0');
GRANT SELECT ON selection.test_clock TO selection_owner;
CREATE OR REPLACE FUNCTION selection.record_clock() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = selection AS
$$ SELECT clock_timestamp() + ahead FROM test_clock $$;
"""


def act(stream: str, command: Frozen, actor: Actor = f.APPLICANT, command_id: str = "id-1") -> Act:
    body = own_values(command.model_dump(mode="json"), actor.person)
    return Act(Envelope(stream=stream, command_id=command_id, actor=actor, command=body))


async def decide(ledger: Ledger, task: Act, **asked: Any) -> DecisionResult:
    return await ledger.deciding.decide(task.envelope.stream, task, **asked)


async def submit(ledger: Ledger, stream: str = ONE, **asked: Any) -> DecisionResult:
    return await decide(ledger, act(stream, f.submit(), **asked))


def code(decided: DecisionResult) -> str:
    return decided.refused.code if decided.refused else ""


async def register(ledger: Ledger, fact: PersonFact, command_id: str = "", *ties: Tie) -> None:
    identity = Identity(name=fact.person, mail=f"{fact.person}@example.invalid")
    known = {"roles": fact.roles, "employer": fact.employer, "active": fact.active, "identity": identity}
    known = {**known, "ties": ties}
    person = NewPerson.model_validate({"person": fact.person, **known})
    await register_people(ledger, [person], command_id=command_id or f"register-{fact.person}")


PATIENCE = timedelta(minutes=1)
"""How long a connection is waited for: on a busy machine fifty acts at once have to."""


@asynccontextmanager
async def open_round(url: str, rules: RoundRules = RULES) -> AsyncIterator[Ledger]:
    """A record with people and an open round, on the recorder's rights."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(CLOCK)
    await store_for(url, f.people())
    ledger = await Ledger.connect(url, role=RECORDER_ROLE, eraser=url, wait=PATIENCE)
    known = f.people()
    others = [name for name, _ in posts_of(RULES) if name != "admin-1"]
    for name in dict.fromkeys(("applicant-1", "applicant-2", "recommender-1", *others, "admin-1")):
        await register(ledger, known[name])
    assert code(await decide(ledger, act(ROUND, f.open_round(rules), f.OFFICER, "open"))) == ""
    try:
        yield ledger
    finally:
        await ledger.close()


async def move(url: str, to: datetime) -> None:
    """Move the record's clock."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        ahead = to - datetime.now(UTC)
        await connection.execute("UPDATE selection.test_clock SET ahead = %s", [ahead])


async def types(ledger: Ledger, stream: str) -> list[str]:
    return [entry.leaf.type for entry in await ledger.reading.stream_entries(stream)]
