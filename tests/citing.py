"""What people of the tests cite: contents of their own, which are stored beforehand where there is a real record."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import psycopg

from selection.decision.facts import ContentFact, FactsRequest
from selection.kernel.model import Frozen
from tests import factories as f

C = TypeVar("C", bound=Frozen)

PHOTO = "photo"
"""The name of what is a file; all else is a text."""

NAMES = (
    *(
        "text",
        "form",
        "blank",
        "applicant-pledge",
        "seals",
        "agreement",
        "evidence",
        "pledge",
        "other",
        "review",
    ),
    *("report", "ruling", "minutes", "objection", "reasons", "why", "outage", "integrity", "hit", "added"),
    *("far", "withdrawn", "deposit"),
    *("removed", "extension", "faults", "grounds", "back", "conflict", "dissent"),
    *("reason", "passed-over"),
    *(f"finding-{code}" for code in f.CRITERIA),
)
"""What `f.ref` is asked for where acts are sent to a real record."""
STORE = """
INSERT INTO selection.contents (id, kind, media_type, size, sha256, salt, body, stored_by, stored_at)
SELECT name || '.' || person, 'text', 'text/plain', length(body), encode(sha256(body), 'hex'), '', body,
    person, '2999-01-01'
FROM unnest(%s::text[], %s::bytea[]) AS named (name, body), unnest(%s::text[]) AS person ON CONFLICT DO NOTHING
"""


def own(command: C, person: str) -> C:
    """Return the command as this person sends it: with every name of a content made their own."""
    return type(command).model_validate(own_values(command.model_dump(mode="json"), person))


def own_values(value: Any, person: str) -> Any:
    """Return the same of a command as JSON holds it."""
    if isinstance(value, list):
        return [own_values(item, person) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"id", "sha256"} and value["sha256"] == _hash(value["id"]):
        return {**value, "id": f"{value['id']}.{person}"}
    return {key: own_values(item, person) for key, item in value.items()}


def _hash(name: str) -> str:
    return f.ref(name).sha256


async def store_for(url: str, people: Iterable[str]) -> None:
    """Store every content of NAMES for each of these people, so late that no act is in time for their sake."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(STORE, [list(NAMES), [f.content(name) for name in NAMES], list(people)])


def list_citable(
    asked: FactsRequest, stored: Mapping[str, datetime], otherwise: datetime
) -> dict[str, ContentFact]:
    """Return what the reader stored of what is cited; `stored` says when those names were, that are not of the time."""
    found = {}
    for item in asked.contents:
        name, _, owner = item.ref.id.partition(".")
        if owner == asked.reader:
            kind = "file" if name == PHOTO else "text"
            told = {"sha256": item.ref.sha256, "kind": kind, "stored": stored.get(name, otherwise)}
            found[item.ref.id] = ContentFact.model_validate(told)
    return found
