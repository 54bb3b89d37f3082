"""Rows of applications that nobody runs, moved from stage to stage in the projections."""

from datetime import UTC, datetime
from fractions import Fraction

from benchmarks.story import tell
from ledger.record import Ledger
from ledger.store import APP_ROLE, dedicated
from selection.application.decide import APPLICATION
from selection.application.state import ApplicationState
from selection.round_rules import RoundRules
from selection.stages import Stage
from selection.streams import application_stream
from selection.terms import terms_of
from selection.views import row_of

CLEAR = "DELETE FROM {table} WHERE log = %(log)s AND stream LIKE 'application/%%'"
SAVE_ROW = 'INSERT INTO applications (stream, log, "row") VALUES (%(stream)s, %(log)s, %(row)s::jsonb)'
SAVE_STATE = "INSERT INTO snapshots (stream, log, version, state) VALUES (%(stream)s, %(log)s, 1, %(state)s)"
LISTED = 24
PLACES = 12


class Projection:
    """The applications of one round as the record would show them."""

    def __init__(self, ledger: Ledger, url: str, round_: str, applications: int, rules: RoundRules) -> None:
        self._ledger = ledger
        self._url = url
        self._round = round_
        self._states: dict[str, ApplicationState] = {}
        story = tell(application_stream(round_, "0"), 0, terms_of(rules), datetime.now(UTC))
        self._kinds = story.states
        self._streams = [application_stream(round_, f"{n:05d}") for n in range(1, applications + 1)]

    async def fill(self, stage: str) -> None:
        """Put every application into a stage."""
        self._states = {stream: self._like(stage, stream, n) for n, stream in enumerate(self._streams, 1)}
        await self._save()

    async def move(self, before: str, after: str) -> None:
        """Move all that are in one stage to another."""
        for n, (stream, state) in enumerate(self._states.items(), 1):
            if state.stage.value == before:
                self._states[stream] = self._like(after, stream, n)
        await self._save()

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
        chosen = [stream for stream, state in self._states.items() if state.stage.value == before]
        for n, stream in enumerate(chosen, 1):
            self._states[stream] = self._like(first if n <= count else rest, stream, n)
        await self._save()
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

    async def _save(self) -> None:
        places = [
            {
                "stream": stream,
                "log": self._round,
                "row": row_of(state).model_dump_json(),
                "state": APPLICATION.dump(state),
            }
            for stream, state in self._states.items()
        ]
        connection = await dedicated(self._url, APP_ROLE)
        async with connection, connection.transaction():
            await connection.execute("SET LOCAL statement_timeout = '60s'")
            for table in ("applications", "snapshots"):
                await connection.execute(CLEAR.format(table=table), {"log": self._round})
            async with connection.cursor() as cursor:
                await cursor.executemany(SAVE_ROW, places)
                await cursor.executemany(SAVE_STATE, places)
