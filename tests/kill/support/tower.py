"""Where workers announce what they are about to do, and where a killer catches them at it."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

BEGUN, COMMITTED = "append-begun", "append-committed"
SENDING, ACCEPTED = "send-begun", "send-accepted"
ENDS = ("append-done", "append-failed", "send-done", "send-failed")


@dataclass(frozen=True)
class Catch:
    """A worker that waits for the nod at the moment it was caught at."""

    worker: str
    key: str
    nod: "asyncio.Future[None]"


@dataclass(frozen=True)
class Trap:
    """What the tower is set to catch."""

    moment: str
    worker: str
    about: str
    caught: "asyncio.Future[Catch]"

    def takes(self, worker: str, moment: str, key: str) -> bool:
        wanted = moment == self.moment and self.worker in ("", worker)
        return wanted and key.startswith(self.about) and not self.caught.done()


@dataclass
class Flight:
    """What one worker has under way: each key with the last moment that it announced."""

    under_way: dict[str, str] = field(default_factory=dict)

    def note(self, moment: str, key: str) -> None:
        if moment in ENDS:
            self.under_way.pop(key, None)
        else:
            self.under_way[key] = moment

    def count(self, *moments: str) -> int:
        return sum(moment in moments for moment in self.under_way.values())


class Tower:
    """Nods to everything at once, but for the moment that it is set to catch."""

    def __init__(self) -> None:
        self.port = 0
        self.flights: dict[str, Flight] = {}
        self.seen: Counter[str] = Counter()
        self.by_worker: Counter[str] = Counter()
        self._trap: Trap | None = None
        self._held = ""
        self._waiting: list[Callable[[], None]] = []
        self._news = asyncio.Condition()

    async def catch(self, moment: str, *, worker: str = "", about: str = "") -> Catch:
        """Wait for the next such moment, of this worker or of any; the worker waits until its nod is set.

        `about` is how the key begins, such as a stream.
        """
        self._trap = Trap(moment, worker, about, asyncio.get_running_loop().create_future())
        try:
            return await self._trap.caught
        finally:
            self._trap = None

    @contextmanager
    def holding(self, moment: str) -> Iterator[None]:
        """Let every worker that comes to this moment wait there until the end of the block."""
        self._held = moment
        try:
            yield
        finally:
            self._held = ""
            for nod in self._waiting:
                nod()
            self._waiting.clear()

    async def until_seen(self, moment: str, count: int) -> None:
        """Wait until so many of these moments have been announced in all."""
        async with self._news:
            await self._news.wait_for(lambda: self.seen[moment] >= count)

    def under_way(self, *moments: str) -> int:
        return sum(flight.count(*moments) for flight in self.flights.values())

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one worker until its process is gone."""
        name = json.loads(await reader.readline())["name"]
        self.flights[name] = flight = Flight()
        try:
            while line := await reader.readline():
                told = json.loads(line)
                flight.note(told["moment"], told["key"])
                self.by_worker[name] += told["moment"] == BEGUN
                await self._spread(told["moment"])
                if "number" in told:
                    self._answer(name, told, writer)
        except ConnectionError:
            pass
        finally:
            if self.flights.get(name) is flight:
                del self.flights[name]
            writer.close()

    async def _spread(self, moment: str) -> None:
        async with self._news:
            self.seen[moment] += 1
            self._news.notify_all()

    def _answer(self, name: str, told: dict[str, object], writer: asyncio.StreamWriter) -> None:
        nodded = f"{told['number']}\n".encode()
        key = str(told["key"])
        if told["moment"] == self._held:
            self._waiting.append(lambda: None if writer.is_closing() else writer.write(nodded))
            return
        if self._trap is None or not self._trap.takes(name, str(told["moment"]), key):
            writer.write(nodded)
            return
        nod: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        nod.add_done_callback(lambda _: None if writer.is_closing() else writer.write(nodded))
        self._trap.caught.set_result(Catch(name, key, nod))


@asynccontextmanager
async def tower() -> AsyncIterator[Tower]:
    """Open a tower on a free port."""
    made = Tower()
    server = await asyncio.start_server(made.take, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
