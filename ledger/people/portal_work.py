"""What people have begun at the portal, beside the record: drafts of forms, and acts that wait for a signature."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from psycopg import Rollback

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.people.portal_sessions import hash_token
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("portal_work")


class KeptDraft(Frozen):
    """What somebody typed so far, as they left it; no version is given twice."""

    version: int
    body: str
    changed: Instant


class LeftDraft(Frozen):
    """A form that was sent after its session had ended by time: where it is kept, and the page that it is of."""

    place: str
    path: str
    changed: Instant


class KeptAct(Frozen):
    """An act as it was shown; `sent` once it was handed on, `expired` when it can't be signed any more."""

    body: str
    sent: bool
    expired: bool


class SentAct(Frozen):
    """An act that its person handed on, which may not be answered yet."""

    body: str
    sent: Instant


class WaitingAct(Frozen):
    """An act that its person signed, and that another must sign too, until its signature runs out."""

    id: str
    person: str
    stream: str
    role: str
    head: str
    until: Instant


class OpenedAct(WaitingAct):
    """The same with all that is kept of how it was shown."""

    body: str


class Overrun(NamedTuple):
    """A limit that a person reached, `acts` or `refusals`, and in how many seconds they are below it again."""

    limit: str
    again_s: int


class PortalWork:
    """Drafts and acts of each person, for who has the portal's login."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def save_draft(self, person: str, place: str, version: int, body: str) -> int | None:
        """Keep a draft over the version that its writer saw, 0 for none, and return the new one.

        None, and nothing is changed, where another version stands there.
        """
        params = {"person": person, "place": place, "version": version, "body": body}
        row = await self._store.row(QUERIES["save_draft"], params)
        assert row is not None
        found: int | None = row["version"]
        return found

    async def read_draft(self, person: str, place: str) -> KeptDraft | None:
        """Return a person's draft of what is at a place."""
        row = await self._store.row(QUERIES["read_draft"], {"person": person, "place": place})
        return None if row is None else KeptDraft(**row)

    async def drop_draft(self, person: str, place: str, version: int) -> None:
        """Remove one version of a draft; what was saved over it since stays, and that there is none is no fault."""
        params = {"person": person, "place": place, "version": version}
        await self._store.rows(QUERIES["drop_draft"], params)

    async def leave_form(self, token: str, sha256: str, body: str) -> str | None:
        """Keep a form for whom a session was that ended by time, once by its hash, and return its place.

        None, and nothing is kept, for any other session, where its person may not act, and where all places are taken.
        """
        params = {"token": hash_token(token), "hash": sha256, "body": body}
        row = await self._store.row(QUERIES["leave_form"], params)
        return None if row is None else row["place"]

    async def list_left_forms(self, person: str) -> tuple[LeftDraft, ...]:
        """Return the forms that a person left so, the latest first."""
        rows = await self._store.rows(QUERIES["list_left_forms"], {"person": person})
        return tuple(LeftDraft(**row) for row in rows)

    async def keep_act(self, command_id: str, person: str, session: str, body: str) -> None:
        """Keep an act that is shown to a person in a session, to be signed within an hour."""
        params = {"id": command_id, "person": person, "session": session, "body": body}
        await self._store.rows(QUERIES["keep_act"], params)

    async def read_act(self, command_id: str, person: str, session: str) -> KeptAct | None:
        """Return an act to its person: in the session that it was shown in, and once it was handed on in any."""
        params = {"id": command_id, "person": person, "session": session}
        row = await self._store.row(QUERIES["read_act"], params)
        return None if row is None else KeptAct(**row)

    async def note_act(self, command_id: str, person: str, session: str, *, sent: bool) -> None:
        """Note that an act was handed on, or that it came to nothing and may be sent again."""
        params = {"id": command_id, "person": person, "session": session, "sent": sent}
        await self._store.rows(QUERIES["note_act"], params)

    async def list_under_way(self, person: str) -> tuple[SentAct, ...]:
        """Return what a person handed on of late and what may not be answered yet, the latest first, 20 at most."""
        rows = await self._store.rows(QUERIES["list_under_way"], {"person": person})
        return tuple(SentAct(**row) for row in rows)

    async def count_acts(
        self, person: str, sent_as: str, streams: Sequence[str], *, acts: int, refusals: int
    ) -> Overrun | None:
        """Count what a person sends under an id, once: an act on each of these streams.

        Nothing is counted, and the limit is returned, where the person sent so many `acts` within the last minute, or
        had so many `refusals` on one of the streams within a day.
        """
        params = {
            "person": person,
            "id": sent_as,
            "streams": list(streams),
            "acts": acts,
            "refusals": refusals,
        }
        row = await self._store.row(QUERIES["count_acts"], params)
        return Overrun(row["reached"], row["again_s"]) if row and row["reached"] else None

    async def offer_seconds(self, acts: Sequence[OpenedAct]) -> bool:
        """Keep acts that their person signed for whoever signs second, and tell whether there is a place for all.

        If not, none is kept. Offered again an act takes its own place, and one that waits already goes for none.
        """
        async with self._store.transaction() as connection:
            for act in acts:
                cursor = await connection.execute(QUERIES["offer_second"], act.model_dump())
                row = await cursor.fetchone()
                if row is None or not row["kept"]:
                    raise Rollback
            return True
        return False

    async def put_back_second(self, act: OpenedAct, second: str, own: str, session: str) -> None:
        """Undo `take_second`; an act that its person signed anew meanwhile waits as it was signed last."""
        params = {**act.model_dump(), "second": second, "own": own, "session": session}
        await self._store.rows(QUERIES["put_back_second"], params)

    async def list_seconds(self, person: str, roles: Iterable[str]) -> tuple[WaitingAct, ...]:
        """Return what a person signed first, and what may wait for them, soonest to run out first.

        Of acts on the register that is what is done in one of the roles that they hold there.
        """
        params = {"person": person, "roles": sorted(roles)}
        return tuple(WaitingAct(**row) for row in await self._store.rows(QUERIES["list_seconds"], params))

    async def list_seconds_and_drafts(
        self, person: str, roles: Iterable[str], places: Iterable[str]
    ) -> tuple[tuple[WaitingAct, ...], frozenset[str]]:
        """Return the same, and at which of some places the person has a draft: both in one statement."""
        params = {"person": person, "roles": sorted(roles), "places": json.dumps(sorted(places))}
        rows = await self._store.rows(QUERIES["list_seconds_and_drafts"], params)
        drafts = frozenset(place for row in rows if (place := row.pop("place")) is not None)
        return tuple(WaitingAct(**row) for row in rows if row["id"] is not None), drafts

    async def read_second(self, command_id: str) -> OpenedAct | None:
        """Return an act that waits for a second person."""
        row = await self._store.row(QUERIES["read_second"], {"id": command_id})
        return None if row is None else OpenedAct(**row)

    async def take_second(self, command_id: str, second: str, own: str, session: str) -> OpenedAct | None:
        """Take away what somebody else than its first signer signs as the second, and return it if it was there.

        `own` is the act as it is kept for the second: it is noted as handed on at once, so that whoever dies here loses
        no signature.
        """
        params = {"id": command_id, "second": second, "own": own, "session": session}
        row = await self._store.row(QUERIES["take_second"], params)
        return (
            None
            if row is None
            else OpenedAct(**{name: value for name, value in row.items() if name != "noted"})
        )

    async def withdraw_second(self, command_id: str, person: str) -> bool:
        """Take back what the person signed first, and tell whether it was there."""
        row = await self._store.row(QUERIES["withdraw_second"], {"id": command_id, "person": person})
        return bool(row and row["there"])
