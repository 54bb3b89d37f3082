"""Who may sign with what, and what the installation is called."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_bytes
from typing import NamedTuple

from psycopg.rows import DictRow

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.errors import NotFounded
from ledger.people.contents import Contents
from selection.decision.facts import PersonFact
from selection.decision.register_views import CodeFact, SignerFact, SignersToChange
from selection.kernel.canonical import sha256_hex
from selection.kernel.model import Frozen
from selection.register.key_decide import VOUCHERS
from selection.signing.key import Founded, Key
from selection.signing.one_time_code import LENGTH, code_of, fingerprint_code

QUERIES = load_queries("keys")
NOT_FOUNDED = (
    "The installation is not founded: its record does not say whether acts count there without a signature. "
    "Run `selection db found`, once."
)


class KeyRow(Frozen):
    """A key that was enrolled: since when, by whom, and until when if it was revoked."""

    person: str
    key: Key
    since: datetime
    by: str
    revoked: datetime | None
    revoked_by: str | None


class Signer(NamedTuple):
    """What is registered of a person, None of who is not, a key of theirs as `Keys.look` returns it, and the clock."""

    fact: PersonFact | None
    key: Key | None
    at: datetime


def signer_of(row: DictRow) -> Signer:
    """Return what a row says that has a person's registration, the body of a key and the clock."""
    fact = {part: row[part] for part in ("roles", "employer", "active")}
    return Signer(
        fact=None if row["registered"] is None else PersonFact(person=row["registered"], **fact),
        key=None if row["body"] is None else Key.model_validate(row["body"]),
        at=row["at"],
    )


class Keys:
    """Queries on what the installation's entries say of keys."""

    def __init__(self, store: Store, contents: Contents) -> None:
        self._store = store
        self._contents = contents
        self._founded: Founded | None = None

    async def get_founding(self) -> Founded:
        """Return what the installation is for good, its portals as they once were. Raises NotFounded."""
        found = await self.find_founded()
        if found is None:
            raise NotFounded(NOT_FOUNDED)
        return found

    async def find_founded(self) -> Founded | None:
        """Return the same, None before it is founded; read once, as it never changes afterwards."""
        if self._founded is None:
            row = await self._store.row(QUERIES["read_founded"])
            self._founded = None if row is None else Founded.model_validate(row)
        return self._founded

    async def read_founding(self) -> Founded:
        """Return what the installation is now, with the portals on which a browser's signature counts."""
        self._founded = None
        return await self.get_founding()

    async def of(self, people: Sequence[str]) -> dict[str, tuple[Key, ...]]:
        """Return the keys of each person that were enrolled and not revoked."""
        rows = await self._store.rows(QUERIES["read_keys"], {"people": list(people)})
        found: dict[str, tuple[Key, ...]] = dict.fromkeys(people, ())
        for row in rows:
            found[row["person"]] += (Key.model_validate(row["body"]),)
        return found

    async def look(self, person: str, name: str) -> tuple[Key | None, datetime]:
        """Return a person's key by its name, None unless it is enrolled and not revoked, and the record's clock."""
        row = await self._store.row(QUERIES["read_key"], {"person": person, "key": name})
        assert row is not None
        return None if row["body"] is None else Key.model_validate(row["body"]), row["at"]

    async def look_at(self, person: str, name: str) -> Signer:
        """Return the same with what is registered of the person."""
        row = await self._store.row(QUERIES["read_signer"], {"person": person, "key": name})
        assert row is not None
        return signer_of(row)

    async def read_clock(self) -> datetime:
        """Return what the record's clock says."""
        row = await self._store.row(QUERIES["read_clock"])
        assert row is not None
        at: datetime = row["at"]
        return at

    async def list(self, person: str | None = None) -> list[KeyRow]:
        """Return every key of a person, or of everyone, in the order in which they were enrolled."""
        rows = await self._store.rows(QUERIES["list_keys"], {"person": person})
        return [KeyRow(key=Key.model_validate(row.pop("body")), **row) for row in map(dict, rows)]

    async def signers(self, asked: SignersToChange) -> dict[str, SignerFact]:
        """Return the keys and the invitation of each person."""
        keys = await self.of(asked.people)
        rows = await self._store.rows(QUERIES["read_invitations"], {"people": list(asked.people)})
        asked_for = ("known", "until", "misses", "invited_by")
        invited = {row["person"]: {name: row[name] for name in asked_for} for row in rows}
        return {
            person: SignerFact.model_validate({"keys": found, **invited.get(person, {})})
            for person, found in keys.items()
        }

    async def ever_of(self, people: Sequence[str]) -> tuple[str, ...]:
        """Return those of these people who ever had a key enrolled, in force or not."""
        rows = await self._store.rows(QUERIES["read_ever"], {"people": list(people)})
        return tuple(row["person"] for row in rows)

    async def list_vouchers(self) -> tuple[str, ...]:
        """Return who could send codes and confirm keys now: who may, and has a key of their own in force."""
        rows = await self._store.rows(QUERIES["read_vouchers"], {"roles": sorted(VOUCHERS)})
        return tuple(row["person"] for row in rows)

    async def find_used(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of these keys that somebody enrolled before."""
        rows = await self._store.rows(QUERIES["read_taken"], {"names": list(names)})
        return tuple(row["key"] for row in rows)

    async def make_codes(self, asked: SignersToChange) -> dict[str, CodeFact]:
        """Return a new code for each person, the same ones however often it is asked at one version of the stream."""
        return {person: await self._make_code(person, asked.codes) for person in asked.people if asked.codes}

    async def _make_code(self, person: str, version: int) -> CodeFact:
        name = f"code-{sha256_hex(f'{version}/{person}'.encode())[:32]}"
        if not await self._contents.cards([name]):
            code = code_of(token_bytes(LENGTH)).encode()
            await self._contents.put(
                name, code, kind="text", media_type="text/plain; charset=utf-8", stored_by="system"
            )
        card, body = await self._contents.get(name)
        founded = await self.get_founding()
        known = fingerprint_code(body.decode(), founded.installation, person)
        return CodeFact(known=known, ref=card.ref)
