"""A record of many applications, written in bulk: told by the core once, and repeated under other numbers.

Whoever reads finds what the worker would have recorded: entries, folded states, rows of lists and open tasks. Their
bytes are those of a few told applications with another number, unit, field and applicant in them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from pydantic_core import from_json, to_json

from benchmarks.in_memory.story import tell
from benchmarks.rounds import POOL, panel_of
from benchmarks.shapes.acts import FIRST
from ledger.database.store import OWNER_ROLE, Connection, open_session
from ledger.projections.fold import core_fold
from selection.application.state import ApplicationState
from selection.application.survey.events import LeftOffShortlist
from selection.decision.aggregate import leaf_of
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.projections.open_tasks import tasks_of
from selection.projections.rows import row_of
from selection.rules.model import RoundRules
from selection.rules.sections import Recommender
from selection.rules.terms import terms_of
from selection.streams import APPLICATION, application_stream

TOKEN = "77777"
"""Stands for the number of an application in what was told, as nothing else there does."""
PROPOSED = 12
"""As many as a proposal of the example's rules holds."""
EXAMPLES = 20
"""Panels repeat after so many applications (benchmarks/rounds.py)."""
NAMES = {
    "name_en": f"Centre {TOKEN} for the preservation and display of intangible heritage by new technology",
    "name_zh": f"非物质文化遗产数字化保护与展示技术创新中心第{TOKEN}号",
}
ENTRIES = "log, seq, stream, version, type, at, recorded, person, command_id, nth, body, leaf_hash"
TASKS = "stream, key, log, kind, role, person, unit, since, until"


Panel = Callable[[int], Sequence[str]]
"""Gives the experts of the n-th application."""


@dataclass(frozen=True)
class Shares:
    """How many applications stand in each stage; `left` are those that no shortlist took."""

    submitted: int = 0
    checking: int = 0
    review: int = 0
    scored: int = 0
    appraised: int = 0
    notice: int = 0
    left: int = 0

    @classmethod
    def of(cls, applications: int, tasks: int) -> "Shares":
        """Return shares of which half of the tasks wait for officers and half for experts, seven of each panel."""
        checking, review = tasks // 2, -(-tasks // 2 // 7)
        rest = applications - checking - review
        submitted, scored, appraised, notice = rest // 10, rest // 2, max(PROPOSED, rest // 40), PROPOSED
        left = rest - submitted - scored - appraised - notice
        return cls(submitted, checking, review, scored, appraised, notice, left)

    def list_stages(self) -> list[str]:
        """Return the stage of each application, in the order of their numbers."""
        return [stage for stage, count in vars(self).items() for _ in range(count)]


@dataclass(frozen=True)
class _Example:
    """One application as it was told up to some version."""

    leaves: tuple[Leaf, ...]
    bodies: tuple[str, ...]
    state: str
    row: str
    tasks: str


def number_of(n: int) -> str:
    """Return the number of the n-th application."""
    return f"{n:05d}"


def is_of_applicant(n: int) -> bool:
    """Tell whether the n-th application is one of the applicant who asks for pages."""
    return n % 500 == 1


async def fill(
    url: str,
    rules: RoundRules,
    name: str,
    shares: Shares,
    begins: datetime,
    panel: Panel | None = None,
) -> Counter[str]:
    """Put applications into a round that is open; return how many rows of each kind were written.

    `panel` gives each application a panel of its own. `url` is the database owner's: there is no other way past the
    functions that append one application at a time.
    """
    examples = _tell_all(rules, name, begins)
    units = [unit for unit in rules.recommenders if unit.region][: len(rules.regions)]
    written: Counter[str] = Counter()
    async with await open_session(url, OWNER_ROLE) as connection, connection.transaction():
        await connection.execute("SET LOCAL statement_timeout = '600s'")
        found = await (
            await connection.execute("SELECT size FROM head WHERE log = %s FOR UPDATE", [name])
        ).fetchone()
        assert found is not None
        first = int(found["size"])
        wanted = []
        for n, stage in enumerate(shares.list_stages(), 1):
            wanted.append(
                (_Substitute(n, units[n % len(units)], rules, panel), examples[stage][n % EXAMPLES])
            )
        for table, columns, rows in (
            ("entries", ENTRIES, _entries(name, wanted, first)),
            ("snapshots", "stream, log, version, state, fold", _states(name, wanted)),
            ("applications", 'stream, log, "row"', _rows(name, wanted)),
            ("tasks", TASKS, _tasks(name, wanted)),
        ):
            written[table] = await _copy(connection, table, columns, rows)
        size = first + written["entries"]
        await connection.execute("UPDATE head SET size = %s WHERE log = %s", [size, name])
    await _analyze(url, written)
    return written


async def _analyze(url: str, tables: Iterable[str]) -> None:
    """Count what the tables hold, as the database's own housekeeping would have done by now."""
    async with await open_session(url, OWNER_ROLE) as connection:
        await connection.execute("SET statement_timeout = '600s'")
        for table in tables:
            await connection.execute(f"ANALYZE {table}")


class _Substitute:
    """What differs from one application to the next."""

    def __init__(self, n: int, unit: Recommender, rules: RoundRules, panel: Panel | None) -> None:
        self.number = number_of(n)
        # Some are of one applicant, who asks for pages; nearly all of others.
        agent = "applicant-1" if is_of_applicant(n) else f"applicant-{n}"
        seats = zip(panel_of(n % EXAMPLES).seats, panel(n), strict=True) if panel is not None else ()
        self._pairs = (
            *seats,
            (TOKEN, self.number),
            ('"applicant-1"', f'"{agent}"'),
            # A unit hands in one application or a few: of ten thousand the check would lay each beside all others.
            (f'"{FIRST.host}"', f'"{FIRST.host}-{self.number}"'),
            (f'"unit-{self.number}"', f'"{unit.code}"'),
            ('"CN-BJ"', f'"{unit.region}"'),
            ('"art-design"', f'"{rules.fields[n % len(rules.fields)].code}"'),
            ('"frontier"', f'"{rules.priorities[n % len(rules.priorities)].code}"'),
        )

    def __call__(self, text: str) -> str:
        for old, new in self._pairs:
            text = text.replace(old, new)
        return text


Wanted = Sequence[tuple[_Substitute, _Example]]


def _tell_all(rules: RoundRules, name: str, begins: datetime) -> dict[str, list[_Example]]:
    """Return the applications of every kind of panel by the stage in which they stand."""
    found: dict[str, list[_Example]] = {}
    for n in range(EXAMPLES):
        story = tell(application_stream(name, TOKEN), n % POOL, terms_of(rules), begins)
        leaves = [_name(leaf) for leaf in story.leaves]
        state = APPLICATION.initial(application_stream(name, TOKEN))
        best: dict[str, tuple[int, int, ApplicationState]] = {}
        for count, leaf in enumerate(leaves, 1):
            state = APPLICATION.evolve(state, leaf)
            # Of a stage the moment at which most people are awaited, and the latest such.
            awaited = len(tasks_of(state))
            if state.stage.value not in best or best[state.stage.value][0] <= awaited:
                best[state.stage.value] = (awaited, count, state)
        for stage, (_, count, stood) in best.items():
            found.setdefault(stage, []).append(_make_example(leaves[:count], stood))
        _, count, scored = best["scored"]
        left = _leave_off(scored, leaves[count - 1])
        found.setdefault("left", []).append(
            _make_example([*leaves[:count], left], APPLICATION.evolve(scored, left))
        )
    return found


def _leave_off(scored: ApplicationState, last: Leaf) -> Leaf:
    """Return the leaf that tells of an application that no shortlist took."""
    event = LeftOffShortlist(rank=scored.version)
    command_id = f"carry/{last.stream}"
    return leaf_of(event, state=scored, offset=1, actor=SYSTEM, at=last.at, command_id=command_id)


def _name(leaf: Leaf) -> Leaf:
    """Return a leaf whose version of an application has names, as real ones have."""
    submission = leaf.data.get("submission")
    if not isinstance(submission, dict):
        return leaf
    host = {**submission["host"], "name_en": "Institute of Synthetic Heritage", "name_zh": "合成遗产研究院"}
    return leaf.model_copy(
        update={"data": {**leaf.data, "submission": {**submission, **NAMES, "host": host}}}
    )


def _make_example(leaves: list[Leaf], state: ApplicationState) -> _Example:
    return _Example(
        leaves=tuple(leaves),
        bodies=tuple(leaf_bytes(leaf).decode() for leaf in leaves),
        state=APPLICATION.dump(state),
        row=row_of(state).model_dump_json(),
        tasks=to_json([task.model_dump(mode="json") for task in tasks_of(state)]).decode(),
    )


def _entries(name: str, wanted: Wanted, seq: int) -> Iterator[tuple[Any, ...]]:
    for change, example in wanted:
        stream, nth = application_stream(name, change.number), Counter[tuple[str, str]]()
        for leaf, text in zip(example.leaves, example.bodies, strict=True):
            person, command = change(f'"{leaf.actor.person}"')[1:-1], change(str(leaf.data["command_id"]))
            body = change(text).encode()
            yield (
                *(name, seq, stream, leaf.version, leaf.type, leaf.at, leaf.recorded),
                *(person, command, nth[person, command], body, sha256(b"\x00" + body).digest()),
            )
            nth[person, command] += 1
            seq += 1


def _states(name: str, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    fold = core_fold().version
    for change, example in wanted:
        yield application_stream(name, change.number), name, len(example.leaves), change(example.state), fold


def _rows(name: str, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    for change, example in wanted:
        yield application_stream(name, change.number), name, change(example.row)


def _tasks(name: str, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    for change, example in wanted:
        for task in from_json(change(example.tasks)):
            place = application_stream(name, change.number), task["key"], name, task["kind"], task["role"]
            yield (*place, task["person"], task["unit"], task["since"], task["until"])


async def _copy(connection: Connection, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    async with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            await copy.write_row(row)
            count += 1
    return count
