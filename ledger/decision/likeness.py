"""What an application comes near to, as the record stands at a decision: its texts beside those of other bids."""

import json
from typing import NamedTuple

from pydantic import BaseModel

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.decision.reads import ReadNotes
from ledger.people.contents import Contents
from ledger.projections.renewal import Renewal
from selection.application.recusal import is_bid
from selection.decision.likeness import Likeness, LikenessAsked
from selection.forms.json_text import list_texts
from selection.kernel.model import Ref
from selection.projections.alike import is_same_form, name_near
from selection.streams import APPLICATION

QUERIES = load_queries("likeness")


class _FormFacts(BaseModel):
    form: Ref
    public: Ref | None = None


class _Other(NamedTuple):
    number: str
    contents: tuple[str, ...]


class LikenessReader:
    """Reads the answers of an application and of those that are compared with it."""

    def __init__(self, store: Store, contents: Contents, renewal: Renewal) -> None:
        self._store = store
        self._contents = contents
        self._renewal = renewal

    async def read(self, asked: LikenessAsked, log: str, noted: ReadNotes | None = None) -> Likeness:
        """Return what it comes near to; noted is of which versions the others were read."""
        if noted is not None:
            noted.of_bids()
        others = await self._list_others(asked, log, noted)
        own = [ref.id for ref in asked.contents]
        ids = {*own, *(content for other in others for content in other.contents)}
        bodies = await self._contents.bodies(sorted(ids))
        texts = {content: list_texts(body) for content, body in bodies.items()}

        def gather(contents: tuple[str, ...]) -> list[str]:
            return [text for content in contents for text in texts.get(content, ())]

        mine = gather(tuple(own))
        return Likeness(
            directions=name_near((*asked.names, *mine), asked.held),
            twins=tuple(other.number for other in others if is_same_form(mine, gather(other.contents))),
        )

    async def _list_others(self, asked: LikenessAsked, log: str, noted: ReadNotes | None) -> list[_Other]:
        about = {"log": log, "number": asked.number, "units": list(asked.units), "agent": asked.agent}
        found = []
        for row in await self._store.rows(QUERIES["read_others"], about):
            if noted is not None:
                noted.of_stream(row["stream"], row["version"])
            submission = row["submission"]
            if self._renewal.is_foreign(row["fold"]):
                state = await self._renewal.fold_anew(row["stream"], row["version"])
                submission = json.loads(APPLICATION.dump(state))["submission"]
            if submission is None or not is_bid(row["stage"], row["outcome"]):
                continue
            handed = _FormFacts.model_validate(submission)
            refs = (handed.form, handed.public)
            found.append(_Other(row["number"], tuple(ref.id for ref in refs if ref is not None)))
        return found
