"""Rows of applications that nobody runs, moved from stage to stage in the projections."""

import asyncio
from datetime import UTC, datetime
from fractions import Fraction

from benchmarks.in_memory.story import tell
from ledger.database.store import OWNER_ROLE, open_session
from ledger.record import Ledger
from selection.application.state import ApplicationState
from selection.kernel.stages import Stage
from selection.projections.rows import row_of
from selection.rules.model import RoundRules
from selection.rules.terms import terms_of
from selection.streams import APPLICATION, application_stream

SAVE_ROW = """
INSERT INTO applications (stream, log, "row") VALUES (%(stream)s, %(log)s, %(row)s::jsonb)
ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row"
"""
SAVE_STATE = """
INSERT INTO snapshots (stream, log, version, state, fold) VALUES (%(stream)s, %(log)s, 1, %(state)s, %(fold)s)
ON CONFLICT (stream) DO UPDATE SET state = excluded.state
"""
AT_ONCE = 500
LISTED = 24
PLACES = 12


class Projection:
    """The applications of one round as the record would show them."""

    def __init__(self, ledger: Ledger, url: str, round_: str, applications: int, rules: RoundRules) -> None:
        self._ledger = ledger
        self._url = url
        self._round = round_
        self._stages: dict[str, str] = {}
        story = tell(application_stream(round_, "0"), 0, terms_of(rules), datetime.now(UTC))
        self._kinds = story.states
        self._streams = [application_stream(round_, f"{n:05d}") for n in range(1, applications + 1)]

    async def fill(self, stage: str) -> None:
        """Put every application into a stage."""
        await self._put({stream: (stage, n) for n, stream in enumerate(self._streams, 1)})

    async def move(self, before: str, after: str) -> None:
        """Move all that are in one stage to another."""
        moved = [stream for stream, stage in self._stages.items() if stage == before]
        await self._put({stream: (after, n) for n, stream in enumerate(moved, 1)})

    async def carry_out(self, batch: str) -> int:
        """Do what a batch does to the applications, and return how many there were."""
        steps = {
            "seat-panel": ("eligible", "review", "review", len(self._streams)),
            "place-on-shortlist": ("scored", "survey", "ended", LISTED),
            "place-in-proposal": ("appraised", "proposed", "reserve", PLACES),
            "open-notice": ("proposed", "notice", "notice", PLACES),
            "issue": ("cleared", "ended", "ended", PLACES),
        }
        before, first, rest, count = steps[batch]
        chosen = [stream for stream, stage in self._stages.items() if stage == before]
        await self._put({stream: (first if n <= count else rest, n) for n, stream in enumerate(chosen, 1)})
        return len(chosen)

    def _like(self, stage: str, stream: str, n: int) -> ApplicationState:
        like = self._kinds["proposed" if stage == "reserve" else stage]
        changes: dict[str, object] = {"stream": stream, "stage": Stage(stage), "rank": n, "hands": {}}
        if like.score is not None:
            mean = Fraction(90) - Fraction(n, 10_007)
            text = f"{mean.numerator}/{mean.denominator}"
            changes["lot"] = f"{n:016x}"
            changes["score"] = like.score.model_copy(update={"mean": text, "untrimmed": text})
        return like.model_copy(update=changes)

    async def _put(self, wanted: dict[str, tuple[str, int]]) -> None:
        # Made in a thread: the worker of this process must go on answering meanwhile.
        places = await asyncio.to_thread(
            lambda: [self._place(stream, stage, n) for stream, (stage, n) in wanted.items()]
        )
        connection = await open_session(self._url, OWNER_ROLE)
        async with connection, connection.transaction():
            await connection.execute("SET LOCAL statement_timeout = '60s'")
            async with connection.cursor() as cursor:
                for first in range(0, len(places), AT_ONCE):
                    await cursor.executemany(SAVE_ROW, places[first : first + AT_ONCE])
                    await cursor.executemany(SAVE_STATE, places[first : first + AT_ONCE])
        self._stages |= {stream: stage for stream, (stage, _) in wanted.items()}

    def _place(self, stream: str, stage: str, n: int) -> dict[str, str]:
        state = self._like(stage, stream, n)
        row, text = row_of(state).model_dump_json(), APPLICATION.dump(state)
        fold = self._ledger.fold.version
        return {"stream": stream, "log": self._round, "row": row, "state": text, "fold": fold}
